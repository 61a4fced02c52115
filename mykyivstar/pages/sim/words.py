"""What is said of blocked SIMs."""

import reflex as rx

from mykyivstar.components import Choice, badge
from mykyivstar.i18n import t

REASONS = (
    Choice("lost", t("The SIM or the phone is lost"), t("Blocked at once"), "map-pin-off"),
    Choice("stolen", t("It was stolen"), t("Blocked at once"), "siren"),
    Choice("away", t("Not needed for a while"), t("Blocked within 30 minutes"), "plane"),
    Choice("other", t("Another reason"), t("Blocked within 30 minutes"), "message-circle"),
)


def reason_words(reason: rx.Var) -> rx.Var:
    """Why it was blocked."""
    return rx.match(
        reason,
        *[(each.value, each.label) for each in REASONS],
        t("The operator has blocked it"),
    )


def state_badge(state: rx.Var) -> rx.Component:
    """How a line stands."""
    return rx.match(
        state,
        ("works", badge(t("Works"), tone="good", icon_name="circle-check")),
        ("waiting", badge(t("Will be blocked"), tone="warning", icon_name="clock")),
        ("blocked", badge(t("Blocked"), tone="danger", icon_name="lock")),
        badge(t("Not in service"), icon_name="circle-alert"),
    )
