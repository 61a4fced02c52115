"""Addresses as registers write them, and what events touch."""

import pytest

from mykyivstar.domain.faults.places import (
    HousesUnreadable,
    Place,
    are_houses,
    city_key,
    is_touched,
    parse_address,
    street_key,
)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("м. Київ, вул. Лесі Українки, 14, кв. 27", ("київ", "лесі українки", "14")),
        ("01001, Україна, м.Київ, вул.Хрещатик 22", ("київ", "хрещатик", "22")),
        ("Київська обл., Бориспільський р-н, с. Гора, вул. 8 Березня, буд. 5-А", ("гора", "8 березня", "5а")),
        ("Львів, пл. Ринок, 5/2", ("львів", "площа ринок", "5/2")),
        ("Одеса, Дерибасівська вул., д. 10A, під'їзд 2", ("одеса", "дерибасівська", "10а")),
        ("Харків, ПРОСП. НАУКИ, 3, оф. 1", ("харків", "проспект науки", "3")),
        ("смт Ворзель, вулиця Кленова, 7", ("ворзель", "кленова", "7")),
        ("Київ", ("київ", "", "")),
        ("", ("", "", "")),
    ],
)
def test_an_address_is_taken_apart(address: str, place: tuple[str, str, str]) -> None:
    assert parse_address(address) == Place(*place)


def test_a_street_is_meant_where_no_other_word_stands() -> None:
    assert street_key("вул. Соборна") == street_key("Соборна вул.") == street_key("СОБОРНА") == "соборна"
    assert street_key("пл. Соборна") != street_key("вул. Соборна")
    assert city_key("м. Київ") == city_key("Київ") == city_key("місто КИЇВ")


@pytest.mark.parametrize(
    ("house", "houses", "touched"),
    [
        ("14", "", True),
        ("14", "1-25", True),
        ("26", "1-25", False),
        ("14", "1-25 odd", False),
        ("15", "1-25 непарні", True),
        ("14", "2-20 even", True),
        ("14а", "14", True),
        ("14/2", "14", True),
        ("14", "14а", False),
        ("14б", "14а", False),
        ("14а", "14-А", True),
        ("9", "1-3, 7; 9", True),
        ("", "1-25", False),
        ("", "", True),
    ],
)
def test_houses_of_a_street(house: str, houses: str, touched: bool) -> None:
    place = Place("київ", "соборна", house)
    assert is_touched(place, city="київ", street="соборна", houses=houses) is touched


def test_another_street_or_city_is_not_touched_and_a_city_touches_all_of_it() -> None:
    place = Place("київ", "соборна", "1")
    assert not is_touched(place, city="київ", street="садова", houses="")
    assert not is_touched(place, city="львів", street="", houses="")
    assert is_touched(place, city="київ", street="", houses="")
    assert not is_touched(Place("", "", ""), city="", street="", houses="")


@pytest.mark.parametrize("houses", ["x", "25-1", "1-5 sometimes", "17а-20", "0x1", "12345", "14//2"])
def test_houses_that_cannot_be_read_are_told(houses: str) -> None:
    with pytest.raises(HousesUnreadable):
        are_houses(houses)
