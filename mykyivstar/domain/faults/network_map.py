"""The network of the whole country by city: what is broken and what is planned, on a map and in a list (H6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.kept import Kept, Reading
from mykyivstar.domain.faults.models import Outage, OutageKind, OutagePlace
from mykyivstar.domain.faults.outages import running
from mykyivstar.domain.faults.places import city_key
from mykyivstar.domain.stores.cities import City, city_named
from mykyivstar.kit.text import sort_key

# Everybody comes when something big breaks: one query for all of them.
FRESH_FOR = timedelta(seconds=30)
STREETS_MAX = 12
EVENTS_MAX = 10


@dataclass(frozen=True, slots=True)
class Trouble:
    """One event in one city. It names streets, never houses: a single house is a subscriber's address."""

    kind: OutageKind
    reason: Mapping[str, str]
    starts_at: datetime
    expected_at: datetime | None
    # None at all: the whole city. Of many the first ones, and how many there are beside them.
    streets: Sequence[str]
    more_streets: int

    def is_now(self, at: datetime) -> bool:
        """Whether it has begun."""
        return self.starts_at <= at

    def is_late(self, at: datetime) -> bool:
        """Whether it goes on longer than was said."""
        return self.is_now(at) and self.expected_at is not None and self.expected_at <= at


@dataclass(frozen=True, slots=True)
class TroubledCity:
    """A city with its events, outages first; `city` is None where nobody knows where on the map it is."""

    key: str
    name: Mapping[str, str]
    city: City | None
    troubles: Sequence[Trouble]
    # How many there are beside `troubles`.
    more: int = 0

    @property
    def kind(self) -> OutageKind:
        """The worst of them."""
        return self.troubles[0].kind


NetworkMap = Sequence[TroubledCity]


async def network_map(session: AsyncSession, at: datetime) -> NetworkMap:
    """Every city in which something runs or is planned for the next two weeks, those with outages first."""
    by_city: dict[str, list[tuple[Outage, list[OutagePlace]]]] = {}
    for outage, places in (await running(session, at)).values():
        of_city: dict[str, list[OutagePlace]] = {}
        for place in places:
            # One file may write Львів and another Lviv.
            known = city_named(place.city_key)
            of_city.setdefault(known.code if known else place.city_key, []).append(place)
        for key, spots in of_city.items():
            by_city.setdefault(key, []).append((outage, spots))
    found = [_city(key, events) for key, events in by_city.items()]
    return sorted(found, key=_order)


class NetworkMaps(Kept[NetworkMap]):
    """The map of one database, at most FRESH_FOR old."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading, network_map, fresh_for=FRESH_FOR)


def _order(city: TroubledCity) -> tuple[bool, str, str]:
    return city.kind is not OutageKind.OUTAGE, sort_key(city_key(city.name["uk"])), city.key


def _city(key: str, events: Sequence[tuple[Outage, Sequence[OutagePlace]]]) -> TroubledCity:
    place = events[0][1][0]
    known = city_named(place.city_key)
    troubles = sorted(
        (_trouble(outage, places) for outage, places in events),
        key=lambda each: (each.kind is not OutageKind.OUTAGE, each.starts_at),
    )
    return TroubledCity(
        key=key,
        name=known.name if known else {"uk": place.city},
        city=known,
        troubles=troubles[:EVENTS_MAX],
        more=max(len(troubles) - EVENTS_MAX, 0),
    )


def _trouble(outage: Outage, places: Sequence[OutagePlace]) -> Trouble:
    is_everywhere = any(not place.street_key for place in places)
    streets = () if is_everywhere else tuple(dict.fromkeys(place.street for place in places))
    return Trouble(
        kind=outage.kind,
        reason=outage.reason,
        starts_at=outage.starts_at,
        expected_at=outage.ended_at or outage.expected_at,
        streets=streets[:STREETS_MAX],
        more_streets=max(len(streets) - STREETS_MAX, 0),
    )
