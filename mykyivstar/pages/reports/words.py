"""Words and signs of records and reports."""

import reflex as rx

from mykyivstar.components import badge
from mykyivstar.i18n import date, minutes, t, volume

_CATEGORIES = {
    "call_on_net": t("Calls within Kyivstar"),
    "call_off_net": t("Calls to other operators"),
    "call_abroad": t("Calls abroad"),
    "call_in": t("Incoming calls"),
    "sms": t("SMS"),
    "data": t("Internet"),
    "roaming_call": t("Calls in roaming"),
    "roaming_sms": t("SMS in roaming"),
    "roaming_data": t("Internet in roaming"),
    "service": t("Services"),
    "paid_content": t("Paid content"),
}
_CALLS = ("call_on_net", "call_off_net", "call_abroad", "call_in", "roaming_call")
_DATA = ("data", "roaming_data")


def category_words(category: rx.Var) -> rx.Var:
    """What was used."""
    return rx.match(category, *_CATEGORIES.items(), "")


def quantity_words(category: rx.Var, quantity: rx.Var) -> rx.Var:
    """How much of it."""
    calls = [(each, minutes(quantity)) for each in _CALLS]
    data = [(each, volume(quantity)) for each in _DATA]
    return rx.match(category, *calls, *data, t("{number} pcs.", number=quantity))


def days_words(first: rx.Var, last: rx.Var) -> rx.Var | rx.Component:
    """A period, both days included."""
    return rx.cond(first == last, date(first, "short"), rx.fragment(date(first, "short"), " – ", date(last, "short")))


def state_badge(state: rx.Var) -> rx.Component:
    """How far a report is."""
    return rx.match(
        state,
        ("waiting", badge(t("In the queue"), icon_name="clock")),
        ("making", badge(t("Being made"), tone="brand", icon_name="clock")),
        ("ready", badge(t("Ready"), tone="good", icon_name="circle-check")),
        ("failed", badge(t("Not made"), tone="danger", icon_name="circle-alert")),
        badge(t("Kept no longer"), icon_name="clock"),
    )
