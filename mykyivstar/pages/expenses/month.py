"""Expenses of a month: how much, on what, and beside other months (E2, N10)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    card,
    empty_state,
    failed_state,
    link_button,
    loading,
    notice,
    page_title,
    rows,
    section,
    skeleton,
    text_link,
)
from mykyivstar.i18n import t
from mykyivstar.pages.expenses.balance import balance
from mykyivstar.pages.expenses.chart import chart
from mykyivstar.pages.expenses.headings import headings
from mykyivstar.pages.expenses.spent import spent
from mykyivstar.pages.expenses.words import entry_row, views
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.line_words import INTERNET, name_of
from mykyivstar.state.expenses.month import MonthState as State
from mykyivstar.state.expenses.rows import EntryRow
from mykyivstar.state.failure import FailureState
from mykyivstar.state.shell import ShellState

_VIEW = State.view


@app_page(routes.EXPENSES, title=t("Expenses"), on_load=[State.load])
def expenses() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Expenses"),
            lead=rx.cond(
                ShellState.chosen,
                t("{name}: what the money went for, to the kopiyka.", name=name_of(ShellState.chosen)),
                t("What the money went for, to the kopiyka."),
            ),
        ),
        rx.cond(
            State.ready,
            rx.cond(State.view, _known(), _nobody()),
            rx.cond(FailureState.incident, _failed(), _on_its_way()),
        ),
        class_name="stack",
    )


def _known() -> rx.Component:
    return rx.fragment(
        views(month=True),
        rx.cond(
            _VIEW.has_history,
            rx.el.div(
                rx.el.div(
                    spent(),
                    rx.cond(_VIEW.sees_usage, rx.fragment(chart(), headings()), _for_payers()),
                    class_name="stack",
                ),
                rx.el.div(balance(), rx.cond(_VIEW.dearest.length() > 0, _dearest()), _more(), class_name="stack"),
                class_name="home-columns",
            ),
            card(
                empty_state(
                    t("Nothing has been paid or charged yet"),
                    text=t("Every top-up and every charge will be here, each with its reason."),
                    icon_name="receipt",
                )
            ),
        ),
    )


def _dearest() -> rx.Component:
    return card(
        section(
            rows(rx.foreach(_VIEW.dearest.to(list[EntryRow]), lambda entry: entry_row(entry, with_day=True))),
            title=t("The dearest of the month"),
        ),
        data_testid="dearest",
    )


def _more() -> rx.Component:
    return card(
        rx.el.p(text_link(t("All payments and charges of the month"), href=_VIEW.history)),
        rx.cond(
            _VIEW.sees_usage,
            rx.el.p(text_link(t("Statement or invoice"), href=routes.REPORTS_ORDER), class_name="mt-2"),
        ),
        rx.cond(
            (_VIEW.kind != INTERNET) & _VIEW.sees_usage,
            rx.el.p(text_link(t("Every call and message: call details"), href=routes.DETAILS), class_name="mt-2"),
        ),
        rx.el.p(text_link(t("What comes next: charge calendar"), href=routes.CALENDAR), class_name="mt-2"),
        tone="soft",
    )


def _for_payers() -> rx.Component:
    return notice(
        t("You pay for this number. What it is used for is seen by its owner."), kind="info", data_testid="payer"
    )


def _nobody() -> rx.Component:
    return card(
        empty_state(
            t("No numbers here yet"),
            text=t("Add your mobile number or home internet, and you will see what the money goes for."),
            icon_name="chart-column",
            action=link_button(t("Add a number"), href=routes.LINES, icon="plus"),
        )
    )


def _failed() -> rx.Component:
    return card(failed_state(FailureState.incident, on_retry=[FailureState.dismiss(), State.load()]))


def _on_its_way() -> rx.Component:
    return loading(
        rx.el.div(
            rx.el.div(
                card(skeleton("line"), skeleton("amount")),
                card(skeleton("block"), skeleton("block")),
                card(*[skeleton("block") for _ in range(4)]),
                class_name="stack",
            ),
            card(skeleton("line"), skeleton("block"), skeleton("block")),
            class_name="home-columns",
        )
    )
