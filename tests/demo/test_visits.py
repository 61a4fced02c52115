"""Visits of the demo: three of them, on the next open day, once (A8)."""

from datetime import timedelta

from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.demo import visits
from mykyivstar.domain.visits.models import Visit, VisitSlot, VisitState
from tests.demo.conftest import NOON


async def coming(demo: Database) -> list[Visit]:
    async with demo.reading() as session:
        return list(await session.exec(select(Visit).where(Visit.state == VisitState.BOOKED)))


async def test_three_people_come_to_a_centre_and_their_places_are_taken(demo: Database) -> None:
    found = await coming(demo)
    assert len({each.purpose for each in found}) == len(found) == 3
    assert len({each.store_id for each in found}) == 1
    assert all(NOON - timedelta(days=1) < each.starts_at < NOON + timedelta(days=7) for each in found)
    async with demo.reading() as session:
        slots = (await session.exec(select(VisitSlot))).all()
    assert sorted(each.booked for each in slots) == [1, 2]


async def test_another_day_has_visits_of_its_own(demo: Database) -> None:
    before = {each.number for each in await coming(demo)}
    for days in (0, 7, 7):
        async with demo.unit_of_work() as session:
            await visits.add_visits(session, NOON + timedelta(days=days))
    after = {each.number for each in await coming(demo)}
    assert len(after) == 3
    assert not before & after
