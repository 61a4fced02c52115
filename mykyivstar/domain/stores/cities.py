"""Cities of Ukraine with their names in three languages: labels of the map, and places to look from (J1)."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mykyivstar.kit.text import search_key

_FILE = Path(__file__).with_name("cities.csv")


@dataclass(frozen=True, slots=True)
class City:
    """A city; degrees of WGS 84. Rank 1 is labelled on a map of the whole country, 3 only nearer."""

    code: str
    name: Mapping[str, str]
    latitude: float
    longitude: float
    rank: int


@cache
def cities() -> Sequence[City]:
    """Every city, the temporarily occupied ones included."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            City(
                code=row["code"],
                name={language: row[language] for language in ("uk", "en", "ru")},
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                rank=int(row["rank"]),
            )
            for row in csv.DictReader(file)
        )


def city_named(text: str) -> City | None:
    """The city of this name in any of the languages, whatever the case; None when there is none."""
    return _by_name().get(search_key(text))


@cache
def _by_name() -> Mapping[str, City]:
    return {search_key(name): city for city in reversed(cities()) for name in city.name.values()}
