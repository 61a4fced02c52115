"""When fees are taken: at the Kyiv midnight that begins the day."""

from datetime import date, datetime, timedelta

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.period import Month, day_in_month

FOUR_WEEKS = timedelta(weeks=4)


def following(charged_at: datetime, period: FeePeriod) -> datetime | None:
    """When the fee that was taken then is taken again; None when it never is."""
    day = kyiv_date(charged_at)
    match period:
        case FeePeriod.DAY:
            return kyiv_midnight(day + timedelta(days=1))
        case FeePeriod.FOUR_WEEKS:
            return kyiv_midnight(day + FOUR_WEEKS)
        case FeePeriod.MONTH:
            return kyiv_midnight(day_in_month(Month(day.year, day.month).shifted(1), day.day))
        case FeePeriod.ONCE:
            return None


def first_charge(today: date, *, next_in_days: int, not_after: date) -> date:
    """The first of the four-weekly charge days that has one in so many days and one not after that day."""
    day = today + timedelta(days=next_in_days)
    while day > not_after:
        day -= FOUR_WEEKS
    return day


def months_before(today: date, months: int) -> date:
    """The first day of the month so many months before this one."""
    return Month(today.year, today.month).shifted(-months).first_day


def period_text(start: datetime, end: datetime | None) -> str:
    """The days a fee pays for, both included: 2026-11-03/2026-11-30."""
    last = kyiv_date(end) - timedelta(days=1) if end else kyiv_date(start)
    return f"{kyiv_date(start)}/{last}"
