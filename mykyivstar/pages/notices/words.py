"""How topics of notices are called, and their signs."""

from mykyivstar.i18n import t

#: Code → (title, what it is about, sign).
TOPICS = {
    "money": (
        t("Money coming in"),
        t("Transfers and bonuses you get, auto top-ups, promised payments"),
        "wallet",
    ),
    "charges": (t("Charges and limits"), t("A fee that waits for money, limits that are near or reached"), "gauge"),
    "internet": (t("Home internet"), t("On, off, suspended; planned works and credit for outages"), "wifi"),
    "visits": (t("Repairs and visits"), t("A technician’s visit to you, and your visits to service centres"), "wrench"),
    "requests": (t("Requests and applications"), t("Answers to what you asked or filed"), "file-pen"),
}
