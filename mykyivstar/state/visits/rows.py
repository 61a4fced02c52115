"""Places and times as the pages of visits have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.visits.errors import NoSuchTime
from mykyivstar.domain.visits.times import FreeDay
from mykyivstar.state.stores.addresses import of_store


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where one goes; texts by language."""

    name: dict[str, str]
    city: dict[str, str]
    address: dict[str, str]
    href: str


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day on which something is free, and the beginnings of its half-hours."""

    day: str
    times: list[str]


def place_row(store: Store) -> PlaceRow:
    """A store."""
    return PlaceRow(name=store.name, city=store.city, address=store.address, href=of_store(store.code))


def day_choices(days: Sequence[FreeDay]) -> list[DayChoice]:
    """The days that have something."""
    return [
        DayChoice(each.day.isoformat(), [time.starts_at.isoformat() for time in each.times])
        for each in days
        if each.times
    ]


def times_of(days: Sequence[DayChoice], day: str) -> list[str]:
    """The times of this day, or of the first one."""
    chosen = next((each for each in days if each.day == day), days[0] if days else None)
    return chosen.times if chosen else []


def moment_of(typed: str) -> datetime:
    """A beginning as the form sends it. Raises NoSuchTime for anything else."""
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        raise NoSuchTime from None
    if found.tzinfo is None:
        raise NoSuchTime
    return found.astimezone(UTC)
