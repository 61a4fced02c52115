"""All stores of one moment, searched in memory: two thousand are filtered and sorted in a few milliseconds (J1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mykyivstar.domain.stores.cities import City, city_named
from mykyivstar.domain.stores.geo import Point, distance_km
from mykyivstar.domain.stores.hours import Hours, Standing, hours_of
from mykyivstar.domain.stores.models import Store, StoreKind
from mykyivstar.kit.text import search_key, sort_key

# No store says so, or nobody can read what it says.
NO_HOURS = Standing(is_open=None, until=None, comment="")


@dataclass(frozen=True, slots=True)
class Place:
    """A store or service centre as it is found and shown; texts by language."""

    id: int
    code: str
    kind: StoreKind
    name: Mapping[str, str]
    city: Mapping[str, str]
    address: Mapping[str, str]
    point: Point
    services: frozenset[str]
    phone: str
    note: Mapping[str, str]
    opening_hours: str
    search_key: str

    @property
    def hours(self) -> Hours | None:
        """None where it says none, or what nobody can read."""
        return hours_of(self.opening_hours)

    def standing(self, at: datetime) -> Standing:
        """Whether it is open at this moment."""
        return self.hours.standing(at) if self.hours else NO_HOURS

    @classmethod
    def of(cls, store: Store) -> "Place":
        """A stored one."""
        assert store.id is not None
        return cls(
            id=store.id,
            code=store.code,
            kind=store.kind,
            name=store.name,
            city=store.city,
            address=store.address,
            point=Point(store.latitude, store.longitude),
            services=frozenset(store.services),
            phone=store.phone,
            note=store.note,
            opening_hours=store.opening_hours,
            search_key=store.search_key,
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for; all of it must fit.

    `text` is a city, from whose middle distances are then counted, or words of an address or a name. `origin` is where
    they are, and goes before a city.
    """

    text: str = ""
    kind: StoreKind | None = None
    services: frozenset[str] = frozenset()
    open_now: bool = False
    origin: Point | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A place that fits: how far it is, where distances are counted, and whether it is open."""

    place: Place
    distance_km: float | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: the nearest first, or by city and name. `city` is what the text was understood as."""

    found: Sequence[Found]
    city: City | None


@dataclass(frozen=True, eq=False)
class Register:
    """Every store that is not closed for good. One reading: two of them are never the same."""

    places: Sequence[Place]
    _by_code: Mapping[str, Place] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {place.code: place for place in self.places})

    @property
    def services(self) -> Sequence[str]:
        """The services that any store has, the most frequent first."""
        counts: dict[str, int] = {}
        for place in self.places:
            for service in place.services:
                counts[service] = counts.get(service, 0) + 1
        return sorted(counts, key=lambda service: (-counts[service], service))

    def place(self, code: str) -> Place | None:
        """The one of this code."""
        return self._by_code.get(code)

    def find(self, wish: Wish, at: datetime) -> Answer:
        """What fits the wish at this moment."""
        city = city_named(wish.text)
        words = [] if city and not wish.origin else search_key(wish.text).split()
        origin = wish.origin or (Point(city.latitude, city.longitude) if city else None)
        # Stores have a few dozen different hours among them: each is read once.
        standings: dict[str, Standing] = {}
        found = []
        for place in self.places:
            if wish.kind and place.kind is not wish.kind:
                continue
            if not (wish.services <= place.services and all(word in place.search_key for word in words)):
                continue
            standing = standings.get(place.opening_hours)
            if standing is None:
                standing = standings[place.opening_hours] = place.standing(at)
            if wish.open_now and not standing.is_open:
                continue
            found.append(Found(place, distance_km(origin, place.point) if origin else None, standing))
        if origin:
            found.sort(key=lambda each: (each.distance_km or 0.0, each.place.code))
        return Answer(found, city)


def ordered(places: Sequence[Place]) -> Sequence[Place]:
    """By city and name, as the Ukrainian alphabet has it: the order of a register."""
    return sorted(places, key=lambda place: (sort_key(place.city.get("uk", "")), sort_key(place.name.get("uk", ""))))
