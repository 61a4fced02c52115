"""When fees are taken: by the calendar of charging runs, at the Kyiv midnight that begins the day."""

from datetime import date, datetime, timedelta

from mykyivstar.domain.billing import calendar
from mykyivstar.domain.billing.calendar import FOUR_WEEKS
from mykyivstar.domain.billing.calendar import following_moment as following
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.period import Month

__all__ = ["FOUR_WEEKS", "first_charge", "following", "months_before", "period_text"]


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
    """The days a fee pays for, as charging runs write them."""
    return calendar.period_text(kyiv_date(start), kyiv_date(end) if end else None)
