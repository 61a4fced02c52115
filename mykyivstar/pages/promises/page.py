"""Promised payment: for whom and how much, checked, taken; and what was taken before (N2)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    card,
    empty_state,
    link_button,
    loading,
    notice,
    page_title,
    row,
    rows,
    section,
    skeleton,
)
from mykyivstar.i18n import date, money, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import ready_at
from mykyivstar.pages.layout.line_words import number_of
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.promises.steps import checking, form_step
from mykyivstar.state.promises.rows import PromiseRow
from mykyivstar.state.promises.state import PromisedState as State


@app_page(routes.PROMISED_PAYMENT, title=t("Promised payment"), on_load=[State.load])
def promised_payment() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Promised payment"),
            lead=t("Money on the account now, and it goes back by itself from your next top-up."),
        ),
        rx.el.div(
            rx.cond(
                ready_at(State),
                rx.fragment(
                    rx.cond(
                        State.offers.length() > 0,
                        rx.match(State.step, ("check", checking()), ("done", taken()), form_step()),
                        nobody(),
                    ),
                    rx.cond(State.past.length() > 0, past()),
                ),
                waiting_for(on_its_way(), State.load),
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )


def taken() -> rx.Component:
    """It is there: what happens next, and the receipt."""
    return card(
        notice(
            t("Nothing more is to be done: it goes back from the next top-up, and we write an SMS when it has."),
            kind="good",
            title=t("{amount} are on the account", amount=money(State.amount)),
            role="status",
        ),
        rx.el.div(
            link_button(t("Receipt"), href=f"/payments/{State.taken_code}", icon="receipt"),
            link_button(t("Home"), href=routes.HOME, variant="quiet"),
            class_name="form-actions mt-4",
        ),
        data_testid="promise-taken",
    )


def past() -> rx.Component:
    """Every promised payment of the own numbers."""
    return card(
        section(
            rows(rx.foreach(State.past, _past), label=t("Promised payments so far")),
            title=t("Promised payments so far"),
        )
    )


def _past(promise: rx.Var[PromiseRow]) -> rx.Component:
    return row(
        rx.el.span(number_of(promise), class_name="tabular"),
        about=rx.cond(
            promise.is_open,
            t("{owed} are to go back by {day}", owed=money(promise.owed), day=date(promise.last_day, "day")),
            t("taken on {day}", day=date(promise.given_on)),
        ),
        value=money(promise.amount),
        value_about=rx.cond(
            promise.is_open, badge(t("open"), tone="warning"), badge(t("paid back"), tone="good", icon_name="check")
        ),
        icon_name="hand-coins",
        custom_attrs={"data-testid": "promise"},
    )


def nobody() -> rx.Component:
    """Somebody without a number."""
    return card(
        empty_state(
            t("No numbers here yet"),
            text=t("A promised payment is for your own number. Add it first: a code by SMS shows that it is yours."),
            icon_name="smartphone",
            action=link_button(t("Add a number"), href=routes.LINES, icon="plus"),
        )
    )


def on_its_way() -> rx.Component:
    """The same shape without its values."""
    return card(loading(skeleton("line"), *[skeleton("block") for _ in range(3)], skeleton("button")))
