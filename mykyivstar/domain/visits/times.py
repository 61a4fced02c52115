"""Half-hours in which a service centre is open and visits can be booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.stores.hours import DayHours, Hours, hours_of
from mykyivstar.domain.stores.keeping import is_closed
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.visits.models import VisitSlot
from mykyivstar.kit.clock import KYIV, kyiv_date

#: The service that a place must have: whoever comes shows who they are.
SERVICE = "identity_check"
LENGTH = timedelta(minutes=30)
DAYS = 14
#: So long before it begins a visit is booked, so that its SMS comes in time.
AHEAD = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A half-hour, and how many places are free in it."""

    starts_at: datetime
    free: int


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day; no times: closed, or nothing is free or far enough ahead."""

    day: date
    times: Sequence[FreeTime]


def takes_visits(store: Store, at: datetime) -> bool:
    """Whether visits can be booked there: it checks who people are, and says when it is open."""
    return SERVICE in store.services and not is_closed(store, at) and hours_of(store.opening_hours) is not None


def can_be_kept(store: Store, starts_at: datetime) -> bool:
    """Whether whoever comes then is received; hours that nobody can read say nothing against it."""
    if SERVICE not in store.services or is_closed(store, starts_at):
        return False
    hours = hours_of(store.opening_hours)
    return hours is None or starts_at in _starts(hours.week(kyiv_date(starts_at))[0])


def days_of(at: datetime) -> list[date]:
    """The days that can be chosen, today first."""
    return [kyiv_date(at) + timedelta(days=number) for number in range(DAYS)]


def half_hours(hours: Hours, day: date, at: datetime) -> list[datetime]:
    """Their beginnings on this day, as far as they can still be chosen; breaks and holidays are left out."""
    if day not in days_of(at):
        return []
    return [start for start in _starts(hours.week(day)[0]) if start >= at + AHEAD]


async def free_days(session: AsyncSession, store: Store, *, places: int, at: datetime) -> list[FreeDay]:
    """The next days with what is free on them. `places`: how many visits fit into a half-hour."""
    hours = hours_of(store.opening_hours)
    if hours is None or not takes_visits(store, at):
        return []
    taken = await _taken(session, store, at)
    days = []
    for day in days_of(at):
        open_times = [start for start in half_hours(hours, day, at) if not is_closed(store, start)]
        times = [FreeTime(start, places - taken.get(start, 0)) for start in open_times]
        days.append(FreeDay(day, [each for each in times if each.free > 0]))
    return days


async def _taken(session: AsyncSession, store: Store, at: datetime) -> dict[datetime, int]:
    rows = await session.exec(
        select(col(VisitSlot.starts_at), col(VisitSlot.booked)).where(
            VisitSlot.store_id == store.id, col(VisitSlot.starts_at) > at
        )
    )
    return dict(rows.all())


def _starts(day: DayHours) -> list[datetime]:
    """Every whole half-hour of its spans, by the Kyiv clock; an hour that the clock change skips is not there twice."""
    found: dict[datetime, None] = {}
    for span in day.spans:
        minute, last = -(-_minutes(span.opens) // 30) * 30, _minutes(span.closes)
        while minute + 30 <= last:
            moment = datetime.combine(day.day, time(minute // 60, minute % 60), KYIV).astimezone(UTC)
            found[moment] = None
            minute += 30
    return sorted(found)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
