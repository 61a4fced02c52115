"""What the browser gets of stores: plain values, texts by language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mykyivstar.domain.stores.hours import Standing
from mykyivstar.domain.stores.register import Found, Place
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.state.stores.addresses import of_store


@dataclass(frozen=True, slots=True)
class StandingRow:
    """Whether it is "open", "closed" or "unknown", and until when; `comment`: its own words."""

    state: str
    until: str
    # Of `until`: "today", "tomorrow" or "later".
    day: str
    comment: str


@dataclass(frozen=True, slots=True)
class StoreRow:
    """A store in a list; `distance` in kilometres, None where none are counted."""

    id: int
    href: str
    kind: str
    name: Mapping[str, str]
    city: Mapping[str, str]
    address: Mapping[str, str]
    distance: float | None
    standing: StandingRow


@dataclass(frozen=True, slots=True)
class FilterRow:
    """One choice of a filter, and the address it leads to."""

    value: str
    href: str
    chosen: bool


def store_row(found: Found, at: datetime) -> StoreRow:
    """One that was found."""
    place = found.place
    return StoreRow(
        id=place.id,
        href=of_store(place.code),
        kind=place.kind.value,
        name=place.name,
        city=place.city,
        address=place.address,
        distance=None if found.distance_km is None else round(found.distance_km, 1),
        standing=standing_row(found.standing, at),
    )


def standing_row(standing: Standing, at: datetime) -> StandingRow:
    """Whether it is open."""
    return StandingRow(
        state={True: "open", False: "closed", None: "unknown"}[standing.is_open],
        until=standing.until.isoformat() if standing.until else "",
        day=_day(standing.until, at) if standing.until else "",
        comment=standing.comment,
    )


def _day(moment: datetime, at: datetime) -> str:
    days = (kyiv_date(moment) - kyiv_date(at)).days
    return ("today", "tomorrow")[days] if days in {0, 1} else "later"


def point_of(place: Place) -> list[float]:
    """As a map takes it."""
    return [place.point.latitude, place.point.longitude]
