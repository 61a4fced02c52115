"""Quiet hours (O10): what is not urgent waits for the morning."""

from datetime import datetime, time, timedelta
from typing import Final

from mykyivstar.kit.clock import KYIV, kyiv_date

QUIET_FROM: Final = time(21)
QUIET_TO: Final = time(9)


def when_awake(at: datetime) -> datetime:
    """The moment itself, or the nine in the morning of Kyiv that ends the quiet hours it lies in."""
    local = at.astimezone(KYIV).time()
    if QUIET_TO <= local < QUIET_FROM:
        return at
    day = kyiv_date(at) + timedelta(days=1 if local >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_TO, KYIV).astimezone(at.tzinfo)
