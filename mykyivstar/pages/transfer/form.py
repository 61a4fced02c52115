"""Transfer: from which own number, to whom, how much, and what is left of the month (D5, D6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    form,
    form_actions,
    link_button,
    loading,
    meter,
    notice,
    page_title,
    refusal,
    section,
    skeleton,
    text_field,
)
from mykyivstar.i18n import money, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import ready_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.payments.words import shown_name
from mykyivstar.pages.transfer.sides import givers, whom
from mykyivstar.state.transfer.form import TransferState as State


@app_page(routes.TRANSFER, title=t("Transfer"), on_load=[State.load])
def transfer() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Transfer"),
            lead=t("From the balance of your number to any Kyivstar number or home internet, without commission."),
        ),
        rx.cond(
            ready_at(State),
            rx.el.div(
                rx.cond(State.waiting, _waiting()),
                rx.cond(State.givers.length() > 0, _form(), _empty()),
                class_name="stack",
            ),
            waiting_for(_on_its_way(), State.load),
        ),
        class_name="stack",
    )


def _form() -> rx.Component:
    return form(
        rx.el.div(
            rx.el.div(
                card(section(givers(), title=t("From where"), id="from")),
                card(section(whom(), title=t("Whom"), id="whom")),
                class_name="stack",
            ),
            card(
                section(
                    _amount(),
                    _month(),
                    refusal(pick(State.refusal), class_name="refusal-late"),
                    form_actions(
                        button(
                            t("Next"),
                            type="submit",
                            size="large",
                            icon="arrow-right",
                            busy=State.busy,
                            data_testid="next",
                        )
                    ),
                    rx.el.p(t("Nothing is transferred yet: you check everything first."), class_name="muted"),
                    title=t("How much"),
                )
            ),
            # A form that begins anew takes its first values anew.
            key=State.opened,
            class_name="home-columns",
        ),
        on_submit=State.check,
        busy=State.busy,
        id="transfer",
    )


def _amount() -> rx.Component:
    return text_field(
        "amount",
        t("Sum in hryvnias"),
        value=State.amount,
        error=pick(State.field_refusals["amount"]),
        hint=t(
            "From {least} to {most}. Above {above} we ask for a code by SMS.",
            least=money(State.least),
            most=money(State.most),
            above=money(State.code_above),
        ),
        placeholder="100",
        input_mode="decimal",
        autocomplete="off",
        max_length=20,
        suffix=rx.el.span("₴", class_name="pe-4 text-muted"),
    )


def _month() -> rx.Component:
    return rx.el.div(
        meter(
            t("Can still be transferred this month"),
            value=State.month_left,
            total=State.month_most,
            text=money(State.month_left),
            caption=t("{most} a month from each number", most=money(State.month_most)),
        ),
        custom_attrs={"data-testid": "month-left"},
    )


def _waiting() -> rx.Component:
    waiting = State.waiting
    return notice(
        t("{amount} to {whom}", amount=money(waiting.amount), whom=shown_name(waiting)),
        kind="warning",
        title=t("A transfer waits for its code"),
        action=link_button(t("Enter the code"), href=waiting.address, variant="quiet", size="small"),
        custom_attrs={"data-testid": "waiting"},
    )


def _empty() -> rx.Component:
    return card(
        empty_state(
            t("There is no number of yours to transfer from"),
            text=t("Money is transferred from a mobile number that you own. Add yours with a code by SMS."),
            icon_name="smartphone",
            action=link_button(t("Add a number"), href=routes.LINES),
        )
    )


def _on_its_way() -> rx.Component:
    return loading(
        rx.el.div(
            rx.el.div(
                card(skeleton("line"), *[skeleton("block") for _ in range(2)]),
                card(skeleton("line"), skeleton("block")),
                class_name="stack",
            ),
            card(skeleton("line"), skeleton("block"), skeleton("button")),
            class_name="home-columns",
        )
    )
