"""Suspending home internet: from when to when, what it costs and changes, ordered (H3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    fact,
    form,
    form_actions,
    link_button,
    notice,
    refusal,
    section,
    text_field,
)
from mykyivstar.i18n import date, money, number, pick, t, tn
from mykyivstar.pages.internet.frame import in_steps
from mykyivstar.pages.layout import app_page
from mykyivstar.state.internet.rows import BonusRow
from mykyivstar.state.internet.suspending import SuspendState as State

_LIMITS = State.limits
_CHECKED = State.checked


@app_page(routes.INTERNET_SUSPEND, title=t("Suspension of home internet"), on_load=[State.load])
def suspend() -> rx.Component:
    return in_steps(
        State,
        t("Suspension of home internet"),
        t("Away for some time: nothing is taken for these days, and the connection stays yours."),
        first=_form(),
        check=_check(),
        done=_done(),
    )


def _form() -> rx.Component:
    return card(
        section(
            _terms(),
            form(
                rx.el.input(type="hidden", name="account", value=State.account),
                text_field(
                    "first_day",
                    t("First day"),
                    type="date",
                    value=State.first_day,
                    error=pick(State.field_refusals["first_day"]),
                    hint=t("{day} at the earliest", day=date(_LIMITS.earliest)),
                    min=_LIMITS.earliest,
                    max=_LIMITS.latest,
                ),
                text_field(
                    "last_day",
                    t("Last day"),
                    type="date",
                    value=State.last_day,
                    error=pick(State.field_refusals["last_day"]),
                    hint=t("Both days included. On the next morning the internet works again."),
                    min=_LIMITS.earliest,
                ),
                refusal(pick(State.refusal), class_name="refusal-late"),
                form_actions(
                    button(
                        t("Next"), type="submit", size="large", icon="arrow-right", busy=State.busy, data_testid="next"
                    )
                ),
                rx.el.p(t("Nothing is ordered yet: you check everything first."), class_name="muted"),
                on_submit=State.check,
                busy=State.busy,
                id="suspend",
            ),
            title=t("From when to when"),
        )
    )


def _terms() -> rx.Component:
    return rx.el.ul(
        rx.el.li(
            t("Price of a suspension: {price}, whatever its length.", price=money(_LIMITS.price)),
        ),
        rx.el.li(
            t(
                "From {least} to {most} days, and {year} days of a calendar year together.",
                least=number(_LIMITS.least),
                most=number(_LIMITS.most),
                year=number(_LIMITS.year_most),
            )
        ),
        rx.el.li(
            t("Suspended days bring no bonuses, and bonuses cannot be transferred meanwhile. Those you have stay.")
        ),
        rx.el.li(t("Cancelled before its first day, it costs nothing.")),
        class_name="list-disc ps-5 text-muted",
    )


def _check() -> rx.Component:
    return card(
        section(
            rx.el.dl(
                fact(t("Internet account"), rx.el.span(State.number, class_name="tabular")),
                fact(
                    t("Days"),
                    t("{first} – {last}", first=date(_CHECKED.first_day), last=date(_CHECKED.last_day)),
                ),
                fact(t("Altogether"), tn("{count} day", "{count} days", count=_CHECKED.days)),
                fact(
                    t("Price"), rx.cond(_CHECKED.price == 0, t("nothing"), money(_CHECKED.price)), data_testid="price"
                ),
                rx.cond(
                    _CHECKED.balance_after.is_none(),
                    rx.fragment(),
                    fact(t("Left on the account"), money(_CHECKED.balance_after)),
                ),
                fact(t("Works again from"), date(_CHECKED.resumes_on)),
                class_name="facts",
            ),
            _effects(),
            form(
                *[
                    rx.el.input(type="hidden", name=name, value=value)
                    for name, value in (
                        ("key", State.form_key),
                        ("account", State.account),
                        ("first_day", _CHECKED.first_day),
                        ("last_day", _CHECKED.last_day),
                    )
                ],
                refusal(pick(State.refusal), class_name="refusal-late"),
                rx.cond(
                    State.field_refusals["first_day"],
                    notice(pick(State.field_refusals["first_day"]), kind="warning", role="alert"),
                ),
                form_actions(
                    button(
                        rx.cond(
                            _CHECKED.price == 0,
                            t("Suspend"),
                            t("Suspend for {price}", price=money(_CHECKED.price)),
                        ),
                        type="submit",
                        size="large",
                        icon="pause",
                        busy=State.busy,
                        data_testid="order",
                    ),
                    button(t("Change"), variant="quiet", on_click=State.back),
                ),
                on_submit=State.order,
                busy=State.busy,
                id="order",
            ),
            title=t("Check it"),
        ),
        data_testid="suspension-check",
    )


def _effects() -> rx.Component:
    return rx.el.ul(
        rx.cond(
            _CHECKED.comes_back > 0,
            rx.el.li(
                t(
                    "{amount} of what will be paid for these days come back on {day}.",
                    amount=money(_CHECKED.comes_back),
                    day=date(_CHECKED.resumes_on, "day"),
                )
            ),
        ),
        rx.cond(
            _CHECKED.then_due > 0,
            rx.el.li(
                t(
                    "On {day} {amount} are taken for the days of the running month that are left.",
                    amount=money(_CHECKED.then_due),
                    day=date(_CHECKED.resumes_on, "day"),
                )
            ),
        ),
        rx.foreach(_CHECKED.bonuses, _bonus),
        rx.el.li(t("Resumed early, the price does not come back; the fee is counted by days.")),
        class_name="list-disc ps-5 text-muted",
        data_testid="effects",
    )


def _bonus(bonus: rx.Var[BonusRow]) -> rx.Component:
    return rx.el.li(
        t(
            "Bonuses for {month}: {less} instead of {more}.",
            month=date(bonus.month, "month"),
            less=number(bonus.suspended),
            more=number(bonus.without),
        )
    )


def _done() -> rx.Component:
    return card(
        notice(
            t("It begins by itself at midnight, and an SMS says so. Until then it can be cancelled for nothing."),
            kind="good",
            title=t(
                "Ordered: {first} – {last}", first=date(_CHECKED.first_day, "day"), last=date(_CHECKED.last_day, "day")
            ),
            role="status",
        ),
        rx.el.div(
            link_button(t("Home internet"), href=routes.INTERNET, icon="wifi"),
            class_name="form-actions mt-4",
        ),
        data_testid="suspension-ordered",
    )
