"""Of which numbers a question asks: those that it names, else the one in hand first and the others after it."""

import re
from collections.abc import Sequence

from mykyivstar.domain.assistant.understanding import Intent
from mykyivstar.domain.help.stems import alike, stems_of, words_of
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.overview.models import InternetPart, LinePart, Part

PARTS_MOST = 5
# Of a number so many last digits are enough to name it.
_DIGITS_LEAST = 4
_SURE = 0.75
_OF_INTERNET = re.compile(r"домашн\w*|інтернет\w*|интернет\w*|internet|home")
_OF_LINES = re.compile(r"мобільн\w*|мобильн\w*|mobile")
_DIGITS = re.compile(r"\d[\d\s()-]*\d")
# What is said of one number at a time, because it is much.
_ONE = {Intent.LEFT, Intent.WHY_CHARGED}


def meant(parts: Sequence[Part], question: str, intent: Intent, in_hand: HoldingKey | None) -> Sequence[Part]:
    """The parts to speak of, at most five; none where the person has nothing of the kind."""
    fitting = [part for part in parts if _fits(part, intent)]
    if named := [part for part in fitting if _is_named(part, question)]:
        return named[:PARTS_MOST]
    words = words_of(question)
    if intent is not Intent.LEFT:
        fitting = _of_kind(fitting, words) or fitting
    fitting.sort(key=lambda part: part.key != in_hand)
    return fitting[: 1 if intent in _ONE else PARTS_MOST]


def _fits(part: Part, intent: Intent) -> bool:
    match intent:
        case Intent.INTERNET:
            return isinstance(part, InternetPart)
        case Intent.LEFT:
            return isinstance(part, LinePart)
        case Intent.BONUSES:
            return part.bonus is not None
        case _:
            return True


def _of_kind(parts: Sequence[Part], words: Sequence[str]) -> list[Part]:
    """Only home internet or only mobile numbers, where the question says so."""
    internet, lines = any(map(_OF_INTERNET.fullmatch, words)), any(map(_OF_LINES.fullmatch, words))
    if internet == lines:
        return list(parts)
    wanted = HoldingKind.INTERNET if internet else HoldingKind.LINE
    return [part for part in parts if part.key.kind is wanted]


def _is_named(part: Part, question: str) -> bool:
    digits = [re.sub(r"\D", "", found) for found in _DIGITS.findall(question)]
    if any(len(each) >= _DIGITS_LEAST and part.number.endswith(each[-len(part.number) :]) for each in digits):
        return True
    name, asked = stems_of(part.nickname), stems_of(question)
    return bool(name) and all(any(alike(word, other) >= _SURE for other in asked) for word in name)
