"""The records of the days, and their sums."""

import reflex as rx

from mykyivstar.components import button, empty_state, notice, row, rows, section, table
from mykyivstar.i18n import clock_time, date, money, number, phone, t
from mykyivstar.pages.reports.words import category_words, quantity_words
from mykyivstar.state.reports.details import DetailsState as State
from mykyivstar.state.reports.rows import RecordRow, SumRow


def sums() -> rx.Component:
    """By category, and all together."""
    return section(
        rx.cond(
            State.sums.length() > 0,
            table(
                t("Sums by category"),
                [t("What"), t("Records"), t("How much"), t("Cost")],
                State.sums,
                render=_sum,
                numeric=(1, 2, 3),
            ),
            empty_state(t("Nothing was used in these days."), icon_name="inbox"),
        ),
        title=t("Sums"),
        action=rx.el.strong(money(State.total), class_name="tabular", data_testid="total"),
    )


def _sum(one: rx.Var[SumRow]) -> list[rx.Var]:
    return [
        category_words(one.category),
        number(one.records),
        quantity_words(one.category, one.quantity),
        money(one.cost),
    ]


def records() -> rx.Component:
    """Each of them, the newest first; others' numbers masked until a fresh proof."""
    return section(
        rx.cond(
            State.is_masked & (State.records.length() > 0),
            notice(
                t("Numbers of other people are shown in part."),
                action=button(t("Show whole numbers"), variant="quiet", size="small", on_click=State.show_numbers),
            ),
        ),
        rows(rx.foreach(State.records, _record)),
        rx.cond(
            State.has_more,
            button(t("Show more"), variant="quiet", full_width=True, on_click=State.show_more),
        ),
        rx.el.p(t("Calls to emergency and other helplines are never recorded."), class_name="muted"),
        title=t("Every record"),
    )


def _record(record: rx.Var[RecordRow]) -> rx.Component:
    return row(
        rx.cond(record.party != "", phone(record.party), category_words(record.category)),
        about=rx.fragment(date(record.at, "short"), " ", clock_time(record.at), " · ", category_words(record.category)),
        value=rx.cond(record.cost.is_none(), "—", money(record.cost)),
        value_about=quantity_words(record.category, record.quantity),
        custom_attrs={"data-testid": "record"},
    )
