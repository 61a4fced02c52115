"""All payments, the newest first, by day (D3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    link,
    link_button,
    loading,
    page_title,
    row,
    rows,
    section,
    skeleton,
)
from mykyivstar.i18n import clock_time, date, money, t, tn
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.top_up import top_up_button
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.payments.words import SOURCES, STATES, shown_name, source_sign, source_words, state_badge
from mykyivstar.state.payments.history import DayRow, FilterRow, HistoryRow
from mykyivstar.state.payments.history import HistoryState as State


@app_page(routes.PAYMENTS, title=t("Payments"), on_load=[State.load])
def payments() -> rx.Component:
    return rx.el.div(
        page_title(t("Payments"), lead=t("What you paid, for whom, and where each payment is.")),
        rx.cond(
            State.ready,
            rx.el.div(_filters(), _list(), class_name="stack"),
            waiting_for(_on_its_way(), State.load),
        ),
        class_name="narrow",
    )


def _filters() -> rx.Component:
    return rx.el.div(
        _filter(t("How it was paid"), State.sources, {"": t("All ways"), **SOURCES}),
        _filter(t("What became of it"), State.states, {"": t("All states"), **STATES}),
        class_name="grid gap-2",
    )


def _filter(label: rx.Var, choices: rx.Var, words: dict[str, rx.Var]) -> rx.Component:
    def choice(one: rx.Var[FilterRow]) -> rx.Component:
        return link(
            rx.match(one.value, *words.items(), ""),
            href=one.href,
            aria_current=rx.cond(one.chosen, "true", "false"),
            class_name="chip",
        )

    return rx.el.nav(rx.foreach(choices, choice), aria_label=label, class_name="chips")


def _list() -> rx.Component:
    return rx.cond(
        State.days.length() > 0,
        rx.el.div(
            card(rx.foreach(State.days, _day)),
            rx.cond(
                State.has_more,
                button(t("Show more"), variant="quiet", full_width=True, on_click=State.show_more),
            ),
            class_name="stack",
        ),
        card(rx.cond(State.is_filtered, _nothing_fits(), _nothing_yet())),
    )


def _day(day: rx.Var[DayRow]) -> rx.Component:
    total = rx.cond(
        day.total.to(int) > 0,
        rx.el.span(t("arrived: {amount}", amount=money(day.total)), class_name="muted", data_testid="day-total"),
    )
    return section(
        rows(rx.foreach(day.rows.to(list[HistoryRow]), _payment)),
        title=rx.cond(day.shows_year, date(day.day, "long"), date(day.day, "weekday")),
        action=total,
        class_name="day",
    )


def _payment(payment: rx.Var[HistoryRow]) -> rx.Component:
    whom = tn("{count} number", "{count} numbers", count=payment.count)
    return row(
        rx.cond(payment.count > 1, whom, shown_name(payment)),
        # What the sign says to the eye.
        about=rx.fragment(clock_time(payment.at), rx.el.span(", ", source_words(payment.source), class_name="sr-only")),
        value=money(payment.amount),
        value_about=state_badge(payment.state),
        leading=source_sign(payment.source),
        href=payment.href,
        custom_attrs={"data-testid": "payment"},
    )


def _nothing_yet() -> rx.Component:
    return empty_state(
        t("No payments yet"),
        text=t("Every payment will be here with its receipt, from its first step to the last."),
        icon_name="receipt",
        action=top_up_button(),
    )


def _nothing_fits() -> rx.Component:
    return empty_state(
        t("No payments like that"),
        icon_name="receipt",
        action=link_button(t("Show all"), href=routes.PAYMENTS, variant="quiet"),
    )


def _on_its_way() -> rx.Component:
    return loading(card(skeleton("line"), *[skeleton("block") for _ in range(4)]))
