"""Outages and planned works from files."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from mykyivstar.db.changes import Change
from mykyivstar.domain.faults.models import Outage, OutageKind, OutagePlace
from tests.domain.imports.conftest import Office, counts

HEADER = "code,kind,city,street,houses,starts_at,expected_at,ended_at,is_cancelled,reason_uk,reason_en"
ROW = 'K-1,works,м. Київ,вул. Прикладна,"1-25 odd, 12",2026-11-25 01:00,2026-11-25 06:00,,,Заміна,Replacing'
PLACE = "K-1,works,м. Київ,пл. Прикладна,,2026-11-25 01:00,2026-11-25 06:00,,,Заміна,Replacing"


async def stored(office: Office) -> tuple[list[Outage], list[OutagePlace]]:
    async with office.database.reading() as session:
        events = (await session.exec(select(Outage).order_by(col(Outage.id)))).all()
        places = (await session.exec(select(OutagePlace).order_by(col(OutagePlace.id)))).all()
    return list(events), list(places)


async def test_rows_of_one_code_are_places_of_one_event(office: Office):
    assert counts(await office.imports("outages", HEADER, ROW, PLACE)) == (2, 0, 0, 0)
    [event], places = await stored(office)
    assert (event.kind, event.starts_at) == (OutageKind.WORKS, datetime(2026, 11, 24, 23, tzinfo=UTC))
    assert event.reason == {"uk": "Заміна", "en": "Replacing"}
    assert [(each.city_key, each.street_key) for each in places] == [("київ", "прикладна"), ("київ", "площа прикладна")]
    assert [each.houses for each in places] == ["1-25 odd, 12", ""]
    assert counts(await office.imports("outages", HEADER, ROW, PLACE)) == (0, 0, 2, 0)


async def test_open_maps_are_told_of_a_file_that_changes_something(office: Office):
    for _ in range(2):
        await office.imports("outages", HEADER, ROW)
    async with office.database.reading() as session:
        told = (await session.exec(select(Change.subject).where(Change.subject == "network:0"))).all()
    assert len(told) == 1


async def test_a_later_file_ends_an_event_and_keeps_what_was_done_about_it(office: Office):
    await office.imports("outages", HEADER, ROW, PLACE)
    async with office.database.unit_of_work() as session:
        event = (await session.exec(select(Outage))).one()
        event.announced_at = office.clock.now()
        session.add(event)
    report = await office.imports("outages", HEADER, ROW.replace("06:00,,", "06:00,2026-11-25 05:10,"), PLACE)
    assert (report.created, report.rejected) == (0, 0)
    report = await office.imports("outages", HEADER, ROW.replace("06:00,,", "06:00,2026-11-25 05:10,"))
    [event], places = await stored(office)
    assert (event.ended_at, event.announced_at) == (datetime(2026, 11, 25, 3, 10, tzinfo=UTC), office.clock.now())
    assert len(places) == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ROW.replace("2026-11-25 06:00", "2026-11-25 00:30"), "expected_at: is not after starts_at"),
        (ROW.replace("2026-11-25 06:00", ""), "expected_at: works need an end: until when the internet may be off"),
        (ROW.replace("вул. Прикладна", ""), "houses: are houses of no street"),
        (
            ROW.replace("1-25 odd, 12", "25-1"),
            "houses: '25-1' ends before it begins",
        ),
        (ROW.replace("works", "party"), "kind: 'party' is none of outage, works"),
        (ROW.replace("м. Київ", ""), "city: is empty"),
    ],
)
async def test_what_cannot_be_is_rejected_with_its_reason(office: Office, row: str, reason: str):
    assert counts(await office.imports("outages", HEADER, row)) == (0, 0, 0, 1)
    assert office.problems == [f"2: {reason}"]
    assert await stored(office) == ([], [])


async def test_a_place_that_stands_twice_is_told(office: Office):
    report = await office.imports("outages", HEADER, ROW, ROW.replace("м. Київ,вул. Прикладна", "КИЇВ,Прикладна"))
    assert counts(report) == (1, 0, 0, 1)
