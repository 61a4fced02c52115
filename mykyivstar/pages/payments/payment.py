"""One payment: where it is, what became of it, its receipt, and what can be done when something is wrong (D2–D4)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    icon,
    link,
    link_button,
    loading,
    money_text,
    notice,
    page_title,
    refusal,
    section,
    skeleton,
)
from mykyivstar.components.pulse import pulse
from mykyivstar.i18n import moment, money, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.payments.complaint import complaint
from mykyivstar.pages.payments.receipt import receipt_or_facts
from mykyivstar.pages.payments.words import (
    failure_words,
    shown_name,
    shown_number,
    source_words,
    state_badge,
    step_words,
)
from mykyivstar.pages.transfer.words import transfer_failure_words
from mykyivstar.state.payments.followed import FollowedState as State
from mykyivstar.state.payments.payment_views import MovedRow, StepRow
from mykyivstar.state.payments.rows import ShareRow
from mykyivstar.state.shell import ShellState

# While it is open: somebody is waiting for it.
_BEAT_MS = 1500
_PAYMENT = State.payment
_IS_TRANSFER = _PAYMENT.source == "balance"


@app_page(routes.PAYMENT, title=t("Payment"), shell="anybody", on_load=[State.load])
def payment() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Payment"),
            back=rx.cond(
                ShellState.is_nobody,
                rx.fragment(),
                link(t("Payments"), href=routes.PAYMENTS, class_name="back-link"),
            ),
        ),
        rx.match(
            standing_at(State),
            ("ready", rx.cond(_PAYMENT, _known())),
            ("nothing", card(_nothing())),
            waiting_for(_on_its_way(), State.load),
        ),
        class_name="narrow",
    )


def _known() -> rx.Component:
    return rx.el.div(
        card(_head(), _trail(), rx.cond(State.moved.length() > 0, _balances()), data_testid="payment"),
        receipt_or_facts(),
        card(section(complaint(), title=t("Something is wrong?"))),
        rx.cond(_PAYMENT.is_open, pulse(every_ms=_BEAT_MS, on_beat=State.refresh)),
        class_name="stack",
    )


def _head() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                rx.el.p(money_text(_PAYMENT.amount, big=True), data_testid="amount"),
                rx.el.p(source_words(_PAYMENT.source), class_name="muted"),
            ),
            rx.el.div(state_badge(_PAYMENT.state), role="status", data_testid="state"),
            class_name="flex flex-wrap items-start justify-between gap-3",
        ),
        rx.el.ul(rx.foreach(State.shares, _share), class_name="rows", aria_label=t("Who gets it")),
        rx.cond(_PAYMENT.failure != "", _reason()),
        rx.cond(_PAYMENT.is_being_refunded, notice(t("The money is on its way back to you."), kind="info")),
        rx.cond(_PAYMENT.page_url != "", _unfinished()),
        rx.cond(_IS_TRANSFER & (_PAYMENT.state == "confirming"), _waits_for_code()),
        refusal(pick(State.refusal), class_name="refusal-late"),
    )


def _share(share: rx.Var[ShareRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.el.span(shown_name(share), class_name="row-title"),
                rx.cond(share.nickname, rx.el.span(shown_number(share), class_name="row-about tabular")),
                class_name="row-main",
            ),
            rx.cond(State.shares.length() > 1, rx.el.span(money(share.amount), class_name="row-value")),
            class_name="row-body",
        ),
        class_name="row",
        custom_attrs={"data-testid": "share"},
    )


def _reason() -> rx.Component:
    again = rx.cond(State.again != "", link_button(t("Try again"), href=State.again, size="small", icon="rotate-cw"))
    why = rx.cond(_IS_TRANSFER, transfer_failure_words(_PAYMENT.failure), failure_words(_PAYMENT.failure))
    return notice(why, kind="danger", action=again, data_testid="reason")


def _waits_for_code() -> rx.Component:
    return notice(
        t("A transfer waits for its code"),
        kind="warning",
        action=link_button(t("Enter the code"), href=f"{routes.TRANSFER_CHECK}?transfer={_PAYMENT.code}", size="small"),
    )


def _unfinished() -> rx.Component:
    return notice(
        t("The bank is waiting for you to confirm the payment."),
        kind="warning",
        action=rx.fragment(
            link_button(t("Go on paying"), href=_PAYMENT.page_url, document=True, size="small", icon="credit-card"),
            button(t("Cancel the payment"), variant="quiet", size="small", on_click=State.give_up(State.shown_for)),
        ),
    )


def _trail() -> rx.Component:
    return rx.el.ol(rx.foreach(State.steps, _step), class_name="trail", aria_label=t("How it goes on"))


def _step(step: rx.Var[StepRow]) -> rx.Component:
    return rx.el.li(
        rx.match(
            step.mark,
            ("done", icon("circle-check", size=24)),
            ("now", icon("clock", size=24)),
            ("bad", icon("circle-x", size=24)),
            icon("circle-dashed", size=24),
        ),
        rx.el.div(
            rx.el.p(
                step_words(step.state),
                rx.cond(step.mark == "ahead", rx.el.span(t("still to come"), class_name="sr-only")),
            ),
            rx.cond(step.at != "", rx.el.time(moment(step.at), date_time=step.at, class_name="row-about")),
        ),
        custom_attrs={"data-mark": step.mark, "data-state": step.state, "data-testid": "step"},
    )


def _balances() -> rx.Component:
    return section(
        rx.el.ul(rx.foreach(State.moved, _moved), class_name="rows"), title=t("Your balances"), class_name="mt-6"
    )


def _moved(row: rx.Var[MovedRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(shown_name(row), class_name="row-main row-title"),
            rx.el.span(
                rx.el.span(t("before"), class_name="sr-only"),
                rx.el.span(money(row.before), class_name="muted"),
                rx.el.span(" → ", aria_hidden="true", class_name="muted"),
                rx.el.span(t("after"), class_name="sr-only"),
                money(row.after),
                class_name="row-value tabular",
            ),
            class_name="row-body",
        ),
        class_name="row",
        custom_attrs={"data-testid": "moved"},
    )


def _nothing() -> rx.Component:
    return empty_state(
        t("There is no such payment here"),
        text=t("Only whoever paid can see it: sign in, or open it in the browser that it was paid in."),
        icon_name="receipt",
        action=rx.cond(
            ShellState.is_nobody,
            link_button(t("Sign in"), href=f"{routes.LOGIN}?next=" + rx.State.router.url.path.to(str)),
            link_button(t("Payments"), href=routes.PAYMENTS, variant="quiet"),
        ),
    )


def _on_its_way() -> rx.Component:
    return card(loading(skeleton("amount"), skeleton("line"), *[skeleton("block") for _ in range(3)]))
