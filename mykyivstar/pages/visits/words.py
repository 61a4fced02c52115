"""What is said of visits."""

import reflex as rx

from mykyivstar.components import Choice, badge
from mykyivstar.i18n import t

PURPOSES = (
    Choice("access", t("Restore access"), t("You have forgotten password, passkey and question"), "key-round"),
    Choice("sim", t("SIM or eSIM"), t("A new or another card for your number"), "smartphone"),
    Choice("data", t("Personal data"), t("Name, document, change of owner"), "id-card"),
    Choice("other", t("Something else"), t("We will find out together"), "message-circle"),
)


def purpose_words(purpose: rx.Var) -> rx.Var:
    """What somebody comes for."""
    *others, last = PURPOSES
    return rx.match(purpose, *[(each.value, each.label) for each in others], last.label)


def bring_words(purpose: rx.Var) -> rx.Var:
    """What to bring."""
    return rx.match(
        purpose,
        ("access", t("Your passport or ID card, and the phone with the number.")),
        ("sim", t("Your passport or ID card, and the SIM card if you have it.")),
        ("data", t("Your passport or ID card, and the papers on what has changed.")),
        t("Your passport or ID card."),
    )


def visit_badge(state: rx.Var, *, is_open: rx.Var | bool = True) -> rx.Component:
    """Where a visit stands."""
    return rx.match(
        state,
        ("cancelled", badge(t("Cancelled"))),
        ("came", badge(t("Came"), tone="good", icon_name="check")),
        ("absent", badge(t("Did not come"), tone="warning")),
        rx.cond(is_open, badge(t("Booked"), tone="brand"), badge(t("Over"))),
    )
