"""The words of what is posted for home internet beside its fees (H2, H3)."""

from mykyivstar.i18n import tr


def internet_words(rule: str, name: str, lang: str) -> tuple[str, str]:
    """What it is, and why it was posted; `name` is the tariff's or service's."""
    if rule.startswith("internet_unused/"):
        said = tr(lang, "The fee of days on which the home internet was suspended is back, whole days only.")
        return tr(lang, "Fee for suspended days returned: {name}", name=name), said
    if rule.startswith("service_undone/"):
        said = tr(lang, "The service was connected and taken back within ten minutes: its fee is back.")
        return tr(lang, "Service undone: {name}", name=name), said
    if rule == "internet_suspension_back":
        said = tr(lang, "The suspension did not take place: its price is back.")
        return tr(lang, "Price of a suspension returned"), said
    said = tr(lang, "The price of suspending the home internet for the days named below, as it was confirmed.")
    return tr(lang, "Suspension of home internet"), said
