"""A store as texts by column, as an import file has it, and back: what the desk shows, compares and writes down."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from mykyivstar.domain.stores import errors
from mykyivstar.domain.stores.geo import Point, misplaced
from mykyivstar.domain.stores.hours import Hours, UnreadableHours
from mykyivstar.domain.stores.models import Store, StoreKind
from mykyivstar.kit.errors import CustomerError, Malformed
from mykyivstar.kit.text import search_key

LANGUAGES: Final = ("uk", "en", "ru")
HOURS_MOST: Final = 300
SEARCH_KEY_MOST: Final = 400
HOURS_EXAMPLE: Final = "Mo-Fr 09:00-19:00; Sa 10:00-15:00; Su off"
# Columns of texts in three languages, how long each may be, and what is raised without the Ukrainian one.
_TEXTS: Final[Mapping[str, tuple[int, type[CustomerError] | None]]] = {
    "name": (200, errors.StoreNameMissing),
    "city": (100, errors.StoreCityMissing),
    "address": (300, errors.StoreAddressMissing),
    "note": (1000, None),
}
_OTHERS: Final = ("kind", "latitude", "longitude", "opening_hours", "services", "phone")
COLUMNS: Final = (*(f"{name}_{language}" for name in _TEXTS for language in LANGUAGES), *_OTHERS)

_SERVICE = re.compile(r"[a-z][a-z0-9_]{1,47}")
_PHONE = re.compile(r"[0-9+() -]{3,20}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")
# Signs that only trick the eye; typed hours often have the long dash.
_UNSEEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_DASHES = str.maketrans("–—−\xa0", "--- ")


def attribute(column: str) -> str:
    """The attribute of a store that this column is a part of: name_uk is a part of name."""
    name, _, language = column.rpartition("_")
    return name if language in LANGUAGES else column


def written(store: Store) -> dict[str, str]:
    """Every column of a store as a text."""
    texts = {f"{name}_{each}": getattr(store, name).get(each, "") for name in _TEXTS for each in LANGUAGES}
    return texts | {
        "kind": store.kind.value,
        "latitude": f"{store.latitude:.10g}",
        "longitude": f"{store.longitude:.10g}",
        "opening_hours": store.opening_hours,
        "services": " ".join(sorted(store.services)),
        "phone": store.phone,
    }


def put(store: Store, texts: Mapping[str, str]) -> None:
    """Set these columns of a store. Raises the refusals of `errors`, Malformed for a column that there is not."""
    for column, text in texts.items():
        if column not in COLUMNS:
            raise Malformed
        name, plain = attribute(column), " ".join(_UNSEEN.sub(" ", text).split())
        if name in _TEXTS:
            setattr(store, name, _with_text(getattr(store, name) or {}, column, plain))
        else:
            setattr(store, name, _READ[name](plain))
    if {"latitude", "longitude"} & texts.keys():
        _require_in_ukraine(Point(store.latitude, store.longitude))
    store.search_key = searchable({name: getattr(store, name) for name in ("city", "name", "address")})


def searchable(values: Mapping[str, Mapping[str, str]]) -> str:
    """The search key of a store with this city, name and address."""
    found = [text for column in ("city", "name", "address") for text in values[column].values()]
    return search_key(" ".join(found))[:SEARCH_KEY_MOST]


def opening_hours(text: str) -> str:
    """Hours as they are kept, "" for none. Raises StoreHoursUnreadable, StoreHoursTooLong."""
    plain = text.translate(_DASHES).strip().rstrip(";").strip()
    if not plain:
        return ""
    if len(plain) > HOURS_MOST:
        raise errors.StoreHoursTooLong(most=HOURS_MOST)
    try:
        Hours(plain)
    except UnreadableHours as unreadable:
        rest = plain[unreadable.position :][:20] or plain[-20:]
        raise errors.StoreHoursUnreadable(rest=rest, example=HOURS_EXAMPLE) from unreadable
    return plain


def _with_text(texts: Mapping[str, str], column: str, text: str) -> dict[str, str]:
    name, language = attribute(column), column[-2:]
    most, missing = _TEXTS[name]
    if len(text) > most:
        raise errors.StoreTextTooLong(most=most)
    if not text and language == "uk" and missing is not None:
        raise missing
    return {key: value for key, value in {**texts, language: text}.items() if value}


def _kind(text: str) -> StoreKind:
    try:
        return StoreKind(text)
    except ValueError as unknown:
        raise Malformed from unknown


def _services(text: str) -> list[str]:
    codes = sorted(set(text.split()))
    if len(codes) > 60 or not all(map(_SERVICE.fullmatch, codes)):
        raise errors.StoreServicesMalformed
    return codes


def _phone(text: str) -> str:
    if text and (_PHONE.fullmatch(text) is None or sum(map(str.isdigit, text)) < 3):
        raise errors.StorePhoneMalformed
    return text


def _degrees(unreadable: type[CustomerError]) -> Callable[[str], float]:
    def read(text: str) -> float:
        plain = text.translate(_DASHES).replace(",", ".").removesuffix("°")
        if _DEGREES.fullmatch(plain) is None or not math.isfinite(float(plain)):
            raise unreadable
        return float(plain)

    return read


def _require_in_ukraine(point: Point) -> None:
    match misplaced(point):
        case "interchanged":
            raise errors.StoreCoordinatesInterchanged
        case "outside":
            raise errors.StoreOutsideUkraine(latitude=f"{point.latitude:.10g}", longitude=f"{point.longitude:.10g}")


_READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "kind": _kind,
    "latitude": _degrees(errors.StoreLatitudeUnreadable),
    "longitude": _degrees(errors.StoreLongitudeUnreadable),
    "opening_hours": opening_hours,
    "services": _services,
    "phone": _phone,
}
