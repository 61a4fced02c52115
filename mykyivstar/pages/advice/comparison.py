"""What opens under a tariff: why it comes to what it does, and each month beside the present tariff."""

import reflex as rx

from mykyivstar.components import facts, row, rows, section, skeleton
from mykyivstar.i18n import date, money, t
from mykyivstar.pages.advice.words import cost_words, why_words
from mykyivstar.pages.reports.words import category_words
from mykyivstar.state.advice.rows import CostRow, MonthRow, ReasonRow
from mykyivstar.state.advice.state import AdviceState as State

_SHOWN = State.comparison


def comparison() -> rx.Component:
    """Of the opened tariff."""
    return rx.cond(_SHOWN, _known(), rx.el.div(skeleton("line"), skeleton("block")))


def _known() -> rx.Component:
    return rx.el.div(
        section(
            rows(rx.foreach(_SHOWN.reasons.to(list[ReasonRow]), _reason)),
            title=rx.match(
                _SHOWN.period,
                ("day", t("What you used in a day, and what the package holds")),
                ("four_weeks", t("What you used in four weeks, and what the package holds")),
                ("month", t("What you used in a month, and what the package holds")),
                t("What you used, and what the package holds"),
            ),
        ),
        section(rx.foreach(_SHOWN.months.to(list[MonthRow]), _month), title=t("Month by month")),
        facts(
            [
                (t("All months together"), rx.el.strong(money(_SHOWN.total))),
                (t("Without taxes"), money(_SHOWN.net)),
                (t("VAT"), money(_SHOWN.vat)),
                (t("Pension fund duty"), money(_SHOWN.duty)),
            ]
        ),
        class_name="stack",
        data_testid="comparison",
    )


def _reason(reason: rx.Var[ReasonRow]) -> rx.Component:
    return row(
        category_words(reason.category),
        about=why_words(reason),
        value=money(reason.cost),
        custom_attrs={"data-testid": "reason", "data-category": reason.category},
    )


def _month(month: rx.Var[MonthRow]) -> rx.Component:
    return rx.el.div(
        rx.el.h3(date(month.day, "month"), class_name="field-label"),
        rows(rx.foreach(month.rows.to(list[CostRow]), _cost)),
        data_testid="month",
    )


def _cost(cost: rx.Var[CostRow]) -> rx.Component:
    return row(
        cost_words(cost),
        value=money(cost.here),
        value_about=rx.cond(_SHOWN.is_current, rx.fragment(), t("your tariff {amount}", amount=money(cost.now))),
        custom_attrs={"data-testid": "cost", "data-what": cost.what},
    )
