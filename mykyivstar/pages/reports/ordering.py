"""Taking details away: the files, what they cost in parts, and one more yes (E4)."""

import reflex as rx

from mykyivstar.components import (
    button,
    dialog,
    facts,
    form,
    form_actions,
    notice,
    refusal,
    section,
)
from mykyivstar.i18n import money, phone, pick, t
from mykyivstar.pages.layout.at_address import shown_for
from mykyivstar.pages.reports.taking import where_to, which_files
from mykyivstar.pages.reports.words import days_words
from mykyivstar.state.reports.details import DetailsState as State


def order_form() -> rx.Component:
    """Which files, and where to."""
    return section(
        _price(),
        form(
            shown_for(State),
            which_files(State.field_refusals),
            where_to(State.field_refusals),
            rx.cond(State.is_confirming, rx.fragment(), refusal(pick(State.refusal), class_name="refusal-late")),
            form_actions(
                button(
                    rx.cond(State.is_free, t("Order"), t("Order for {price}", price=money(State.price))),
                    type="submit",
                    icon="file-text",
                    busy=State.busy,
                    data_testid="order",
                )
            ),
            on_submit=State.order,
            busy=State.busy,
            id="order-details",
        ),
        _confirm(),
        title=t("Take away as a file"),
    )


def _price() -> rx.Component:
    return rx.cond(
        State.is_free,
        rx.el.p(t("Past months are free."), class_name="muted", data_testid="price"),
        rx.el.div(
            notice(
                t("Days of this month are among these: their details are paid. Records are shown once ordered."),
                title=t("Price: {price}", price=money(State.price)),
                data_testid="price",
            ),
            _parts(),
            class_name="stack",
        ),
    )


def _parts() -> rx.Component:
    return facts(
        [
            (t("Without taxes"), money(State.net)),
            (t("VAT"), money(State.vat)),
            (t("Pension fund duty"), money(State.duty)),
        ]
    )


def _confirm() -> rx.Component:
    return dialog(
        "confirm-order",
        t("Order for {price}?", price=money(State.price)),
        rx.el.p(
            t(
                "{price} will be taken from the balance of {number} now, once. If the report cannot be made, the money "
                "comes back by itself.",
                price=money(State.price),
                number=phone(State.number),
            )
        ),
        rx.el.p(days_words(State.first, State.last), class_name="muted"),
        refusal(pick(State.refusal)),
        actions=rx.fragment(
            button(
                t("Order for {price}", price=money(State.price)),
                on_click=State.confirm(State.shown_for),
                busy=State.busy,
                data_testid="confirm-order",
            ),
            button(t("Cancel"), variant="quiet", on_click=State.think_again),
        ),
        open=State.is_confirming,
        on_close=State.think_again,
    )
