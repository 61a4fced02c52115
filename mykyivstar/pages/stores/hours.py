"""The hours of a week as a table."""

import reflex as rx

from mykyivstar.components import table
from mykyivstar.i18n import date, t
from mykyivstar.state.stores.store import DayRow


def week_table(week: rx.Var[list[DayRow]]) -> rx.Component:
    """Seven days from today on, each with its spans and what is said of it."""
    return table(t("Hours of the coming week"), [t("Day"), t("Opening hours")], week, render=_day)


def _day(day: rx.Var[DayRow]) -> list[rx.Component]:
    return [
        rx.el.span(date(day.day, "weekday"), rx.cond(day.is_today, rx.fragment(" · ", t("today")), rx.fragment())),
        rx.el.span(
            rx.cond(day.spans.length() > 0, day.spans.to(list[str]).join(", "), t("closed")),
            rx.cond(day.comment, rx.el.span(" (", day.comment, ")", class_name="muted")),
            class_name="tabular",
        ),
    ]
