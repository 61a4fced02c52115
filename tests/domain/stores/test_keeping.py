"""Stores kept by the desk: who may, what is written down, and what neither a colleague nor an import undoes."""

import asyncio
from pathlib import Path

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.staff.errors import StaffRoleNeeded
from mykyivstar.domain.stores import at_desk, keeping
from mykyivstar.domain.stores.errors import (
    StoreChangedMeanwhile,
    StoreClosedAlready,
    StoreCodeMalformed,
    StoreCodeTaken,
    StoreHoursUnreadable,
    StoreNameMissing,
)
from mykyivstar.domain.stores.models import Store, StoreChange
from mykyivstar.domain.stores.queries import Registers
from mykyivstar.kit.errors import CustomerError, NotFound
from tests.domain.imports.conftest import Office
from tests.domain.support.conftest import Hall
from tests.factories.stores import store

NEW = {
    "kind": "store",
    "name_uk": "Новий",
    "city_uk": "Київ",
    "address_uk": "вул. Нова, 1",
    "latitude": "50.45",
    "longitude": "30.52",
}


@pytest.fixture
async def kyiv(hall: Hall) -> Store:
    async with hall.database.unit_of_work() as session:
        session.add(one := store())
    return one


async def change(hall: Hall, version: int, **texts: str) -> None:
    async with hall.database.unit_of_work() as session:
        await keeping.change(session, hall.marta, "kyiv-01", texts=texts, known_version=version, at=hall.clock.now())


async def now(database: Database, code: str = "kyiv-01") -> Store:
    async with database.reading() as session:
        return await at_desk.of_code(session, code)


async def test_a_change_is_written_down_with_who_and_what(hall: Hall, kyiv: Store) -> None:
    await change(hall, 1, phone="067 123 45 67", note_uk="Генератор", opening_hours=kyiv.opening_hours)
    await change(hall, 2, phone="067 123 45 67")
    async with hall.database.reading() as session:
        [only] = await at_desk.history(session, kyiv)
    assert (only.name, only.change.at) == ("Марта", hall.clock.now())
    assert only.change.before == {"phone": "0 800 300 466", "note_uk": ""}
    assert only.change.after == {"phone": "067 123 45 67", "note_uk": "Генератор"}
    found = await now(hall.database)
    assert (found.version, found.kept) == (2, ["note", "phone"])


async def test_of_two_at_once_the_later_is_told_and_nothing_is_lost(hall: Hall, kyiv: Store) -> None:
    done = await asyncio.gather(
        change(hall, 1, phone="466"), change(hall, 1, opening_hours="24/7"), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in done) == ["NoneType", "StoreChangedMeanwhile"]
    with pytest.raises(StoreChangedMeanwhile):
        await change(hall, 1, phone="466", opening_hours="24/7")
    await change(hall, 2, phone="466", opening_hours="24/7")
    found = await now(hall.database)
    assert (found.phone, found.opening_hours) == ("466", "24/7")


async def test_what_is_refused_changes_nothing(hall: Hall, kyiv: Store) -> None:
    with pytest.raises(StoreHoursUnreadable):
        await change(hall, 1, phone="466", opening_hours="whenever")
    found = await now(hall.database)
    assert (found.phone, found.version, found.kept) == (kyiv.phone, 1, [])


async def test_what_nobody_typed_is_not_judged(hall: Hall) -> None:
    async with hall.database.unit_of_work() as session:
        session.add(store(opening_hours="whenever"))
    await change(hall, 1, phone="466", opening_hours="whenever")
    assert (await now(hall.database)).phone == "466"


