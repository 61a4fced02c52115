"""The oblasts of Ukraine, the Autonomous Republic of Crimea and Sevastopol among them, as outlines for a map."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from mykyivstar.domain.stores.geo import Point

FILE = Path(__file__).with_name("oblasts.json")


@cache
def rings() -> Sequence[Sequence[Point]]:
    """Every closed line of the outlines, holes and islands included."""
    features = json.loads(FILE.read_text(encoding="utf-8"))["features"]
    return tuple(ring for feature in features for ring in _rings(feature["geometry"]))


def _rings(geometry: dict[str, object]) -> Iterator[Sequence[Point]]:
    coordinates = geometry["coordinates"]
    assert isinstance(coordinates, list)
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    for polygon in polygons:
        for ring in polygon:
            yield tuple(Point(latitude, longitude) for longitude, latitude in ring)
