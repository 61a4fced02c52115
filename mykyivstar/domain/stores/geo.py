"""Distances on the ground, and where Ukraine is."""

import math
from dataclasses import dataclass
from typing import Final, Literal

_EARTH_KM = 6371.0
# Ukraine with a little sea around it.
_LATITUDES: Final = (44.0, 52.5)
_LONGITUDES: Final = (22.0, 40.3)


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees of WGS 84."""

    latitude: float
    longitude: float


def distance_km(one: Point, other: Point) -> float:
    """As the crow flies (haversine); within half a percent."""
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    north, east = lat2 - lat1, math.radians(other.longitude - one.longitude)
    half = math.sin(north / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(east / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))


def misplaced(point: Point) -> Literal["", "interchanged", "outside"]:
    """What is wrong with a place that should be in Ukraine; "" when nothing is."""
    if _is_within(point.latitude, point.longitude):
        return ""
    return "interchanged" if _is_within(point.longitude, point.latitude) else "outside"


def _is_within(latitude: float, longitude: float) -> bool:
    return _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]
