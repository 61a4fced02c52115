"""Words that several pages of home internet share."""

import reflex as rx

from mykyivstar.components import badge
from mykyivstar.i18n import money, t


def state_badge(state: rx.Var) -> rx.Component:
    """Active, off or suspended, in a word and a sign."""
    return rx.match(
        state,
        ("active", badge(t("Works"), tone="good", icon_name="wifi")),
        ("off_for_debt", badge(t("Off for debt"), tone="danger", icon_name="wifi-off")),
        ("suspended", badge(t("Paused"), tone="neutral", icon_name="pause")),
        rx.fragment(),
    )


def per(fee: rx.Var, period: rx.Var) -> rx.Var:
    """A fee and how often it is taken."""
    return rx.match(
        period,
        ("day", t("{fee} a day", fee=money(fee))),
        ("four_weeks", t("{fee} for four weeks", fee=money(fee))),
        ("once", t("{fee} once", fee=money(fee))),
        t("{fee} a month", fee=money(fee)),
    )
