"""When fees fall due: by the Kyiv calendar, at the midnight that begins the day, whatever clocks and months do."""

from datetime import date, datetime, timedelta
from typing import Final

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.period import Month, day_in_month

FOUR_WEEKS: Final = timedelta(weeks=4)


def rhythm_day(due_on: date, kept: int | None) -> int:
    """The day of the month that a monthly fee due on this day belongs to.

    `kept` counts only where a shorter month can have hidden it: a fee of the 31st that is due on 28 February.
    """
    is_last = due_on.day == Month(due_on.year, due_on.month).days
    return kept if kept is not None and is_last and kept > due_on.day else due_on.day


def following(due_on: date, period: FeePeriod, kept: int | None = None) -> date | None:
    """The day on which a fee due on this day is due again; None when it never is."""
    match period:
        case FeePeriod.DAY:
            return due_on + timedelta(days=1)
        case FeePeriod.FOUR_WEEKS:
            return due_on + FOUR_WEEKS
        case FeePeriod.MONTH:
            return day_in_month(Month(due_on.year, due_on.month).shifted(1), rhythm_day(due_on, kept))
        case FeePeriod.ONCE:
            return None


def following_moment(charged_at: datetime, period: FeePeriod, kept: int | None = None) -> datetime | None:
    """As `following`, of the moment at which the fee is taken."""
    day = following(kyiv_date(charged_at), period, kept)
    return None if day is None else kyiv_midnight(day)


def period_text(first: date, end: date | None) -> str:
    """The days a fee pays for, both included: "2026-11-03/2026-11-30"; `end` is the day after, None: that one day."""
    last = end - timedelta(days=1) if end is not None else first
    return f"{first}/{last}"
