"""Distances on the ground."""

import math
from dataclasses import dataclass

_EARTH_KM = 6371.0


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
