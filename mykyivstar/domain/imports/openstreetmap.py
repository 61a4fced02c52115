"""Stores out of an OpenStreetMap extract in GeoJSON, as the rows of a file of ours.

Overpass and osmium write such files: points with the tags of a shop. What we export ourselves is one too.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mykyivstar.domain.imports.problems import BadFile
from mykyivstar.domain.imports.source import RawRow, Source

SUFFIX = ".geojson"
HEADER = (
    *("code", "kind", "name_uk", "name_en", "name_ru", "city_uk", "address_uk"),
    *("latitude", "longitude", "opening_hours", "services", "phone", "note_uk"),
)
# An extract of a whole country is a few megabytes; it is read whole.
_SIZE_MAX = 64 * 1024 * 1024


class StoresExtract(Source):
    """A GeoJSON file of points; `line` of its rows is the number of the feature."""

    def rows(self) -> Iterator[RawRow]:
        """Yield every feature. Raises BadFile."""
        self.header = HEADER
        features = self._features()
        self.position = self.size
        for number, feature in enumerate(features, 1):
            unreadable = "" if _is_point(feature) else "is not a point: only points are read"
            yield RawRow(number, () if unreadable else _cells(feature), unreadable)

    def _features(self) -> Sequence[Any]:
        if self.size > _SIZE_MAX:
            raise BadFile(f"is larger than {_SIZE_MAX // 1024 // 1024} MiB")
        try:
            read = json.loads(self.path.read_text(encoding="utf-8"))
        except OSError as error:
            raise BadFile(f"cannot be read: {error.strerror}") from error
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            raise BadFile(f"is not JSON: {error}") from error
        features = read.get("features") if isinstance(read, dict) else None
        if not isinstance(features, list):
            raise BadFile("is not a FeatureCollection")
        return features


def _is_point(feature: Any) -> bool:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return False
    coordinates = geometry.get("coordinates")
    return isinstance(coordinates, list) and len(coordinates) >= 2 and all(map(_is_number, coordinates[:2]))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cells(feature: Mapping[str, Any]) -> Sequence[str]:
    given = feature.get("properties")
    tags = given if isinstance(given, dict) else {}
    longitude, latitude = feature["geometry"]["coordinates"][:2]
    name = _text(tags, "name:uk", "name", "operator", "brand")
    street = " ".join(filter(None, (_text(tags, "addr:street"), _text(tags, "addr:housenumber"))))
    services = tags.get("services")
    return (
        _text(tags, "ref") or _code(feature, tags),
        _text(tags, "kind"),
        name,
        _text(tags, "name:en"),
        _text(tags, "name:ru"),
        _text(tags, "addr:city:uk", "addr:city"),
        _text(tags, "addr:full") or street,
        str(latitude),
        str(longitude),
        _text(tags, "opening_hours"),
        " ".join(map(str, services)) if isinstance(services, list) else _text(tags, "services"),
        _text(tags, "phone", "contact:phone"),
        _text(tags, "note"),
    )


def _code(feature: Mapping[str, Any], tags: Mapping[str, Any]) -> str:
    """What OpenStreetMap calls node/123 is osm-node-123 here, whenever it is imported again."""
    known = str(feature.get("id") or tags.get("@id") or "")
    return f"osm-{known.replace('/', '-')}" if known else ""


def _text(tags: Mapping[str, Any], *names: str) -> str:
    """The first of these tags that says something."""
    return next((str(tags[name]).strip() for name in names if tags.get(name)), "")