async def test_leads_keep_stores_and_consultants_do_not(hall: Hall, kyiv: Store) -> None:
    at = hall.clock.now()
    async with hall.database.unit_of_work() as session:
        for refused in (
            keeping.add(session, hall.solomiia, code="new", texts=NEW, at=at),
            keeping.change(session, hall.solomiia, "kyiv-01", texts={}, known_version=1, at=at),
            keeping.close(session, hall.solomiia, "kyiv-01", at=at),
            keeping.open_again(session, hall.solomiia, "kyiv-01", at=at),
            keeping.let_imports_change(session, hall.solomiia, "kyiv-01", at=at),
        ):
            with pytest.raises(StaffRoleNeeded):
                await refused
        with pytest.raises(NotFound):
            await keeping.close(session, hall.marta, "nowhere", at=at)
        assert (await session.exec(select(StoreChange))).all() == []


async def test_a_new_store_that_cannot_be_is_refused(hall: Hall, kyiv: Store) -> None:
    cases: list[tuple[str, dict[str, str], type[CustomerError]]] = [
        ("Kyiv 1", NEW, StoreCodeMalformed),
        ("kyiv-01", NEW, StoreCodeTaken),
        ("kyiv-02", {**NEW, "name_uk": ""}, StoreNameMissing),
    ]
    for code, texts, refused in cases:
        async with hall.database.unit_of_work() as session:
            with pytest.raises(refused):
                await keeping.add(session, hall.marta, code=code, texts=texts, at=hall.clock.now())


async def test_a_new_store_is_found_and_on_the_map_at_once(hall: Hall, kyiv: Store) -> None:
    at, registers = hall.clock.now(), Registers(hall.database.reading)
    assert (await registers.current(at)).place("nova") is None
    async with hall.database.unit_of_work() as session:
        await keeping.add(session, hall.marta, code="nova", texts=NEW, at=at)
    registers.forget()
    assert (await registers.current(at)).place("nova") is not None
    async with hall.database.reading() as session:
        assert [each.code for each in (await at_desk.find(session, "НОВА київ")).stores] == ["nova"]
        assert [each.code for each in (await at_desk.find(session, "nov")).stores] == ["nova"]
        assert (await at_desk.find(session, "100% _")).total == 0
        assert (await at_desk.find(session, "")).total == 2


async def test_closed_for_good_it_leaves_the_map_and_stays_at_the_desk(hall: Hall, kyiv: Store) -> None:
    at, registers = hall.clock.now(), Registers(hall.database.reading)
    for act, is_there in ((keeping.close, False), (keeping.open_again, True)):
        async with hall.database.unit_of_work() as session:
            await act(session, hall.marta, "kyiv-01", at=at)
        async with hall.database.unit_of_work() as session:
            with pytest.raises(StoreClosedAlready):
                await act(session, hall.marta, "kyiv-01", at=at)
        registers.forget()
        assert ((await registers.current(at)).place("kyiv-01") is not None) is is_there
        async with hall.database.reading() as session:
            assert (await at_desk.find(session, "kyiv-01")).total == 1
    async with hall.database.reading() as session:
        assert [bool(each.change.after["closed_at"]) for each in await at_desk.history(session, kyiv)] == [False, True]


async def test_an_import_leaves_what_the_desk_has_changed_until_it_is_let(
    hall: Hall, kyiv: Store, tmp_path: Path
) -> None:
    office = Office(hall.database, hall.clock, tmp_path)

    async def comes(name: str, phone: str) -> Store:
        head = "code,name_uk,city_uk,address_uk,latitude,longitude,phone"
        await office.imports("stores", head, f"kyiv-01,{name},Київ,Нова 1,50.45,30.52,{phone}")
        assert office.problems == []
        return await now(hall.database)

    await change(hall, 1, phone="466")
    found = await comes("Другий", "460")
    assert (found.name["uk"], found.phone, found.version) == ("Другий", "466", 3)
    with pytest.raises(StoreChangedMeanwhile):
        await change(hall, 2, phone="467")
    async with hall.database.unit_of_work() as session:
        await keeping.let_imports_change(session, hall.marta, "kyiv-01", at=hall.clock.now())
    found = await comes("Другий", "460")
    assert (found.phone, found.kept) == ("460", [])
