"""Days and times as text, always by the Kyiv clock."""

from datetime import date, datetime
from typing import Final, Literal

from babel.dates import format_date as babel_date

from mykyivstar.formatting.numbers import BABEL_LOCALES
from mykyivstar.kit.clock import KYIV, kyiv_date

DateStyle = Literal["long", "short", "day", "weekday", "month"]

_PATTERNS: Final[dict[str, str]] = {
    "long": "d MMMM y",
    "short": "dd.MM.y",
    "day": "d MMMM",
    "weekday": "EEEE, d MMMM",
    "month": "LLLL y",
}


def format_date(value: date | datetime, language: str, style: DateStyle = "long") -> str:
    """The calendar day in Kyiv: `22 листопада 2026`, `22.11.2026`, `22 листопада`, `листопад 2026`."""
    return babel_date(_kyiv_day(value), _PATTERNS[style], locale=BABEL_LOCALES[language])


def format_moment(value: datetime, language: str) -> str:
    """Day and time in Kyiv: `22 листопада 2026, 14:05`."""
    return f"{format_date(value, language)}, {format_time(value)}"


def format_time(value: datetime) -> str:
    """Time in Kyiv: `14:05`."""
    return value.astimezone(KYIV).strftime("%H:%M")


def format_seconds(value: datetime) -> str:
    """Time in Kyiv to the second, as receipts have it: `14:05:09`."""
    return value.astimezone(KYIV).strftime("%H:%M:%S")


def _kyiv_day(value: date | datetime) -> date:
    return kyiv_date(value) if isinstance(value, datetime) else value
