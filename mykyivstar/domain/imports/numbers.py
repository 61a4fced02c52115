"""Numbers in any usual writing, exactly: a float never touches them."""

import re
from fractions import Fraction
from typing import Final

from mykyivstar.domain.imports.problems import BadValue

_NOISE = str.maketrans({"\u2212": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "'": " ", "’": " "})
_SPACED = re.compile(r"\d{1,3}( \d{3})+(?=$|[.,])")
_GROUPED = {mark: re.compile(r"\d{1,3}(" + re.escape(mark) + r"\d{3})+") for mark in ",."}
_PLAIN = re.compile(r"\d{1,18}(\.\d{1,12})?|\.\d{1,12}")
_SHORTENED = re.compile(r"\d+([.,]\d+)?[eE]\+?\d+")

SECONDS: Final = {"s": 1, "sec": 1, "с": 1, "сек": 1, "min": 60, "хв": 60, "мин": 60, "h": 3600, "год": 3600, "ч": 3600}
BYTES: Final = {"b": 1, "kb": 2**10, "mb": 2**20, "gb": 2**30, "tb": 2**40, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_BYTES_HERE: Final = {"б": 1, "кб": 2**10, "мб": 2**20, "гб": 2**30, "тб": 2**40}
PIECES: Final = {"pcs": 1, "шт": 1, "sms": 1, "mms": 1}
_UNITS: Final = {**SECONDS, **BYTES, **_BYTES_HERE, **PIECES}
_WITH_UNIT = re.compile(r"(.*\d)\s*([^\W\d_]+)\.?")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d):([0-5]\d)")


def number(text: str, decimal: str = "") -> Fraction | int:
    """The number, exactly. `decimal` says which of "," and "." separates decimals; "": whatever can only be meant.

    Understands 1234.5, 1 234,5, 1'234.50, 1,234.50, 1.234,50, −5 and 5-. Raises BadValue.
    """
    if text.isdigit() and text.isascii() and len(text) <= 18:
        return int(text)
    cleaned = text.translate(_NOISE).strip()
    negative = cleaned.startswith("-") or cleaned.endswith("-")
    # Some ledgers write the minus behind.
    cleaned = cleaned.removeprefix("-") if cleaned.startswith("-") else cleaned.removesuffix("-").removeprefix("+")
    cleaned = cleaned.strip()
    if _SPACED.match(cleaned):
        cleaned = cleaned.replace(" ", "")
    plain = _without_grouping(cleaned, decimal)
    if not _PLAIN.fullmatch(plain) or not plain.isascii():
        if _SHORTENED.fullmatch(cleaned):
            raise BadValue(f"'{text}' has been shortened by a spreadsheet; export it again as text")
        raise BadValue(f"'{text}' is not a number")
    value = Fraction(plain)
    return -value if negative else value


def _without_grouping(text: str, decimal: str) -> str:
    """The digits with a point, if any, before the decimals."""
    commas, points = text.count(","), text.count(".")
    if not commas and not points:
        return text
    if not decimal:
        decimal = _meant_decimal(text, commas, points)
    grouping = "." if decimal == "," else ","
    whole, mark, decimals = text.partition(decimal)
    if grouping in whole:
        if not _GROUPED[grouping].fullmatch(whole):
            raise BadValue(f"'{text}' is not a number: '{grouping}' does not separate thousands in it")
        whole = whole.replace(grouping, "")
    return f"{whole}.{decimals}" if mark else whole


def _meant_decimal(text: str, commas: int, points: int) -> str:
    if commas and points:
        return "," if text.rindex(",") > text.rindex(".") else "."
    mark = "," if commas else "."
    other = "." if commas else ","
    if max(commas, points) > 1:
        return other
    if mark == "," and _GROUPED[","].fullmatch(text) and not text.startswith("0"):
        raise BadValue(f"'{text}' can mean {text.replace(',', '')} or {text.replace(',', '.')}: set `decimal`")
    return mark


def rounded(value: Fraction | int) -> int:
    """Half up, away from zero."""
    if isinstance(value, int):
        return value
    magnitude = int(abs(value) + Fraction(1, 2))
    return magnitude if value >= 0 else -magnitude


def quantity(text: str, decimal: str = "") -> Fraction | int:
    """Seconds, bytes or pieces: a number, a number with its unit (1.5 GB, 20 хв), or a duration (1:02:03)."""
    if text.isdigit() and text.isascii() and len(text) <= 18:
        return int(text)
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3])
    if with_unit := _WITH_UNIT.fullmatch(text):
        factor = _UNITS.get(with_unit[2].casefold())
        if factor is None and not _SHORTENED.fullmatch(text):
            raise BadValue(f"'{text}': no unit '{with_unit[2]}'; known are s, min, h, B, KB, MB, GB, TB and pcs")
        if factor is not None:
            return number(with_unit[1], decimal) * factor
    return number(text, decimal)
