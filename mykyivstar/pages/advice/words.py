"""Words about tariffs: what a fee is, how much of what was used, what a package holds."""

import reflex as rx

from mykyivstar.i18n import date, minutes, money, t, volume
from mykyivstar.pages.reports.words import category_words, quantity_words
from mykyivstar.state.advice.rows import ChoiceRow, CostRow, ReasonRow

_CALLS = ("call_on_net", "call_off_net", "call_abroad", "roaming_call")
_DATA = ("data", "roaming_data")
_OF_OTHERS = ("service", "paid_content")


def fee_words(choice: rx.Var[ChoiceRow]) -> rx.Component:
    """What is taken how often."""
    return rx.match(
        choice.period,
        ("day", t("{amount} a day", amount=money(choice.fee))),
        ("four_weeks", t("{amount} in four weeks", amount=money(choice.fee))),
        ("month", t("{amount} a month", amount=money(choice.fee))),
        t("{amount} once", amount=money(choice.fee)),
    )


def saved_words(choice: rx.Var[ChoiceRow]) -> rx.Component:
    """Less or more than now, in an average month."""
    return rx.cond(
        choice.is_current,
        t("as now"),
        rx.cond(
            choice.saved > 0,
            t("{amount} less", amount=money(choice.saved)),
            rx.cond(choice.saved < 0, t("{amount} more", amount=money(choice.more)), t("the same")),
        ),
    )


def why_words(reason: rx.Var[ReasonRow]) -> rx.Component:
    """What was used in one period at most, what the package holds, what is beyond it."""
    same = rx.el.span(t("Costs the same under every tariff."))
    return rx.match(reason.category, *[(each, same) for each in _OF_OTHERS], _why(reason))


def _why(reason: rx.Var[ReasonRow]) -> rx.Component:
    most = quantity_words(reason.category, reason.most)
    holds = quantity_words(reason.category, reason.holds)
    return rx.el.span(
        rx.cond(
            reason.holds < 0,
            t("You used up to {most}, the package has no limit.", most=most),
            rx.cond(
                reason.holds > 0,
                t("You used up to {most}, the package holds {holds}.", most=most, holds=holds),
                rx.cond(reason.beyond > 0, t("The package holds none."), t("Costs nothing here.")),
            ),
        ),
        " ",
        rx.cond(reason.beyond > 0, _beyond(reason), ""),
    )


def _beyond(reason: rx.Var[ReasonRow]) -> rx.Component:
    price = money(reason.price)
    calls = t("Paid on top: {beyond} at {price} a minute.", beyond=minutes(reason.beyond * 60), price=price)
    data = t("Paid on top: {beyond} at {price} a megabyte.", beyond=volume(reason.beyond * 1024**2), price=price)
    return rx.match(
        reason.category,
        *[(each, calls) for each in _CALLS],
        *[(each, data) for each in _DATA],
        t("Paid on top: {beyond} at {price} each.", beyond=reason.beyond, price=price),
    )


def cost_words(cost: rx.Var[CostRow]) -> rx.Component:
    """What it is that costs this."""
    return rx.match(
        cost.what,
        ("fee", t("Tariff fee")),
        ("services", t("Services")),
        ("total", t("Together")),
        category_words(cost.what),
    )


def months_words(months: rx.Var[list[str]]) -> rx.Component:
    """The first and the last of them, or the only one."""
    first, last = months[0], months[months.length() - 1]
    return rx.fragment(date(first, "month"), rx.cond(months.length() > 1, rx.fragment(" – ", date(last, "month"))))
