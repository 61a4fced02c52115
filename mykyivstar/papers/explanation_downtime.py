"""The words of a credit for downtime: the whole formula with its numbers (N7, O1)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from mykyivstar.formatting.dates import format_moment
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.numbers import format_number
from mykyivstar.i18n import tr


def downtime_words(why: Mapping[str, Any], lang: str) -> tuple[str, str]:
    """What the credit is called, and how it was calculated."""
    said = tr(
        lang,
        "No internet at your address from {since} to {until}. The fee for the minutes without it: {formula}. "
        "The first {free} min of an outage are not counted.",
        since=format_moment(datetime.fromisoformat(why["since"]), lang),
        until=format_moment(datetime.fromisoformat(why["until"]), lang),
        formula=_formula(int(why["fee"]), why["parts"], lang),
        free=int(why["free_minutes"]),
    )
    return tr(lang, "Credit for time without internet"), said


def _formula(fee: int, parts: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Fee × minutes / minutes of the period, for each period that the outage lay in."""
    return " + ".join(
        f"{format_money(fee, lang)} × {format_number(int(part['minutes']), lang)} / "
        f"{format_number(int(part['of_minutes']), lang)}"
        for part in parts
    )
