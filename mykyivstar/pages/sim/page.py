"""The SIM of a line: how it stands, blocked for a time, and unblocked (G1)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    countdown,
    empty_state,
    fact,
    link_button,
    loading,
    notice,
    page_title,
    refusal,
    section,
    skeleton,
    text_link,
)
from mykyivstar.i18n import clock_time, moment, phone, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.line_words import dot, name_of, second_line
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.sim.block import checking, reason_form
from mykyivstar.pages.sim.unblock import way_back
from mykyivstar.pages.sim.words import reason_words, state_badge
from mykyivstar.state.shell import ShellState
from mykyivstar.state.sim.rows import LineChoice, SimView
from mykyivstar.state.sim.state import SimState as State

_SIM = State.sim.to(SimView)


@app_page(routes.SIM, title=t("SIM card"), on_load=[State.load])
def sim() -> rx.Component:
    return rx.el.div(
        page_title(
            t("SIM card"),
            lead=t("Lost, stolen or not needed for a while: block the number, and nobody uses it at your expense."),
            back=text_link(t("My numbers"), href=routes.LINES),
        ),
        rx.match(
            standing_at(State),
            ("ready", rx.match(State.step, ("form", reason_form()), ("check", checking()), _standing())),
            ("choose", card(_choice())),
            ("none", card(_none())),
            waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("button"))), State.load),
        ),
        class_name="narrow",
    )


def _standing() -> rx.Component:
    return rx.el.div(
        card(
            section(
                rx.match(
                    _SIM.state,
                    ("works", _works()),
                    ("waiting", _waiting()),
                    ("blocked", _blocked()),
                    rx.el.p(t("This number is no longer in service. Call 466 to learn whether it can be restored.")),
                ),
                refusal(pick(State.refusal), class_name="refusal-late"),
                title=phone(_SIM.number),
                action=state_badge(_SIM.state),
            ),
            data_testid="sim",
        ),
        rx.cond((_SIM.state == "blocked") & _SIM.may_change, card(way_back(), data_testid="way-back")),
        class_name="stack",
    )


def _works() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("Calls, SMS and mobile data work as usual."), class_name="muted"),
        rx.cond(
            _SIM.may_change,
            rx.el.div(
                button(t("Block the number"), icon="lock", on_click=State.begin, data_testid="begin"),
                class_name="form-actions",
            ),
            _only_looking(),
        ),
        class_name="stack",
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        notice(
            rx.el.p(
                t(
                    "Until then the number works, and the application can be withdrawn. It was filed on {moment}.",
                    moment=moment(_SIM.asked_at),
                )
            ),
            rx.el.p(
                countdown(_SIM.due_at, label=t("Time left:"), done=t("It is being done at this moment.")),
                class_name="tabular",
            ),
            kind="warning",
            title=t("It will be blocked by {time} at the latest", time=clock_time(_SIM.due_at)),
            role="status",
        ),
        _facts(),
        rx.cond(
            _SIM.may_change,
            rx.el.div(
                button(
                    t("Withdraw the application"),
                    variant="quiet",
                    icon="undo-2",
                    on_click=State.withdraw(_SIM.key),
                    data_testid="withdraw",
                ),
                button(t("Lost or stolen: block at once"), icon="lock", on_click=State.begin, data_testid="begin"),
                class_name="form-actions",
            ),
            _only_looking(),
        ),
        class_name="stack",
    )


def _blocked() -> rx.Component:
    return rx.el.div(
        notice(
            t("No calls, SMS or mobile data, in or out. The tariff's fee goes on; what is used is not charged."),
            kind="danger",
            title=t("The number is blocked"),
            role="status",
        ),
        _facts(),
        rx.cond(_SIM.may_change, rx.fragment(), _only_looking()),
        class_name="stack",
    )


def _facts() -> rx.Component:
    return rx.el.dl(
        rx.cond(_SIM.reason != "", fact(t("Reason"), reason_words(_SIM.reason), data_testid="reason")),
        rx.cond(_SIM.note != "", fact(t("In your words"), _SIM.note)),
        rx.cond(_SIM.since != "", fact(t("Blocked since"), moment(_SIM.since))),
        class_name="facts",
    )


def _only_looking() -> rx.Component:
    return notice(t("Only the owner of this number can block and unblock it."))


def _choice() -> rx.Component:
    return section(
        rx.el.div(
            rx.foreach(State.lines, _line),
            class_name="stack-tight",
        ),
        title=t("Which number?"),
    )


def _line(line: rx.Var[LineChoice]) -> rx.Component:
    return button(
        dot(line),
        rx.el.span(name_of(line)),
        rx.el.span(second_line(line), class_name="muted tabular"),
        variant="quiet",
        full_width=True,
        on_click=ShellState.choose(line.key),
    )


def _none() -> rx.Component:
    return empty_state(
        t("There is no mobile number here"),
        text=t("Add your number first: a code by SMS shows that it is yours. Without the phone, call 466."),
        icon_name="smartphone",
        action=link_button(t("My numbers"), href=routes.LINES, variant="quiet"),
    )
