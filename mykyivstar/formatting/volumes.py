"""Traffic volumes and durations as text."""

from math import floor
from typing import Final

from mykyivstar.formatting.numbers import HARD_SPACE, format_fixed

BYTES_PER_UNIT_STEP: Final = 1024
BYTE_UNITS: Final = {
    "uk": ("КБ", "МБ", "ГБ", "ТБ"),
    "en": ("KB", "MB", "GB", "TB"),
    "ru": ("КБ", "МБ", "ГБ", "ТБ"),
}
TIME_UNITS: Final = {"uk": ("хв", "с"), "en": ("min", "s"), "ru": ("мин", "с")}
SECONDS_PER_MINUTE: Final = 60


def format_volume(size_bytes: int, language: str) -> str:
    """Bytes in the unit that reads best, `7,5 ГБ`; rounded down, so that more than there is is never shown."""
    size = max(size_bytes, 0) / BYTES_PER_UNIT_STEP
    units = BYTE_UNITS[language]
    step = 0
    while size >= BYTES_PER_UNIT_STEP and step < len(units) - 1:
        size /= BYTES_PER_UNIT_STEP
        step += 1
    decimals = 2 if step >= 2 else 0
    shown = floor(size * 10**decimals) / 10**decimals
    return f"{format_fixed(shown, decimals, language)}{HARD_SPACE}{units[step]}"


def format_minutes(seconds: int, language: str) -> str:
    """Seconds as `21 хв`, `3 хв 20 с` or `20 с`."""
    whole, rest = divmod(max(seconds, 0), SECONDS_PER_MINUTE)
    minute_unit, second_unit = TIME_UNITS[language]
    parts = []
    if whole or not rest:
        parts.append(f"{format_fixed(whole, 0, language)}{HARD_SPACE}{minute_unit}")
    if rest:
        parts.append(f"{rest}{HARD_SPACE}{second_unit}")
    return " ".join(parts)
