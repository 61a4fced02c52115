"""Words and signs of headings, and an entry as a line of a list."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import badge, icon, link, row
from mykyivstar.i18n import clock_time, date, minutes, money, number, pick, t, volume

HEADINGS = {
    "calls_on_net": t("Calls within Kyivstar"),
    "calls_off_net": t("Calls to other operators"),
    "calls_abroad": t("Calls abroad"),
    "calls_in": t("Incoming calls"),
    "sms": t("SMS"),
    "internet": t("Internet"),
    "roaming_calls": t("Calls in roaming"),
    "roaming_sms": t("SMS in roaming"),
    "roaming_internet": t("Internet in roaming"),
    "tariff": t("Tariff fee"),
    "services": t("Services"),
    "paid_content": t("Paid content"),
    "other_usage": t("Other usage"),
    "top_ups": t("Top-ups"),
    "promises": t("Promised payments"),
    "transfers": t("Transfers"),
    "bonuses": t("Bonuses for home internet"),
    "corrections": t("Corrections"),
}
_SIGNS = {
    "phone": ("calls_on_net", "calls_off_net", "calls_in"),
    "globe": ("calls_abroad",),
    "message-square": ("sms",),
    "wifi": ("internet",),
    "plane": ("roaming_calls", "roaming_sms", "roaming_internet"),
    "smartphone": ("tariff",),
    "puzzle": ("services",),
    "shopping-bag": ("paid_content",),
    "wallet": ("top_ups",),
    "hand-coins": ("promises",),
    "arrow-left-right": ("transfers",),
    "gift": ("bonuses",),
}
_CALLS = ("calls_on_net", "calls_off_net", "calls_abroad", "calls_in", "roaming_calls")
_DATA = ("internet", "roaming_internet")


def heading_words(heading: rx.Var) -> rx.Var:
    """What it was for."""
    return rx.match(heading, *HEADINGS.items(), "")


def heading_sign(heading: rx.Var) -> rx.Component:
    """The same as a picture."""
    signs = [(heading_, icon(name, size=22)) for name, headings in _SIGNS.items() for heading_ in headings]
    return rx.el.span(rx.match(heading, *signs, icon("receipt", size=22)), class_name="row-icon")


def quantity_words(heading: rx.Var, quantity: rx.Var) -> rx.Var:
    """How much was used: minutes, megabytes, pieces."""
    calls = [(each, minutes(quantity)) for each in _CALLS]
    data = [(each, volume(quantity)) for each in _DATA]
    return rx.match(heading, *calls, *data, t("{number} pcs.", number=quantity))


def amount_words(amount: rx.Var, is_bonus: rx.Var) -> rx.Var:
    """Hryvnias, or bonuses, which are no money."""
    return rx.cond(is_bonus, number(amount / 100), money(amount))


def signed(amount: rx.Var, is_bonus: rx.Var | None = None) -> rx.Component:
    """What came has its plus, what was taken its minus."""
    words = money(amount) if is_bonus is None else amount_words(amount, is_bonus)
    return rx.fragment(rx.cond(amount > 0, "+", ""), words)


def entry_row(entry: rx.Var, *, with_day: bool = False) -> rx.Component:
    """An entry; its page is one tap away."""
    when = rx.fragment(date(entry.at, "day"), ", ", clock_time(entry.at)) if with_day else clock_time(entry.at)
    return row(
        pick(entry.title),
        about=rx.fragment(
            when, rx.cond(entry.category, rx.fragment(" · ", quantity_words(entry.heading, entry.quantity)))
        ),
        value=signed(entry.amount, entry.is_bonus),
        value_about=rx.cond(entry.is_back, badge(t("returned"), tone="good", icon_name="undo-2")),
        leading=heading_sign(entry.heading),
        href=entry.href,
        custom_attrs={"data-testid": "entry", "data-heading": entry.heading},
    )


def views(*, month: bool) -> rx.Component:
    """The two ways of looking at expenses."""

    def chip(label: rx.Var, route: str, *, here: bool) -> rx.Component:
        return link(label, href=route, aria_current="true" if here else "false", class_name="chip")

    return rx.el.nav(
        chip(t("By month"), routes.EXPENSES, here=month),
        chip(t("Payments and charges"), routes.EXPENSES_HISTORY, here=not month),
        aria_label=t("Expenses"),
        class_name="chips",
    )
