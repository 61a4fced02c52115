"""Figures over the days as bars."""

import reflex as rx

from mykyivstar.components import card, section
from mykyivstar.components.charts import column
from mykyivstar.i18n import date, minutes, number, t
from mykyivstar.state.desk.figures import BarRow, ChartRow


def charts(shown: rx.Var[list[ChartRow]]) -> rx.Component:
    """One beside the other, each with what its highest bar stands for; nothing where there is nothing to draw."""
    return rx.cond(
        shown.length() > 0,
        rx.el.div(rx.foreach(shown, _chart), class_name="grid gap-4 md:grid-cols-2"),
    )


def hours(value: rx.Var) -> rx.Component:
    """Hours with one decimal; a dash where there is nothing to count."""
    return rx.cond(value.is_none(), "—", t("{hours} h", hours=number(value, maximumFractionDigits=1)))


def _chart(chart: rx.Var[ChartRow]) -> rx.Component:
    bars = chart.bars.to(list[BarRow])
    return card(
        section(
            rx.el.p(t("highest: {value}", value=_figure(chart, chart.most)), class_name="muted text-sm"),
            rx.el.ul(
                rx.foreach(bars, lambda bar: _bar(bar, chart)),
                class_name="flex items-end gap-0.5 sm:gap-1 tone-brand",
                role="list",
            ),
            rx.el.div(
                rx.el.span(date(bars[0].day, "short")),
                rx.el.span(date(bars[bars.length() - 1].day, "short")),
                class_name="flex justify-between text-muted text-sm",
                aria_hidden="true",
            ),
            title=rx.match(
                chart.measure,
                ("wait", t("Wait")),
                ("first_answer", t("First answer")),
                ("length", t("Length")),
                ("request_answer", t("First answer to requests")),
                ("resolution", t("Time to the solution")),
                t("Average rating"),
            ),
        ),
        data_testid="desk-chart",
    )


def _bar(bar: rx.Var[BarRow], chart: rx.Var[ChartRow]) -> rx.Component:
    figure = rx.cond(bar.value.is_none(), t("nothing to count"), _figure(chart, bar.value))
    said = t("{day}: {figure}", day=date(bar.day, "short"), figure=figure)
    return rx.el.li(
        column(bar.height),
        rx.el.span(said, class_name="sr-only"),
        title=said,
        class_name="flex-1 min-w-0 max-w-16",
    )


def _figure(chart: rx.Var[ChartRow], value: rx.Var) -> rx.Var:
    with_decimal = number(value, maximumFractionDigits=1)
    return rx.match(
        chart.measure,
        ("rating", with_decimal),
        ("request_answer", t("{hours} h", hours=with_decimal)),
        ("resolution", t("{hours} h", hours=with_decimal)),
        minutes(value),
    )
