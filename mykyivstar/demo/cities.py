"""The cities of the demo: how many stores each has, and the districts of the largest."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from mykyivstar.demo import files
from mykyivstar.domain.stores.cities import City as Place
from mykyivstar.domain.stores.cities import cities as known_cities

KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Spot:
    """A point with a name: a district, or the middle of a city. Degrees of WGS 84."""

    name: dict[str, str]
    latitude: float
    longitude: float

    def nearby(self, rng: Random, radius_km: float) -> tuple[float, float]:
        """Latitude and longitude of a place at most so far away, evenly over the circle."""
        distance, turn = radius_km * math.sqrt(rng.random()), rng.random() * math.tau
        latitude = self.latitude + distance * math.sin(turn) / KM_PER_DEGREE
        east = distance * math.cos(turn) / (KM_PER_DEGREE * math.cos(math.radians(self.latitude)))
        return round(latitude, 5), round(self.longitude + east, 5)


@dataclass(frozen=True, slots=True)
class City:
    """A city, how many stores it has in the demo, and the spots around which they are."""

    code: str
    spot: Spot
    stores: int
    radius_km: float
    # "front": short hours; "occupied": named and shown, not working.
    zone: str
    districts: Sequence[Spot]

    @property
    def name(self) -> dict[str, str]:
        return self.spot.name


@cache
def cities() -> Sequence[City]:
    """Every city, the largest first and the temporarily occupied ones last."""
    places = {place.code: place for place in known_cities()}
    districts: dict[str, list[Spot]] = {}
    for row in files.rows("districts"):
        districts.setdefault(row["city"], []).append(_spot(row))
    return [
        City(
            code=row["code"],
            spot=_spot_of(places[row["code"]]),
            stores=int(row["stores"]),
            radius_km=float(row["radius_km"]),
            zone=row["zone"],
            districts=districts.get(row["code"], []),
        )
        for row in files.rows("cities")
    ]


def _spot_of(place: Place) -> Spot:
    return Spot(dict(place.name), place.latitude, place.longitude)


def _spot(row: Mapping[str, str]) -> Spot:
    name = {language: row[language] for language in ("uk", "en", "ru")}
    return Spot(name, float(row["latitude"]), float(row["longitude"]))
