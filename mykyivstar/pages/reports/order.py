"""Ordering a statement of account or an invoice (E5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    failed_state,
    form,
    form_actions,
    link_button,
    loading,
    page_title,
    refusal,
    section,
    select,
    skeleton,
    text_field,
)
from mykyivstar.components.choices import Choice, radio_cards
from mykyivstar.i18n import phone, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.reports.taking import where_to, which_files
from mykyivstar.state.failure import FailureState
from mykyivstar.state.reports.order import PaperOrderState as State

_KINDS = (
    Choice("statement", t("Statement of account"), t("Every movement of the balance for any days."), "file-text"),
    Choice("invoice", t("Invoice"), t("Charges of a month with taxes, and what is to be paid."), "receipt"),
)


@app_page(routes.REPORTS_ORDER, title=t("Order a report"), on_load=[State.load])
def order() -> rx.Component:
    return rx.el.div(
        page_title(t("Order a report"), lead=t("Free of charge. Ready files wait for you under Reports.")),
        rx.match(
            standing_at(State),
            ("ready", rx.el.div(card(_form()), class_name="stack")),
            ("none", rx.el.div(card(_none()), class_name="stack")),
            rx.cond(FailureState.incident, _failed(), _on_its_way()),
        ),
        class_name="narrow",
    )


def _form() -> rx.Component:
    shown = rx.cond(State.is_internet, State.number, phone(State.number))
    return section(
        rx.cond(State.may_have_invoices, _which()),
        form(
            *[
                rx.el.input(type="hidden", name=name, value=value)
                for name, value in (("key", State.form_key), ("of", State.of), ("kind", State.kind))
            ],
            rx.cond(State.kind == "invoice", _month(), _days()),
            which_files(State.field_refusals),
            where_to(State.field_refusals),
            refusal(pick(State.refusal), class_name="refusal-late"),
            form_actions(
                button(t("Order"), type="submit", icon="file-text", busy=State.busy, data_testid="order"),
            ),
            on_submit=State.order,
            busy=State.busy,
            id="order-paper",
        ),
        title=rx.cond(
            State.is_internet, t("Home internet, account {number}", number=shown), t("Number {number}", number=shown)
        ),
    )


def _which() -> rx.Component:
    return radio_cards("kind", t("What to order"), _KINDS, chosen=State.kind, on_change=State.choose_kind)


def _days() -> rx.Component:
    return rx.el.div(
        _day("first", t("From"), State.first),
        _day("last", t("To, this day included"), State.last),
        class_name="grid gap-x-3 sm:grid-cols-2",
    )


def _day(name: str, label: rx.Var, value: rx.Var) -> rx.Component:
    return text_field(
        name,
        label,
        type="date",
        value=value,
        error=pick(State.field_refusals[name]),
        min=State.earliest,
        max=State.today,
    )


def _month() -> rx.Component:
    return select(
        "month",
        t("Month"),
        State.months,
        error=pick(State.field_refusals["month"]),
        hint=t("An invoice is made for a month that is over."),
    )


def _none() -> rx.Component:
    return empty_state(
        t("There are no reports of this number for you"),
        text=t("Reports are of numbers and accounts that you own or may look at. Choose such a one above."),
        icon_name="file-text",
        action=link_button(t("My numbers"), href=routes.LINES, variant="quiet"),
    )


def _failed() -> rx.Component:
    return card(failed_state(FailureState.incident, on_retry=[FailureState.dismiss(), State.load()]))


def _on_its_way() -> rx.Component:
    return loading(card(skeleton("line"), *[skeleton("block") for _ in range(4)]))
