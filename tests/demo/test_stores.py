"""Stores: where they are, when they are open."""

import math
import re

import pytest

from mykyivstar.demo import files
from mykyivstar.demo.cities import KM_PER_DEGREE, cities
from mykyivstar.demo.stores import LANGUAGES, stores
from mykyivstar.domain.stores.models import Store, StoreKind

STORES = stores(1840)
NEIGHBOURHOOD_KM = 17

_DAYS = "Mo|Tu|We|Th|Fr|Sa|Su"
_DATE = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-3]\d"
_ITEM = rf"(?:(?:{_DAYS})(?:-(?:{_DAYS}))?|PH|{_DATE})"
_SPAN = r"(?:[01]\d|2[0-4]):[0-5]\d-(?:[01]\d|2[0-4]):[0-5]\d"
_RULE = re.compile(rf"(?:{_ITEM}(?:,{_ITEM})* )?(?:off|(?P<spans>{_SPAN}(?:,{_SPAN})*))")


def minutes(time: str) -> int:
    hours, _, rest = time.partition(":")
    return int(hours) * 60 + int(rest)


@pytest.mark.parametrize("hours", [row["hours"] for row in files.rows("hours")])
def test_hours_are_in_the_openstreetmap_syntax(hours: str) -> None:
    for rule in hours.split("; "):
        match = _RULE.fullmatch(rule)
        assert match, rule
        times = [minutes(time) for span in (match["spans"] or "").split(",") if span for time in span.split("-")]
        assert times == sorted(times), "breaks come in order"


def test_there_are_some_three_hundred() -> None:
    assert 290 <= len(STORES) <= 320
    assert len({store.code for store in STORES}) == len(STORES)


def test_the_same_seed_gives_the_same_stores() -> None:
    def values(found: list[Store]) -> list[object]:
        return [store.model_dump() for store in found]

    assert values(stores(1840)) == values(STORES)
    assert values(stores(7)) != values(STORES)


def test_every_store_is_near_its_city() -> None:
    middles = {city.name["uk"]: city.spot for city in cities()}
    for store in STORES:
        middle = middles[store.city["uk"]]
        north = (store.latitude - middle.latitude) * KM_PER_DEGREE
        east = (store.longitude - middle.longitude) * KM_PER_DEGREE * math.cos(math.radians(middle.latitude))
        assert math.hypot(north, east) < NEIGHBOURHOOD_KM, store.code


def test_names_and_addresses_are_in_three_languages_and_tell_stores_apart() -> None:
    for store in STORES:
        for text in (store.name, store.city, store.address):
            assert set(text) == set(LANGUAGES)
        assert set(store.note) in ({*LANGUAGES}, set())
    assert len({(store.city["uk"], store.name["uk"]) for store in STORES}) == len(STORES)


def test_stores_fit_their_columns() -> None:
    for store in STORES:
        assert len(store.search_key) <= 400
        assert len(store.opening_hours) <= 300
        assert store.city["uk"].casefold().replace("’", "'") in store.search_key


def test_every_larger_city_has_a_service_centre() -> None:
    for city in cities():
        kinds = {store.kind for store in STORES if store.city == city.name}
        assert StoreKind.SERVICE_CENTRE in kinds or city.stores == 1


def test_stores_in_occupied_places_are_shown_but_not_open() -> None:
    occupied = {city.name["uk"] for city in cities() if city.zone == "occupied"}
    shut = [store for store in STORES if store.opening_hours == "off"]
    assert {store.city["uk"] for store in shut} == occupied
    assert all(store.note and not store.services for store in shut)


def test_hours_vary() -> None:
    assert len({store.opening_hours for store in STORES}) >= 12
    assert any("13:00,14:00" in store.opening_hours for store in STORES)
    assert any(store.note for store in STORES)
