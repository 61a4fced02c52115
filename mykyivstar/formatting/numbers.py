"""Numbers as each language writes them."""

from typing import Final

from babel.numbers import format_decimal

#: English is British English: day before month, 24-hour clock, comma for thousands.
BABEL_LOCALES: Final = {"uk": "uk", "en": "en_GB", "ru": "ru"}
MINUS: Final = "\u2212"
HARD_SPACE: Final = "\u00a0"


def format_number(value: float, language: str) -> str:
    """At most three decimals, thousands apart: `1 234,5`."""
    return _typographic(format_decimal(value, locale=BABEL_LOCALES[language]))


def format_fixed(value: float, decimals: int, language: str) -> str:
    """Up to `decimals` digits after the point, none when they are zeros."""
    return _typographic(format_decimal(value, "#,##0." + "#" * decimals, locale=BABEL_LOCALES[language]))


def _typographic(text: str) -> str:
    return text.replace("-", MINUS)
