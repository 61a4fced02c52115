"""What a time without internet is worth (N7), to the minute and exact until it is rounded once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period

_MINUTE = timedelta(minutes=1)
_FIXED = {FeePeriod.FOUR_WEEKS: timedelta(weeks=4), FeePeriod.DAY: timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Part:
    """Minutes without internet within one period of the fee, and how many minutes that period has."""

    period: str
    minutes: int
    of_minutes: int


@dataclass(frozen=True, slots=True)
class Worth:
    """fee × minutes / minutes of the period, summed over the periods it lay in and rounded half up."""

    amount: Money
    parts: Sequence[Part]


def whole_minutes(start: datetime, end: datetime) -> Period:
    """The time with begun minutes counted in full."""
    begun = start.replace(second=0, microsecond=0)
    last = end.replace(second=0, microsecond=0)
    return Period(begun, last if last == end else last + _MINUTE)


def within(whole: Period, allowed: Iterable[Period]) -> list[Period]:
    """What of `whole` lies in one of the allowed periods, which do not overlap; in order of time."""
    cut = (
        Period(max(whole.start, each.start), min(whole.end, each.end))
        for each in allowed
        if each.start < whole.end and whole.start < each.end
    )
    return sorted(cut, key=lambda each: each.start)


def without(periods: Iterable[Period], taken: Iterable[Period]) -> list[Period]:
    """These periods without what is taken by others."""
    left = list(periods)
    for other in taken:
        left = [
            piece
            for each in left
            for piece in (
                Period(each.start, max(each.start, min(each.end, other.start))),
                Period(min(each.end, max(each.start, other.end)), each.end),
            )
            if piece.start < piece.end
        ]
    return sorted(left, key=lambda each: each.start)


def beyond(periods: Sequence[Period], free: timedelta) -> list[Period]:
    """What is left of these periods when the first so much of them is free."""
    left: list[Period] = []
    for each in periods:
        used = min(free, each.end - each.start)
        free -= used
        if each.start + used < each.end:
            left.append(Period(each.start + used, each.end))
    return left


def worth(fee: Money, fee_period: FeePeriod, periods: Iterable[Period]) -> Worth:
    """What these periods of a fee are worth; months are those of the Kyiv calendar, so they differ in length."""
    minutes: dict[str, tuple[int, int]] = {}
    for each in periods:
        for name, length, counted in _by_fee_period(each, fee_period):
            minutes[name] = (minutes.get(name, (0, 0))[0] + counted, length)
    parts = [Part(name, counted, length) for name, (counted, length) in minutes.items()]
    share = sum((Fraction(part.minutes, part.of_minutes) for part in parts), Fraction(0))
    return Worth(fee.times(share), parts)


def minutes_of(periods: Iterable[Period]) -> int:
    """How many minutes these are."""
    return sum(((each.end - each.start) // _MINUTE for each in periods), 0)


def _by_fee_period(period: Period, fee_period: FeePeriod) -> Iterable[tuple[str, int, int]]:
    """Each period of the fee that it lies in: its name, its minutes, and how many of them are meant."""
    if fee_period is FeePeriod.ONCE:
        return
    if (length := _FIXED.get(fee_period)) is not None:
        yield fee_period.value, length // _MINUTE, minutes_of([period])
        return
    month = Month.of(period.start)
    while month.period.start < period.end:
        whole = month.period
        inside = Period(max(period.start, whole.start), min(period.end, whole.end))
        yield str(month), minutes_of([whole]), minutes_of([inside])
        month = month.shifted(1)
