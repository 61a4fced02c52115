"""Stores from files."""

import pytest
from sqlmodel import select

from mykyivstar.domain.stores.models import Store, StoreKind
from tests.domain.imports.conftest import Office, counts

HEADER = "code,kind,name_uk,name_en,city_uk,city_en,address_uk,latitude,longitude,opening_hours,services,note_uk"
ROW = "k1,service_centre,Центр,Centre,Київ,Kyiv,Прикладна 1,50.4655,30.5170,Mo-Su 10:00-20:00,esim top_up,Є укриття"


async def stored(office: Office) -> Store:
    async with office.database.reading() as session:
        return (await session.exec(select(Store))).one()


async def test_a_store_is_found_by_what_people_type(office: Office):
    assert counts(await office.imports("stores", HEADER, ROW)) == (1, 0, 0, 0)
    store = await stored(office)
    assert store.kind is StoreKind.SERVICE_CENTRE
    assert (store.latitude, store.longitude) == (50.4655, 30.517)
    assert (store.city, store.services) == ({"uk": "Київ", "en": "Kyiv"}, ["esim", "top_up"])
    assert store.search_key == "київ kyiv центр centre прикладна 1"
    assert counts(await office.imports("stores", HEADER, ROW)) == (0, 0, 1, 0)


async def test_a_file_of_another_language_adds_to_what_is_searched(office: Office):
    await office.imports("stores", HEADER, ROW)
    header = "code,name_uk,name_ru,city_uk,address_uk,latitude,longitude"
    report = await office.imports("stores", header, "k1,Центр,Центр,Київ,Прикладна 1,50.4655,30.517")
    assert counts(report) == (0, 1, 0, 0)
    store = await stored(office)
    assert store.search_key == "київ kyiv центр centre центр прикладна 1"
    assert store.note == {"uk": "Є укриття"}


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("95,30", "latitude: '95' is no coordinate: beyond 90 degrees"),
        ("30.517,50.4655", "latitude: 30.517, 50.4655: latitude and longitude are interchanged"),
        ("0,0", "latitude: 0.0, 0.0 is not in Ukraine"),
        ("52.2297,21.0122", "latitude: 52.2297, 21.0122 is not in Ukraine"),
        ("north,30", "latitude: 'north' is not a number"),
    ],
)
async def test_places_where_no_store_can_be_are_rejected(office: Office, where, reason):
    header = "code,name_uk,city_uk,address_uk,latitude,longitude"
    assert counts(await office.imports("stores", header, f"k1,Магазин,Київ,Прикладна 1,{where}")) == (0, 0, 0, 1)
    assert office.problems == [f"2: {reason}"]


async def test_hours_that_cannot_be_read_are_rejected(office: Office):
    await office.imports("stores", HEADER, ROW.replace("Mo-Su 10:00-20:00", "щодня з 10 до 20"))
    assert office.problems[0].startswith("2: opening_hours: the opening hours 'щодня з 10 до 20' cannot be read")
