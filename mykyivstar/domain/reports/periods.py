"""Which days details can be had of (E3)."""

from datetime import date, datetime

from mykyivstar.domain.reports.errors import NotADay, PeriodAhead, PeriodReversed, PeriodTooOld
from mykyivstar.domain.reports.models import period_of
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.period import Month, Period, day_in_month

MONTHS_BACK = 24


def earliest_day(at: datetime) -> date:
    """The first day of Kyiv of which details can be had now."""
    today = kyiv_date(at)
    return day_in_month(Month.of(at).shifted(-MONTHS_BACK), today.day)


def demand_days(first_day: date, last_day: date, *, at: datetime) -> Period:
    """The period of these days of Kyiv, both included. Raises PeriodReversed, PeriodAhead, PeriodTooOld."""
    if last_day < first_day:
        raise PeriodReversed
    if last_day > kyiv_date(at):
        raise PeriodAhead
    if first_day < (earliest := earliest_day(at)):
        raise PeriodTooOld(months=MONTHS_BACK, earliest=earliest)
    return period_of(first_day, last_day)


def parse_day(text: str) -> date:
    """A day as date fields send it ("2026-11-22"). Raises NotADay."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-22") else _none()
    except ValueError:
        raise NotADay from None


def _none() -> date:
    raise NotADay
