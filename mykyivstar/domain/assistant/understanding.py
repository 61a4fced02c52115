"""What a question asks for, in any of the three languages: an intent, and the sum that it names."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from mykyivstar.domain.help.stems import words_of
from mykyivstar.kit.money import Money

_LANGUAGES = ("uk", "ru", "en")
# Small talk is answered only where nothing else is meant: in a few words.
_SMALL_TALK_WORDS = 5
_SUM = re.compile(
    r"(?<![\d.,+*#])(?P<hryvnias>\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,6})(?:[.,](?P<kopiykas>\d{1,2}))?(?![\d.,]*\d)\s*"
    r"(?P<unit>грн|гривн\w*|гривен\w*|₴|uah|hryvnia\w*)?",
    re.IGNORECASE,
)


class Intent(StrEnum):
    """What the assistant can say from a customer's own data, or do."""

    PERSON = "person"
    WHY_CHARGED = "why_charged"
    NEXT_CHARGE = "next_charge"
    INTERNET = "internet"
    BONUSES = "bonuses"
    LEFT = "left"
    SPENT = "spent"
    PAYMENT = "payment"
    REQUEST = "request"
    TARIFF = "tariff"
    BALANCE = "balance"
    THANKS = "thanks"
    GREETING = "greeting"

    @property
    def is_small_talk(self) -> bool:
        return self in {Intent.THANKS, Intent.GREETING}


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One way of asking: of every group at least one word, of the others none."""

    wanted: tuple[re.Pattern[str], ...]
    unwanted: re.Pattern[str] | None

    def fits(self, words: Sequence[str]) -> bool:
        if self.unwanted is not None and any(map(self.unwanted.fullmatch, words)):
            return False
        return all(any(map(group.fullmatch, words)) for group in self.wanted)


@dataclass(frozen=True, slots=True)
class Understood:
    """What is asked; nothing of it where it is not a question about one's own data."""

    intent: Intent | None = None
    amount: Money | None = None


def understand(question: str, language: str) -> Understood:
    """What the question asks for; phrases of `language` are looked for first, then those of the others."""
    words = words_of(question)
    amount = amount_in(question)
    for each in (language, *(other for other in _LANGUAGES if other != language)):
        for intent, patterns in _patterns().get(each, {}).items():
            if intent.is_small_talk and len(words) > _SMALL_TALK_WORDS:
                continue
            if any(pattern.fits(words) for pattern in patterns):
                return Understood(intent, amount)
    return Understood(Intent.WHY_CHARGED if amount is not None and len(words) <= 2 else None, amount)


def amount_in(question: str) -> Money | None:
    """The sum that the question names: with kopiykas («5,31»), or in so many words («5 грн»)."""
    for found in _SUM.finditer(question):
        if found["kopiykas"] or found["unit"]:
            kopiykas = int((found["kopiykas"] or "0").ljust(2, "0"))
            hryvnias = re.sub(r"\D", "", found["hryvnias"])
            return Money(int(hryvnias) * 100 + kopiykas) or None
    return None


@cache
def _patterns() -> Mapping[str, Mapping[Intent, Sequence[_Pattern]]]:
    written = tomllib.loads((Path(__file__).parent / "intents.toml").read_text(encoding="utf-8"))
    return {
        language: {Intent(code): [_pattern(each) for each in ways[language]] for code, ways in written.items()}
        for language in _LANGUAGES
    }


def _pattern(written: str) -> _Pattern:
    groups = written.split()
    unwanted = "|".join(group[1:] for group in groups if group.startswith("-"))
    return _Pattern(
        tuple(_any_of(group) for group in groups if not group.startswith("-")), _any_of(unwanted) if unwanted else None
    )


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word).replace(r"\*", r"\w*") for word in words.split("|")))
