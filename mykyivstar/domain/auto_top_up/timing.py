"""When a rule acts: ten in the morning of Kyiv, after the quiet hours, on the day that it names."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from mykyivstar.kit.clock import KYIV, kyiv_date
from mykyivstar.kit.period import Month, day_in_month

ACTS_AT: Final = time(10)


def due_on(day: date) -> datetime:
    """The moment, in UTC, at which rules of this day act; neither clock change touches it."""
    return datetime.combine(day, ACTS_AT, KYIV).astimezone(UTC)


def next_monthly(day: int, after: datetime) -> datetime:
    """The first time after this moment at which a rule for day `day` of the month acts (31: the last day)."""
    month = Month.of(after)
    moments = (due_on(day_in_month(each, day)) for each in (month, month.shifted(1)))
    return next(moment for moment in moments if moment > after)


def days_named_by(today: date) -> Sequence[int]:
    """The days of the month that fall on this date: the last day of a short month stands for those it lacks."""
    is_last = today == day_in_month(Month(today.year, today.month), 31)
    return range(today.day, 32) if is_last else [today.day]


def before_charge(charge_at: datetime) -> datetime:
    """When the tariff's price is paid in: on the day before the one on which it is taken."""
    return due_on(kyiv_date(charge_at) - timedelta(days=1))


def tomorrow(at: datetime) -> datetime:
    """When a payment that failed is tried again."""
    return due_on(kyiv_date(at) + timedelta(days=1))


def day_occasion(at: datetime) -> str:
    """Names the day in Kyiv: a balance that is too low makes one top-up in it."""
    return f"day:{kyiv_date(at)}"


def charge_occasion(charge_at: datetime) -> str:
    """Names the day in Kyiv on which the tariff's price is taken."""
    return f"charge:{kyiv_date(charge_at)}"
