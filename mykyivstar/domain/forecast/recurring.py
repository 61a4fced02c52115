"""When a fee is taken again and again: by the Kyiv calendar, whatever the clocks do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, takewhile

from mykyivstar.domain.billing.calendar import rhythm_day
from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.period import Month, day_in_month

_FOUR_WEEKS = timedelta(weeks=4)


def moments(first: datetime, period: FeePeriod, until: datetime, charge_day: int | None = None) -> Iterator[datetime]:
    """`first` and every later time before `until`, in UTC.

    Each keeps the Kyiv time of day of the first. A monthly fee of the 31st is taken on the last day of a shorter month
    and on the 31st again afterwards; `charge_day` says so where the first one is of a shorter month.
    """
    return takewhile(lambda moment: moment < until, _moments(first, period, charge_day))


def _moments(first: datetime, period: FeePeriod, charge_day: int | None) -> Iterator[datetime]:
    yield first
    if period is FeePeriod.ONCE:
        return
    local = first.astimezone(KYIV)
    time_of_day = local.time().replace(fold=0)
    for times in count(1):
        yield datetime.combine(_day(local.date(), period, times, charge_day), time_of_day, KYIV).astimezone(UTC)


def _day(first: date, period: FeePeriod, times: int, charge_day: int | None) -> date:
    match period:
        case FeePeriod.DAY:
            return first + timedelta(days=times)
        case FeePeriod.FOUR_WEEKS:
            return first + times * _FOUR_WEEKS
        case FeePeriod.MONTH | FeePeriod.ONCE:
            return day_in_month(Month(first.year, first.month).shifted(times), rhythm_day(first, charge_day))
