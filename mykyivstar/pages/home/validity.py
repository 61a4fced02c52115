"""The number-validity clock (N4)."""

import reflex as rx

from mykyivstar.components import card, meter, section
from mykyivstar.i18n import date, money, t, tn
from mykyivstar.state.home.state import HomeState

_CLOCK = HomeState.validity


def validity() -> rx.Component:
    """Until when the number works, and what prolongs it; nothing for numbers without such a clock."""
    return rx.cond(
        _CLOCK,
        card(
            # Whether a number that has ended can be had back is not for a payment to say.
            section(_phase(), rx.cond(_CLOCK.phase != "ended", _rule()), title=t("How long the number is valid")),
            data_testid="validity",
        ),
    )


def _phase() -> rx.Component:
    day = date(_CLOCK.until, "long")
    return rx.match(
        _CLOCK.phase,
        ("active", _meter(t("Active until {day}", day=day), "brand")),
        (
            "receiving",
            rx.cond(
                _CLOCK.until,
                _meter(t("Only receives calls, until {day}", day=day), "danger"),
                rx.el.p(t("Only receives calls")),
            ),
        ),
        rx.el.p(t("No longer valid since {day}", day=day)),
    )


def _meter(label: rx.Var, tone: str) -> rx.Component:
    left = tn("{count} day left", "{count} days left", count=_CLOCK.days)
    return meter(label, value=_CLOCK.days, total=_CLOCK.total, text=left, tone=tone)


def _rule() -> rx.Component:
    return rx.el.p(
        tn(
            "Each payment of {amount} or more makes it active for another {count} day.",
            "Each payment of {amount} or more makes it active for another {count} days.",
            count=_CLOCK.prolonged_by,
            amount=money(_CLOCK.payment),
        ),
        class_name="muted",
    )
