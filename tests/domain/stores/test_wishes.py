"""Wishes in addresses: read with patience, written so that they are read as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mykyivstar.domain.stores.cities import cities
from mykyivstar.domain.stores.geo import Point
from mykyivstar.domain.stores.models import StoreKind
from mykyivstar.domain.stores.outlines import rings
from mykyivstar.domain.stores.register import Wish
from mykyivstar.domain.stores.wishes import parameters_of, wish_of

WISHES = some.builds(
    Wish,
    text=some.text(max_size=80).map(str.strip),
    kind=some.none() | some.sampled_from(StoreKind),
    services=some.frozensets(some.from_regex(r"[a-z_]{1,40}", fullmatch=True), max_size=20),
    open_now=some.booleans(),
)


@given(WISHES)
def test_an_address_asks_for_what_it_was_made_of(wish: Wish) -> None:
    assert wish_of(parameters_of(wish)) == wish


def test_where_somebody_is_stands_in_the_address_to_a_hundred_metres() -> None:
    assert parameters_of(Wish(origin=Point(49.841952, 24.031592))) == {"near": "49.842,24.032"}


@pytest.mark.parametrize("near", ["", "here", "50", "50,", "91,0", "50,181", "50.1234567,30", "1e9,1", "nan,nan"])
def test_a_place_that_is_none_is_none(near: str) -> None:
    assert wish_of({"near": near}).origin is None


def test_what_cannot_be_read_asks_for_nothing() -> None:
    assert wish_of({"kind": "castle", "service": "<script>,,ESIM", "open": "yes", "q": " " * 200}) == Wish()


def contains(ring: tuple[Point, ...], point: Point) -> bool:
    """Whether a point is inside: by the crossings of a ray."""
    inside = False
    for one, other in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (one.latitude > point.latitude) != (other.latitude > point.latitude):
            slope = (other.longitude - one.longitude) / (other.latitude - one.latitude)
            inside ^= point.longitude < one.longitude + slope * (point.latitude - one.latitude)
    return inside


def test_every_city_lies_within_the_outlines_crimea_with_the_rest() -> None:
    outside = {
        city.code
        for city in cities()
        if not any(contains(tuple(ring), Point(city.latitude, city.longitude)) for ring in rings())
    }
    # Two ports stand a step beyond the simplified coast.
    assert outside <= {"chornomorsk", "kerch", "yalta", "sevastopol", "mariupol"}
    assert "simferopol" not in outside
