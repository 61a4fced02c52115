"""Which days details, statements and invoices can be had of (E3, E5)."""

from datetime import date, datetime

from mykyivstar.domain.reports.errors import MonthNotOver, NotADay, PeriodAhead, PeriodReversed, PeriodTooOld
from mykyivstar.domain.reports.models import period_of
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.period import Month, Period, day_in_month

MONTHS_BACK = 24
# The books are kept for ever; papers are made of them for as long as a bill can be contested in court.
STATEMENT_MONTHS_BACK = 36


def earliest_day(at: datetime, *, months: int = MONTHS_BACK) -> date:
    """The first day of Kyiv of which details can be had now."""
    today = kyiv_date(at)
    return day_in_month(Month.of(at).shifted(-months), today.day)


def demand_days(first_day: date, last_day: date, *, at: datetime, months: int = MONTHS_BACK) -> Period:
    """The period of these days of Kyiv, both included. Raises PeriodReversed, PeriodAhead, PeriodTooOld."""
    if last_day < first_day:
        raise PeriodReversed
    if last_day > kyiv_date(at):
        raise PeriodAhead
    if first_day < (earliest := earliest_day(at, months=months)):
        raise PeriodTooOld(months=months, earliest=earliest)
    return period_of(first_day, last_day)


def demand_statement_days(first_day: date, last_day: date, *, at: datetime) -> Period:
    """The same for a statement, which goes back further."""
    return demand_days(first_day, last_day, at=at, months=STATEMENT_MONTHS_BACK)


def demand_ended_month(month: Month, *, at: datetime) -> Period:
    """A month that is over: only then it is known what is owed for it. Raises MonthNotOver, PeriodTooOld."""
    if month >= (now := Month.of(at)):
        raise MonthNotOver
    if month < (earliest := now.shifted(-STATEMENT_MONTHS_BACK)):
        raise PeriodTooOld(months=STATEMENT_MONTHS_BACK, earliest=earliest.first_day)
    return month.period


def parse_month(text: str) -> Month:
    """A month as lists send it ("2026-11"). Raises NotADay."""
    day = parse_day(f"{text}-01")
    return Month(day.year, day.month)


def parse_day(text: str) -> date:
    """A day as date fields send it ("2026-11-22"). Raises NotADay."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-22") else _none()
    except ValueError:
        raise NotADay from None


def _none() -> date:
    raise NotADay
