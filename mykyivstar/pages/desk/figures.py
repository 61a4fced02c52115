"""The desk in figures: wait, first answer, length, ratings (K6)."""

from collections.abc import Sequence

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    card,
    empty_state,
    loading,
    page_title,
    section,
    skeleton,
    stat,
    table,
)
from mykyivstar.components.foundations import Node
from mykyivstar.i18n import date, minutes, number, t
from mykyivstar.pages.desk.charts import charts, hours
from mykyivstar.pages.desk.work_list import one_of
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.desk.figures import DeskFiguresState as State

_PERIODS = (Choice("1", t("Today")), Choice("7", t("7 days")), Choice("30", t("30 days")))
_COLUMNS = (
    t("Conversations"),
    t("Wait"),
    t("First answer"),
    t("Length"),
    t("Unanswered"),
    t("Ratings"),
    t("Average rating"),
)
_NUMERIC = range(1, len(_COLUMNS) + 1)
_FOUR = "grid gap-5 sm:grid-cols-2 xl:grid-cols-4"


@app_page(routes.DESK_FIGURES, title=t("Figures"), shell="desk", on_load=[State.load])
def desk_figures() -> rx.Component:
    return rx.el.div(
        page_title(t("Figures"), lead=t("Times are medians: half of the conversations were quicker.")),
        one_of(t("Period"), _PERIODS, chosen=State.period, on_choose=State.choose),
        rx.cond(
            State.ready,
            rx.fragment(
                rx.cond(
                    State.whole.conversations > 0,
                    rx.fragment(whole(), over_days(), by_member(), by_day()),
                    nothing(),
                ),
                rx.cond(State.requests.opened > 0, requests()),
            ),
            waiting_for(card(loading(skeleton("line"), skeleton("block"))), State.load),
        ),
        class_name="stack",
    )


def whole() -> rx.Component:
    """Everything together."""
    total = State.whole
    return card(
        rx.el.div(
            stat(t("Conversations"), total.conversations),
            stat(t("Wait"), span(total.wait), caption=t("the aim is under 3 minutes")),
            stat(t("First answer"), span(total.first_answer)),
            stat(t("Average rating"), stars(total.rating)),
            class_name=_FOUR,
        ),
        data_testid="whole",
    )


def over_days() -> rx.Component:
    """Wait, first answer, length and ratings as bars; the table of days says the same exactly."""
    return charts(State.charts)


def nothing() -> rx.Component:
    """Nobody has talked yet."""
    return card(
        empty_state(
            t("No conversations in this period"),
            text=t("Choose a longer one, or come back when the first have been answered."),
            icon_name="chart-column",
        )
    )


def by_member() -> rx.Component:
    """Each who answered."""
    return card(
        section(
            table(
                t("By consultant"),
                (t("Consultant"), *_COLUMNS),
                State.members,
                render=lambda each: (each.name, *_cells(each)),
                numeric=_NUMERIC,
            ),
            title=t("By consultant"),
        )
    )


def by_day() -> rx.Component:
    """Each day."""
    return card(
        section(
            table(
                t("By day"),
                (t("Day"), *_COLUMNS),
                State.days,
                render=lambda each: (date(each.name, "short"), *_cells(each)),
                numeric=_NUMERIC,
            ),
            title=t("By day"),
        )
    )


def requests() -> rx.Component:
    """Requests that were opened: answered, solved, late."""
    total = State.requests
    return rx.fragment(
        card(
            section(
                rx.el.div(
                    stat(t("Opened"), total.opened),
                    stat(t("Solved"), total.solved),
                    stat(t("First answer"), hours(total.first_answer)),
                    stat(t("Time to the solution"), hours(total.resolution)),
                    class_name=_FOUR,
                ),
                title=t("Requests"),
            )
        ),
        charts(State.request_charts),
        card(section(_requests_by_day(), title=t("Requests by day"))),
    )


def _requests_by_day() -> rx.Component:
    return table(
        t("Requests by day"),
        (
            t("Day"),
            t("Opened"),
            t("Solved"),
            t("Late"),
            t("First answer"),
            t("Time to the solution"),
        ),
        State.request_days,
        render=lambda each: (
            date(each.day, "short"),
            each.opened,
            each.solved,
            each.late,
            hours(each.first_answer),
            hours(each.resolution),
        ),
        numeric=range(1, 6),
    )


def span(seconds: rx.Var) -> rx.Component:
    """Minutes and seconds; a dash where there is nothing to count."""
    return rx.cond(seconds.is_none(), "—", minutes(seconds))


def stars(rating: rx.Var) -> rx.Component:
    """With one decimal; a dash where nobody rated."""
    return rx.cond(rating.is_none(), "—", number(rating, maximumFractionDigits=1))


def _cells(each: rx.Var) -> Sequence[Node]:
    return (
        each.conversations,
        span(each.wait),
        span(each.first_answer),
        span(each.lasted),
        each.unanswered,
        each.ratings,
        stars(each.rating),
    )
