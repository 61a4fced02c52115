"""What the menus lead to: only pages that exist. A new screen adds itself here."""

from dataclasses import dataclass

import reflex as rx

from mykyivstar import routes
from mykyivstar.i18n import t


@dataclass(frozen=True, slots=True)
class Entry:
    """One destination of a menu."""

    label: rx.Var
    icon: str
    route: str


#: The menu of a signed-in person: side menu on a computer, sheet at the upper left on a phone.
CUSTOMER_MENU: tuple[tuple[Entry, ...], ...] = (
    (
        Entry(t("Home"), "house", routes.HOME),
        Entry(t("My numbers"), "smartphone", routes.LINES),
    ),
    (
        Entry(t("Expenses"), "chart-column", routes.EXPENSES),
        Entry(t("Payments"), "receipt", routes.PAYMENTS),
        Entry(t("Transfer"), "arrow-left-right", routes.TRANSFER),
        Entry(t("Universal account"), "wallet-cards", routes.WALLET),
        Entry(t("Auto top-up"), "refresh-cw", routes.AUTO_TOP_UP),
        Entry(t("Promised payment"), "hand-coins", routes.PROMISED_PAYMENT),
        Entry(t("Bonuses"), "gift", routes.INTERNET_BONUSES),
        Entry(t("Links to pay by"), "qr-code", routes.PAY_LINKS),
    ),
    (
        Entry(t("Home internet"), "wifi", routes.INTERNET),
        Entry(t("Television"), "tv", routes.TV),
        Entry(t("Internet does not work"), "unplug", routes.INTERNET_FAULT),
        Entry(t("Outage map"), "map", routes.INTERNET_NETWORK),
    ),
    (
        Entry(t("Charge calendar"), "calendar-days", routes.CALENDAR),
        Entry(t("Compare tariffs"), "scale", routes.TARIFF_ADVICE),
        Entry(t("Limits and pause"), "gauge", routes.LIMITS),
        Entry(t("SIM card"), "lock", routes.SIM),
        Entry(t("Call details"), "list", routes.DETAILS),
        Entry(t("Reports"), "file-text", routes.REPORTS),
    ),
    (
        Entry(t("Profile"), "circle-user-round", routes.PROFILE),
        Entry(t("Security"), "shield-check", routes.PROFILE_SECURITY),
        Entry(t("Applications"), "file-pen", routes.APPLICATIONS),
        Entry(t("Notifications"), "bell", routes.NOTIFICATIONS),
    ),
    (
        Entry(t("Support"), "headset", routes.SUPPORT),
        Entry(t("Stores"), "map-pin", routes.STORES),
        Entry(t("Help"), "life-buoy", routes.HELP),
        Entry(t("Safety rules"), "siren", routes.SAFETY),
        Entry(t("Terms of use"), "scroll-text", routes.TERMS),
        Entry(t("Personal data"), "lock-keyhole", routes.PRIVACY),
    ),
)

#: The bar at the bottom of a phone: two at each side of the raised middle.
BOTTOM_BAR: tuple[Entry, ...] = (
    Entry(t("Home"), "house", routes.HOME),
    Entry(t("Expenses"), "chart-column", routes.EXPENSES),
    Entry(t("Support"), "headset", routes.SUPPORT),
    Entry(t("Profile"), "circle-user-round", routes.PROFILE),
)

#: The raised middle of the bar (C4).
TOP_UP = Entry(t("Top up"), "wallet", routes.TOP_UP)

#: The menu of public pages.
PUBLIC_MENU: tuple[Entry, ...] = (
    Entry(t("Stores"), "map-pin", routes.STORES),
    Entry(t("Help"), "life-buoy", routes.HELP),
    Entry(t("Write to us"), "mail", routes.CONTACT),
    Entry(t("Safety rules"), "siren", routes.SAFETY),
    Entry(t("Terms of use"), "scroll-text", routes.TERMS),
    Entry(t("Personal data"), "lock-keyhole", routes.PRIVACY),
)

#: The menu of the desk.
DESK_MENU: tuple[Entry, ...] = (
    Entry(t("Conversations"), "messages-square", routes.DESK),
    Entry(t("Requests"), "ticket", routes.DESK_TICKETS),
    Entry(t("Applications"), "file-pen", routes.DESK_APPLICATIONS),
    Entry(t("Prepared answers"), "message-square-quote", routes.DESK_ANSWERS),
    Entry(t("Visits"), "calendar-check", routes.DESK_VISITS),
    Entry(t("Stores"), "map-pin", routes.DESK_STORES),
    Entry(t("Figures"), "chart-column", routes.DESK_FIGURES),
)

#: The operator's hotlines (K5), by what they are for.
HOTLINES: tuple[tuple[rx.Var, tuple[str, ...]], ...] = (
    (t("Mobile"), ("466", "0 800 300 466")),
    (t("Home internet"), ("460", "0 800 300 460")),
)
