"""Visits at the desk: listed by day, marked, each look written down (A8)."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from mykyivstar.domain.visits import desk, own
from mykyivstar.domain.visits.errors import VisitNotToday, VisitOver
from mykyivstar.domain.visits.models import Visit, VisitLook, VisitState
from mykyivstar.jobs.retention import daily_rules, forget
from mykyivstar.kit.errors import NotFound
from tests.domain.visits.conftest import MONDAY_ELEVEN, MONDAY_TEN, Centre

MONDAY = date(2026, 11, 23)


async def of(centre: Centre, day: date, store: str = "kyiv-centre") -> list[Visit]:
    async with centre.database.unit_of_work() as session:
        return list(await desk.of_day(session, centre.solomiia, store, day, at=centre.clock.now()))


async def mark(centre: Centre, visit: Visit, state: VisitState = VisitState.CAME) -> Visit:
    async with centre.database.unit_of_work() as session:
        return await desk.mark(session, centre.solomiia, visit.number, state, at=centre.clock.now())


async def test_the_visits_of_a_day_in_their_order_and_the_look_is_written_down(centre: Centre) -> None:
    late, early = await centre.book(MONDAY_ELEVEN), await centre.book(MONDAY_TEN, phone="067 100 00 78")
    await centre.book(MONDAY_TEN + timedelta(days=1), phone="067 100 00 79", visitor="another")
    assert [each.number for each in await of(centre, MONDAY)] == [early.number, late.number]
    assert await of(centre, MONDAY, "kyiv-02") == []
    with pytest.raises(NotFound):
        await of(centre, MONDAY, "nowhere")
    async with centre.database.reading() as session:
        looks = (await session.exec(select(VisitLook))).all()
        assert [each.code for each in await desk.centres(session, centre.clock.now())] == ["kyiv-centre"]
    assert [(each.staff_id, each.day) for each in looks] == [(centre.solomiia.staff_id, MONDAY)] * 2


async def test_marked_on_its_day_and_a_slip_is_put_right(centre: Centre) -> None:
    visit = await centre.book()
    with pytest.raises(VisitNotToday):
        await mark(centre, visit)
    centre.clock.moment = MONDAY_TEN - timedelta(minutes=5)
    assert (await mark(centre, visit, VisitState.ABSENT)).state is VisitState.ABSENT
    marked = await mark(centre, visit)
    assert (marked.state, marked.staff_id, marked.open_phone) == (VisitState.CAME, centre.solomiia.staff_id, None)
    assert (await centre.book(MONDAY_ELEVEN)).id != visit.id
    with pytest.raises(NotFound):
        await mark(centre, Visit(number="V-XXXXXX"))  # type: ignore[call-arg]


async def test_a_cancelled_one_is_not_marked(centre: Centre) -> None:
    visit = await centre.book()
    async with centre.database.unit_of_work() as session:
        await own.cancel(session, visit.code, at=centre.clock.now())
    centre.clock.moment = MONDAY_TEN
    with pytest.raises(VisitOver):
        await mark(centre, visit)


async def test_old_visits_are_forgotten_after_ninety_days(centre: Centre) -> None:
    await centre.book()
    centre.clock.moment = MONDAY_TEN + timedelta(days=89)
    for left in (1, 0):
        for rule in daily_rules(centre.clock.now()):
            if rule.table.__tablename__.startswith("store_visit"):
                await forget(centre.database, rule)
        assert len(await centre.visits()) == left
        centre.clock.moment += timedelta(days=2)
