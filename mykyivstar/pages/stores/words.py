"""What is said of stores."""

import reflex as rx

from mykyivstar.components import badge
from mykyivstar.i18n import clock_time, moment, t
from mykyivstar.state.stores.rows import StandingRow

KINDS = {
    "": t("All places"),
    "store": t("Stores"),
    "service_centre": t("Service centres"),
}

SERVICES = {
    "connect": t("Connecting"),
    "top_up": t("Top-up"),
    "sim_replacement": t("SIM replacement"),
    "tariff_change": t("Tariff change"),
    "esim": t("eSIM"),
    "home_internet": t("Home internet"),
    "devices": t("Phones and accessories"),
    "repair": t("Repair"),
    "charging": t("Charging for phones"),
    "accessible": t("Step-free access"),
    "documents": t("Documents and contracts"),
    "ownership": t("Change of owner"),
    "corporate": t("Corporate customers"),
    "coordinator_rights": t("Rights of a coordinator"),
    "identity_check": t("Identity check"),
}


def service_words(code: rx.Var) -> rx.Var:
    """A service by its code; one that an operator has added is shown as it is written."""
    return rx.match(code, *SERVICES.items(), code.to(str))


def kind_words(kind: rx.Var) -> rx.Var:
    """What kind of place it is."""
    return rx.cond(kind == "service_centre", t("Service centre"), t("Store"))


def standing_badge(standing: rx.Var[StandingRow]) -> rx.Component:
    """Open or closed, and until when."""
    when = rx.cond(standing.day == "later", moment(standing.until), clock_time(standing.until))
    opens = rx.cond(
        standing.day == "tomorrow",
        t("Closed, opens tomorrow at {time}", time=when),
        t("Closed, opens {time}", time=when),
    )
    return rx.match(
        standing.state,
        (
            "open",
            badge(
                rx.cond(standing.until == "", t("Open round the clock"), t("Open until {time}", time=when)), tone="good"
            ),
        ),
        ("closed", badge(rx.cond(standing.until == "", t("Closed now"), opens))),
        badge(t("Hours are not known")),
    )
