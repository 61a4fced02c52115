"""Finding stores: by words, city, service, kind, hours, distance."""

from datetime import UTC, datetime

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.stores.geo import Point, distance_km
from mykyivstar.domain.stores.models import StoreKind
from mykyivstar.domain.stores.queries import FRESH_FOR, Registers
from mykyivstar.domain.stores.queries import register as read
from mykyivstar.domain.stores.register import Register, Wish
from mykyivstar.kit.clock import FixedClock
from tests.factories.stores import register, store

# A Monday, noon in Kyiv.
NOON = datetime(2026, 11, 23, 10, tzinfo=UTC)
LVIV = {"uk": "Львів", "en": "Lviv", "ru": "Львов"}
KYIV, SQUARE = Point(50.4501, 30.5234), Point(49.8419, 24.0315)


@pytest.fixture
def three() -> Register:
    return register(
        store("kyiv-01"),
        store("kyiv-02", latitude=50.5, services=["connect", "esim"], opening_hours="Sa 10:00-16:00"),
        store(
            "lviv-01",
            kind=StoreKind.SERVICE_CENTRE,
            city=LVIV,
            address={"uk": "пл. Ринок, 5", "en": "5 Rynok Sq", "ru": "пл. Рынок, 5"},
            latitude=SQUARE.latitude,
            longitude=SQUARE.longitude,
            services=["connect", "esim", "documents"],
        ),
    )


def codes(three: Register, wish: Wish) -> list[str]:
    return [found.place.code for found in three.find(wish, NOON).found]


def test_without_a_wish_all_of_them_come_by_city_and_name(three: Register) -> None:
    assert codes(three, Wish()) == ["kyiv-01", "kyiv-02", "lviv-01"]


@pytest.mark.parametrize("text", ["ринок", "РИНОК", "rynok", "Рынок", "пл. ринок", " ринок  5 "])
def test_words_of_an_address_are_found_in_each_language(three: Register, text: str) -> None:
    assert codes(three, Wish(text=text)) == ["lviv-01"]


@pytest.mark.parametrize("text", ["львів", "LVIV", "Львов"])
def test_a_citys_name_brings_the_nearest_to_it_first(three: Register, text: str) -> None:
    answer = three.find(Wish(text=text), NOON)
    assert answer.city is not None
    assert answer.city.code == "lviv"
    assert [found.place.code for found in answer.found] == ["lviv-01", "kyiv-01", "kyiv-02"]


def test_where_somebody_is_goes_before_a_city(three: Register) -> None:
    found = three.find(Wish(origin=Point(50.49, 30.52)), NOON).found
    assert [each.place.code for each in found] == ["kyiv-02", "kyiv-01", "lviv-01"]
    assert found[0].distance_km == pytest.approx(1.14, abs=0.01)


def test_all_wished_services_must_be_there(three: Register) -> None:
    assert codes(three, Wish(services=frozenset({"connect", "esim"}))) == ["kyiv-02", "lviv-01"]
    assert codes(three, Wish(services=frozenset({"esim", "cakes"}))) == []


def test_kinds_and_hours_filter(three: Register) -> None:
    assert codes(three, Wish(kind=StoreKind.SERVICE_CENTRE)) == ["lviv-01"]
    assert codes(three, Wish(open_now=True)) == ["kyiv-01", "lviv-01"]


def test_unreadable_hours_are_not_open_and_spoil_nothing() -> None:
    found = register(store("a", opening_hours="when we like")).find(Wish(), NOON).found
    assert [each.standing.is_open for each in found] == [None]


def test_signs_of_a_pattern_are_only_signs(three: Register) -> None:
    for text in ("%", "_", "' OR 1=1 --", "\\", "<b>"):
        assert codes(three, Wish(text=text)) == []


def test_distances_are_those_of_a_map() -> None:
    assert distance_km(KYIV, SQUARE) == pytest.approx(468, abs=3)
    assert distance_km(KYIV, KYIV) == 0


async def test_closed_stores_are_not_in_the_register(database: Database) -> None:
    async with database.unit_of_work() as session:
        session.add(store("open"))
        session.add(store("gone", closed_at=datetime(2026, 11, 1, tzinfo=UTC)))
        session.add(store("going", closed_at=datetime(2026, 12, 1, tzinfo=UTC)))
    async with database.reading() as session:
        known = await read(session, NOON)
    assert {place.code for place in known.places} == {"open", "going"}
    assert known.place("gone") is None


async def test_a_register_is_read_again_when_it_is_no_longer_fresh(database: Database, clock: FixedClock) -> None:
    registers, at = Registers(database.reading), clock.now()
    assert (await registers.current(at)).places == []
    async with database.unit_of_work() as session:
        session.add(store("new"))
    assert (await registers.current(at)).places == []
    assert [place.code for place in (await registers.current(at + FRESH_FOR)).places] == ["new"]
