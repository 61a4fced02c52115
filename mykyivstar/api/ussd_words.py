"""The words of every USSD screen: short, plain, and at most 182 characters in each language (I5)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mykyivstar.api.ussd_blocking import blocking_words
from mykyivstar.api.ussd_values import bonus_word, listed, money_word, shown, state_word, tariff_words
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.ussd.screens import Screen, ScreenName
from mykyivstar.domain.ussd.terms import TEXT_MAX
from mykyivstar.formatting.dates import format_date
from mykyivstar.i18n import describe, tr
from mykyivstar.kit.errors import CustomerError

# What old phones have no sign for, and what would halve the room of a message in English.
_PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2212": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2019": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2022": "*",
        "\u2026": "...",
    }
)


def ussd_text(screen: Screen, language: Language) -> str:
    """What the phone shows."""
    if screen.refusal is not None:
        words = _refused(screen.refusal, language)
    else:
        words = _question(screen, language) or _end(screen, language)
    if screen.is_again:
        words = f"{tr(language, 'Choose one of the numbers.')}\n{words}"
    return words.translate(_PLAIN)


def _question(screen: Screen, language: Language) -> str:
    said = shown(screen.values, language)
    match screen.name:
        case ScreenName.MENU:
            return _menu(screen.values, language)
        case ScreenName.INTERNET_CHOICE:
            return f"{listed(screen.values['numbers'])}\n{tr(language, '0 Exit')}"
        case ScreenName.INTERNET:
            return _internet(screen.values, language)
        case ScreenName.TARIFF:
            return f"{tariff_words(screen.values['standing'], language)}\n{tr(language, '0 Exit')}"
        case _:
            asked = _transfer(screen, said, language) or _promise(screen, said, language)
            return asked or blocking_words(screen, language)


def _promise(screen: Screen, said: Mapping[str, str], language: Language) -> str:
    match screen.name:
        case ScreenName.PROMISE_SUMS:
            sums = listed([money_word(each, language) for each in screen.values["sums"]])
            head = tr(language, "Promised payment. Price {price}, back by {day}", **said)
            return f"{head}\n{sums}\n{tr(language, '0 Cancel')}"
        case ScreenName.PROMISE_CHECK:
            return tr(
                language,
                "Take {amount} now? {total} goes back from your next top-up, by {day} at the latest.\n1 Yes\n0 No",
                **said,
            )
        case ScreenName.GRACE_CHECK:
            return tr(language, "Grace week: {amount} now, {total} back by {day}.\n1 Yes\n0 No", **said)
        case _:
            return ""


def _transfer(screen: Screen, said: Mapping[str, str], language: Language) -> str:
    match screen.name:
        case ScreenName.TRANSFER_TO:
            return tr(language, "To whom? Type a mobile number or a home internet account.\n0 Cancel")
        case ScreenName.TRANSFER_AMOUNT:
            return tr(language, "How much to {number}? From {least} to {most}.\n0 Cancel", **said)
        case ScreenName.TRANSFER_CHECK:
            words = tr(language, "{amount} to {number}? {left} stays.", **said)
            code = tr(language, "You will get a code by SMS.") if screen.values["needs_code"] else ""
            return "\n".join(part for part in (words, code, tr(language, "1 Transfer\n0 Cancel")) if part)
        case ScreenName.TRANSFER_AGAIN:
            return tr(language, "You have just transferred {amount} to {number}. Once more?\n1 Yes\n0 No", **said)
        case ScreenName.TRANSFER_CODE:
            return tr(
                language,
                "Type the code from the SMS to transfer {amount} to {number}.\nWindow closed? Dial *110# and 5.\n"
                "0 Cancel",
                **said,
            )
        case _:
            return ""


def _end(screen: Screen, language: Language) -> str:
    said = shown(screen.values, language)
    match screen.name:
        case ScreenName.PROMISE_DONE:
            return tr(
                language, "{amount} is on your account. {total} goes back from your next top-up, by {day}.", **said
            )
        case ScreenName.GRACE_DONE:
            return tr(language, "{amount} is on the home internet account. {total} goes back by {day}.", **said)
        case ScreenName.TRANSFER_DONE:
            return tr(language, "Transferred: {amount} to {number}. Balance: {left}", **said)
        case ScreenName.NO_INTERNET:
            return tr(language, "No home internet contract names this number. Questions: 460")
        case ScreenName.NO_PROFILE:
            return tr(language, "This works for numbers registered in My Kyivstar. Register there and dial again.")
        case _:
            return _standing(screen.name, language)


def _standing(name: ScreenName, language: Language) -> str:
    match name:
        case ScreenName.NOT_OURS:
            return tr(language, "This number is not served here. Questions: 466")
        case ScreenName.BLOCKED:
            return tr(language, "This number is blocked. Questions: 466")
        case ScreenName.UNKNOWN_CODE:
            return tr(language, "There is no such request. Dial *110# or *460#")
        case ScreenName.NOTHING_DONE:
            return tr(language, "Cancelled, nothing was done.")
        case ScreenName.GOODBYE:
            return tr(language, "Thank you for being with Kyivstar!")
        case ScreenName.TIME_OVER:
            return tr(language, "The time for an answer is over. Dial again.")
        case _:
            raise AssertionError(f"{name} has no words")


def _menu(values: Mapping[str, Any], language: Language) -> str:
    lines = [
        tr(language, "Balance: {balance}", balance=money_word(values["balance"], language)),
        tr(language, "Bonuses: {bonus}", bonus=bonus_word(values["bonus"], language)),
        tr(language, "1 Promised payment\n2 Transfer\n3 My tariff\n4 Home internet"),
        tr(language, "5 Code of the transfer") if values["has_code"] else "",
        tr(language, "6 Block this number"),
        tr(language, "0 Exit"),
    ]
    return "\n".join(line for line in lines if line)


def _internet(values: Mapping[str, Any], language: Language) -> str:
    lines = [
        tr(
            language,
            "Home internet {number}: {state}",
            number=values["number"],
            state=state_word(values["state"], language),
        ),
        tr(language, "Balance: {balance}", balance=money_word(values["balance"], language)),
        tr(language, "Bonuses: {bonus}", bonus=bonus_word(values["bonus"], language)),
    ]
    if isinstance(values["day"], datetime):
        lines.append(tr(language, "Next charge: {day}", day=format_date(values["day"], language, "short")))
    if values["has_grace"]:
        lines.append(tr(language, "1 Grace week"))
    return "\n".join([*lines, tr(language, "0 Exit")])


def _refused(refusal: CustomerError, language: Language) -> str:
    """The refusal of every other screen; where it is longer than a phone shows, its first sentences."""
    words = describe(refusal, language).replace("₴", tr(language, "{number} UAH", number="").strip())
    while len(words) > TEXT_MAX and ". " in words:
        words = words.rpartition(". ")[0] + "."
    return words
