"""The network by city: what is on the map, what is only in the list, and what is not there any more."""

from datetime import timedelta

from sqlalchemy import event

from mykyivstar.db.database import Database
from mykyivstar.domain.faults.models import OutageKind
from mykyivstar.domain.faults.network_map import (
    EVENTS_MAX,
    FRESH_FOR,
    STREETS_MAX,
    NetworkMap,
    NetworkMaps,
    network_map,
)
from mykyivstar.kit.clock import FixedClock
from tests.domain.faults.conftest import make_outage

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORKS = OutageKind.WORKS


async def seen(database: Database, clock: FixedClock) -> NetworkMap:
    async with database.reading() as session:
        return await network_map(session, clock.now())


async def test_events_are_told_by_city_outages_first(database: Database, clock: FixedClock):
    now = clock.now()
    places = [("м. Львів", "вул. Зелена", "7"), ("м. Львів", "вул. Зелена бічна", ""), ("Київ", "", "")]
    await make_outage(database, code="A", starts_at=now - HOUR, expected_at=now + HOUR, places=places)
    works = {"kind": WORKS, "starts_at": now + DAY, "expected_at": now + DAY + HOUR}
    await make_outage(database, code="B", **works, places=[("Львов", "вул. Садова", "1-9"), ("Одеса", "", "")])
    await make_outage(database, code="C", **works, places=[("с. Далеке", "вул. Центральна", "")])
    kyiv, lviv, nowhere, odesa = await seen(database, clock)
    assert [each.key for each in (kyiv, lviv, odesa)] == ["kyiv", "lviv", "odesa"]
    assert [each.kind for each in (kyiv, lviv, nowhere, odesa)] == [OutageKind.OUTAGE] * 2 + [WORKS] * 2
    assert (nowhere.city, nowhere.name) == (None, {"uk": "с. Далеке"})
    assert lviv.city is not None
    assert (lviv.city.latitude, lviv.city.longitude) == (49.8397, 24.0297)
    assert kyiv.troubles[0].streets == ()
    assert [each.kind for each in lviv.troubles] == [OutageKind.OUTAGE, WORKS]
    # Streets without houses: a house may be one subscriber's address.
    assert lviv.troubles[0].streets == ("вул. Зелена", "вул. Зелена бічна")
    assert (lviv.troubles[0].is_now(now), lviv.troubles[0].is_late(now)) == (True, False)


async def test_what_is_cancelled_ended_or_far_ahead_is_not_there(database: Database, clock: FixedClock):
    now = clock.now()
    await make_outage(database, code="A", starts_at=now - HOUR, is_cancelled=True)
    await make_outage(database, code="B", starts_at=now - DAY, ended_at=now - HOUR)
    await make_outage(database, code="C", kind=WORKS, starts_at=now - DAY, expected_at=now)
    await make_outage(database, code="D", kind=WORKS, starts_at=now + 15 * DAY, expected_at=now + 16 * DAY)
    assert await seen(database, clock) == []
    clock.moment += DAY
    assert [len(each.troubles) for each in await seen(database, clock)] == [1]


async def test_an_outage_that_goes_on_is_late_until_the_file_ends_it(database: Database, clock: FixedClock):
    now = clock.now()
    await make_outage(database, starts_at=now - DAY, expected_at=now - HOUR)
    [kyiv] = await seen(database, clock)
    assert kyiv.troubles[0].is_late(now)


async def test_of_many_streets_and_events_the_first_are_told_and_the_rest_counted(
    database: Database, clock: FixedClock
):
    now = clock.now()
    streets = [("Київ", f"вул. {number}-та", "") for number in range(STREETS_MAX + 3)]
    for code in range(EVENTS_MAX + 2):
        starts_at = now - (code + 1) * HOUR
        await make_outage(database, code=f"K-{code}", starts_at=starts_at, places=streets if code == 0 else streets[:1])
    [kyiv] = await seen(database, clock)
    assert (len(kyiv.troubles), kyiv.more) == (EVENTS_MAX, 2)
    clock.moment = now - HOUR - timedelta(minutes=1)
    await make_outage(database, code="OTHER", starts_at=now, places=[("Львів", *each[1:]) for each in streets])
    lviv = next(each for each in await seen(database, clock) if each.key == "lviv")
    assert (len(lviv.troubles[0].streets), lviv.troubles[0].more_streets) == (STREETS_MAX, 3)


async def test_everybody_shares_one_query_until_it_is_old_or_something_changes(database: Database, clock: FixedClock):
    maps, at = NetworkMaps(database.reading), clock.now()
    asked: list[str] = []
    assert await maps.current(at) == []
    async with database.reading() as session:
        engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    await make_outage(database, starts_at=at, places=[("Київ", "", ""), ("Львів", "", "")])
    asked.clear()
    assert await maps.current(at) == []
    maps.forget()
    assert [each.key for each in await maps.current(at)] == ["kyiv", "lviv"]
    assert len([sql for sql in asked if "outage" in sql]) == 1
    await make_outage(database, code="L", starts_at=at, places=[("Одеса", "", "")])
    assert len(await maps.current(at + FRESH_FOR)) == 3
