"""Thirteen months as bars that lead to them, and the same as a table."""

import reflex as rx

from mykyivstar.components import accordion, card, link, section, table
from mykyivstar.components.charts import column
from mykyivstar.i18n import date, money, t
from mykyivstar.state.expenses.month import MonthState as State
from mykyivstar.state.expenses.month_view import BarRow

_BARS = State.view.bars.to(list[BarRow])
# Thirteen of them stand side by side on the narrowest phone.
_LABEL = "block whitespace-nowrap tracking-tighter text-[0.6875rem] sm:text-xs sm:tracking-normal"


def chart() -> rx.Component:
    """Spending by month."""
    return card(
        section(
            rx.el.ul(rx.foreach(_BARS, _bar), class_name="flex items-end gap-0.5 sm:gap-1 tone-brand", role="list"),
            accordion(
                (
                    t("The same as a table"),
                    table(
                        t("Spending by month"),
                        [t("Month"), t("At the start"), t("Came in"), t("Spent"), t("Went elsewhere"), t("At the end")],
                        _BARS,
                        render=_line,
                        numeric=(1, 2, 3, 4, 5),
                    ),
                ),
            ),
            title=t("Spending by month"),
        ),
        data_testid="chart",
    )


def _bar(bar: rx.Var[BarRow]) -> rx.Component:
    name = date(bar.month, "month")
    return rx.el.li(
        link(
            column(bar.height, class_name=rx.cond(bar.chosen, "meter-value", "meter-value opacity-50")),
            rx.el.span(
                name.to(str)[:3],
                aria_hidden="true",
                class_name=rx.cond(bar.chosen, f"{_LABEL} font-bold", f"{_LABEL} text-muted"),
            ),
            href=bar.href,
            aria_label=t("{month}: {amount}", month=name, amount=money(bar.spent)),
            aria_current=rx.cond(bar.chosen, "true", "false"),
            class_name="block text-center overflow-hidden",
        ),
        class_name="flex-1 min-w-0 max-w-16",
    )


def _line(bar: rx.Var[BarRow]) -> list[rx.Var]:
    return [
        date(bar.month, "month"),
        money(bar.opening),
        money(bar.came),
        money(bar.spent),
        money(bar.went),
        money(bar.closing),
    ]
