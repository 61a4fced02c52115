"""Payments and charges: everything that moved money, by day, filtered by the address (E1)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    failed_state,
    link,
    link_button,
    loading,
    notice,
    page_title,
    rows,
    section,
    skeleton,
)
from mykyivstar.i18n import date, t, tn
from mykyivstar.pages.expenses.finding import finding
from mykyivstar.pages.expenses.words import HEADINGS, amount_words, entry_row, views
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.line_words import name_of
from mykyivstar.state.expenses.history import EntriesState as State
from mykyivstar.state.expenses.history_view import ChipRow, DayRow
from mykyivstar.state.expenses.rows import EntryRow
from mykyivstar.state.failure import FailureState
from mykyivstar.state.shell import ShellState

_WAYS = {"": t("Everything"), "in": t("What came in"), "out": t("What was taken")}
_UNITS = {"uah": t("Money"), "bonus": t("Bonuses")}


@app_page(routes.EXPENSES_HISTORY, title=t("Payments and charges"), on_load=[State.load])
def history() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Payments and charges"),
            lead=rx.cond(
                ShellState.chosen,
                t("{name}: every movement of money, each with its reason.", name=name_of(ShellState.chosen)),
                t("Every movement of money, each with its reason."),
            ),
        ),
        rx.match(
            State.standing,
            ("ready", _ready()),
            ("none", card(_nobody())),
            rx.cond(FailureState.incident, _failed(), _on_its_way()),
        ),
        class_name="narrow",
    )


def _ready() -> rx.Component:
    return rx.el.div(
        views(month=False),
        card(
            rx.cond(State.units.length() > 0, _chips(t("Money or bonuses"), State.units, _UNITS)),
            finding(),
            _chips(t("Which way"), State.ways, _WAYS),
            rx.cond(
                State.headings.length() > 2, _chips(t("What for"), State.headings, {"": t("For anything"), **HEADINGS})
            ),
            class_name="grid gap-3",
        ),
        rx.cond(
            State.sees_usage,
            rx.fragment(),
            notice(t("You pay for this number: you see what was paid in, its owner sees the rest."), kind="info"),
        ),
        rx.cond(
            State.days.length() > 0,
            rx.fragment(_total(), card(rx.foreach(State.days, _day)), _further()),
            card(rx.cond(State.is_filtered, _nothing_fits(), _nothing_yet())),
        ),
        class_name="stack",
    )


def _chips(label: rx.Var, choices: rx.Var, words: dict[str, rx.Var]) -> rx.Component:
    def choice(one: rx.Var[ChipRow]) -> rx.Component:
        return link(
            rx.match(one.value, *words.items(), ""),
            href=one.href,
            aria_current=rx.cond(one.chosen, "true", "false"),
            class_name="chip",
        )

    return rx.el.nav(rx.foreach(choices.to(list[ChipRow]), choice), aria_label=label, class_name="chips")


def _total() -> rx.Component:
    """Of everything that fits, shown or not."""
    return rx.el.p(
        rx.el.strong(tn("{count} entry", "{count} entries", count=State.total.count)),
        rx.cond(
            State.total.came > 0,
            rx.fragment(" · ", t("came in: {amount}", amount=amount_words(State.total.came, State.is_bonus))),
        ),
        rx.cond(
            State.total.went < 0,
            rx.fragment(" · ", t("taken: {amount}", amount=amount_words(0 - State.total.went, State.is_bonus))),
        ),
        role="status",
        data_testid="total",
    )


def _day(day: rx.Var[DayRow]) -> rx.Component:
    came = rx.cond(day.came > 0, rx.fragment("+", amount_words(day.came, State.is_bonus)))
    between = rx.cond((day.came > 0) & (day.went < 0), " · ", "")
    went = rx.cond(day.went < 0, amount_words(day.went, State.is_bonus), "")
    return section(
        rows(rx.foreach(day.rows.to(list[EntryRow]), entry_row)),
        title=rx.cond(day.shows_year, date(day.day, "long"), date(day.day, "weekday")),
        action=rx.el.span(came, between, went, class_name="muted tabular", data_testid="day-total"),
        class_name="day",
    )


def _further() -> rx.Component:
    return rx.fragment(
        rx.cond(
            State.has_more,
            button(t("Show more"), variant="quiet", full_width=True, on_click=State.show_more),
        ),
        rx.cond(
            State.older,
            link_button(t("Older entries"), href=State.older, variant="quiet", full_width=True, icon="arrow-down"),
        ),
    )


def _nothing_fits() -> rx.Component:
    return empty_state(
        t("Nothing fits"),
        text=t("Try fewer filters, another month or other words."),
        icon_name="search",
        action=link_button(t("Show everything"), href=State.all_of_it, variant="quiet"),
    )


def _nothing_yet() -> rx.Component:
    return empty_state(
        t("Nothing has been paid or charged yet"),
        text=t("Every top-up and every charge will be here, each with its reason."),
        icon_name="receipt",
    )


def _nobody() -> rx.Component:
    return empty_state(
        t("No numbers here yet"),
        text=t("Add your mobile number or home internet, and you will see what the money goes for."),
        icon_name="receipt",
        action=link_button(t("Add a number"), href=routes.LINES, icon="plus"),
    )


def _failed() -> rx.Component:
    return card(failed_state(FailureState.incident, on_retry=[FailureState.dismiss(), State.load()]))


def _on_its_way() -> rx.Component:
    return loading(
        card(skeleton("line"), skeleton("block")), card(skeleton("line"), *[skeleton("block") for _ in range(5)])
    )
