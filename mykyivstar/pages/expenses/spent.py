"""The big number of a month, and the months it is held against."""

import reflex as rx

from mykyivstar.components import card, icon, link, money_text
from mykyivstar.i18n import date, money, number, t
from mykyivstar.state.expenses.month import MonthState as State
from mykyivstar.state.expenses.month_view import ComparedRow

_VIEW = State.view


def spent() -> rx.Component:
    """Which month, how much, and whether that is more than before; for a payer, what was paid in."""
    amount = rx.cond(_VIEW.sees_usage, _VIEW.spent, _VIEW.came)
    return card(
        rx.el.div(
            _step(_VIEW.earlier, "chevron-left", t("The month before")),
            rx.el.h2(date(_VIEW.month, "month"), class_name="section-title", data_testid="month"),
            _step(_VIEW.later, "chevron-right", t("The month after")),
            class_name="flex items-center gap-1 -ms-2",
        ),
        rx.el.p(
            rx.cond(
                _VIEW.sees_usage,
                rx.cond(_VIEW.is_running, t("Spent so far"), t("Spent")),
                t("Paid in"),
            ),
            class_name="stat-label mt-3",
        ),
        rx.el.div(money_text(amount, big=True), data_testid="spent"),
        rx.cond(
            _VIEW.bonuses > 0,
            rx.el.p(
                t("and {amount} in bonuses besides", amount=number(_VIEW.bonuses / 100)), class_name="stat-caption"
            ),
        ),
        rx.el.ul(
            rx.foreach(_VIEW.compared.to(list[ComparedRow]), _compared), class_name="mt-3 grid gap-1", role="list"
        ),
        tone="hero",
    )


def _step(href: rx.Var, sign: str, label: rx.Var) -> rx.Component:
    """A way to another month, or its room."""
    return rx.cond(
        href,
        link(
            icon(sign, size=22),
            href=href,
            aria_label=label,
            class_name="inline-grid place-items-center w-11 h-11 rounded-full",
        ),
        rx.el.span(class_name="inline-block w-11 h-11"),
    )


def _compared(other: rx.Var[ComparedRow]) -> rx.Component:
    values = {"amount": money(other.by), "month": date(other.month, "month")}
    words = rx.cond(
        other.is_part,
        rx.match(
            other.way,
            ("more", t("{amount} more than by the same day in {month}", **values)),
            ("less", t("{amount} less than by the same day in {month}", **values)),
            t("As much as by the same day in {month}", month=values["month"]),
        ),
        rx.match(
            other.way,
            ("more", t("{amount} more than in {month}", **values)),
            ("less", t("{amount} less than in {month}", **values)),
            t("As much as in {month}", month=values["month"]),
        ),
    )
    sign = rx.match(
        other.way,
        ("more", icon("trending-up", size=18, class_name="flex-none")),
        ("less", icon("trending-down", size=18, class_name="flex-none")),
        icon("equal", size=18, class_name="flex-none"),
    )
    return rx.el.li(sign, rx.el.span(words), class_name="flex items-center gap-2", data_testid="compared")
