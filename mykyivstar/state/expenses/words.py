"""Names of headings on the server: what a search looks through."""

from collections.abc import Set as AbstractSet

from mykyivstar.domain.expenses.headings import Heading
from mykyivstar.i18n import LANGUAGES, tr

_LETTERS_LEAST = 3


def headings_named(typed: str) -> AbstractSet[Heading]:
    """Those whose name, in whatever language, holds what was typed; a letter or two name nothing."""
    wanted = " ".join(typed.split()).casefold()
    if len(wanted) < _LETTERS_LEAST:
        return frozenset()
    return frozenset(
        heading
        for heading in Heading
        if any(wanted in heading_name(heading, language).casefold() for language in LANGUAGES)
    )


def heading_name(heading: Heading, lang: str) -> str:
    """As the pages call it."""
    return {
        Heading.CALLS_ON_NET: tr(lang, "Calls within Kyivstar"),
        Heading.CALLS_OFF_NET: tr(lang, "Calls to other operators"),
        Heading.CALLS_ABROAD: tr(lang, "Calls abroad"),
        Heading.CALLS_IN: tr(lang, "Incoming calls"),
        Heading.SMS: tr(lang, "SMS"),
        Heading.INTERNET: tr(lang, "Internet"),
        Heading.ROAMING_CALLS: tr(lang, "Calls in roaming"),
        Heading.ROAMING_SMS: tr(lang, "SMS in roaming"),
        Heading.ROAMING_INTERNET: tr(lang, "Internet in roaming"),
        Heading.TARIFF: tr(lang, "Tariff fee"),
        Heading.SERVICES: tr(lang, "Services"),
        Heading.PAID_CONTENT: tr(lang, "Paid content"),
        Heading.OTHER_USAGE: tr(lang, "Other usage"),
        Heading.TOP_UPS: tr(lang, "Top-ups"),
        Heading.PROMISES: tr(lang, "Promised payments"),
        Heading.TRANSFERS: tr(lang, "Transfers"),
        Heading.BONUSES: tr(lang, "Bonuses for home internet"),
        Heading.CORRECTIONS: tr(lang, "Corrections"),
    }[heading]
