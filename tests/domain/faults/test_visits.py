"""Technicians' time: the last place of a window is one person's, whoever else wants it at the same moment."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from mykyivstar.domain.faults import notices, visits
from mykyivstar.domain.faults.errors import (
    CapacityTooSmall,
    NoSuchVisit,
    NotBooked,
    VisitMovedOften,
    VisitTaken,
    VisitTooClose,
)
from mykyivstar.domain.faults.models import RequestState, TechnicianSlot
from mykyivstar.domain.faults.terms import VisitTerms
from tests.domain.faults.conftest import ADDRESS, MONDAY_NOON, TERMS, Home
from tests.factories.people import hold, make_account, make_person

ONE = VisitTerms(capacity=1)
AFTERNOON = MONDAY_NOON + timedelta(hours=3)


async def neighbour(home: Home, number: str, *, address: str = ADDRESS) -> Home:
    """Somebody else of the same city."""
    async with home.database.unit_of_work() as session:
        actor = await make_person(session, number)
        account = await make_account(session, number, address=address)
        await hold(session, actor, account)
    return Home(home.database, home.clock, actor, account)


async def booked(home: Home) -> dict[datetime, int]:
    async with home.database.reading() as session:
        return {slot.starts_at: slot.booked for slot in await session.exec(select(TechnicianSlot))}


async def test_windows_begin_three_hours_from_now_and_leave_sundays_out(home: Home):
    async with home.database.reading() as session:
        found = await visits.windows(session, home.account, terms=TERMS, at=home.clock.now())
    assert found[0].starts_at == datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert {window.free for window in found} == {3}
    assert len(found) == 6 * 4
    assert 6 not in {window.starts_at.weekday() for window in found}


async def test_the_last_technician_is_booked_by_one_of_many_at_once(home: Home):
    homes = [home, *[await neighbour(home, f"000900000{number}") for number in range(5)]]
    codes = [(await each.ask(f"form-{number}")).code for number, each in enumerate(homes)]
    tries = [each.book(code, terms=ONE) for each, code in zip(homes, codes, strict=True)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(not isinstance(each, BaseException) for each in done) == 1
    assert all(isinstance(each, VisitTaken) for each in done if isinstance(each, BaseException))
    assert await booked(home) == {MONDAY_NOON: 1}


async def test_two_people_who_change_places_at_once_do_not_wait_for_each_other(home: Home):
    other = await neighbour(home, "0009000001")
    two = VisitTerms(capacity=2)
    mine, theirs = (await home.ask()).code, (await other.ask("form-2")).code
    await home.book(mine, MONDAY_NOON, terms=two)
    await other.book(theirs, AFTERNOON, terms=two)
    async with asyncio.timeout(60):
        await asyncio.gather(home.book(mine, AFTERNOON, terms=two), other.book(theirs, MONDAY_NOON, terms=two))
    assert await booked(home) == {MONDAY_NOON: 1, AFTERNOON: 1}


async def test_a_city_has_its_own_technicians(home: Home):
    far = await neighbour(home, "0009000001", address="Львів, пл. Ринок, 1")
    await home.book((await home.ask()).code, terms=ONE)
    assert (await far.book((await far.ask("form-2")).code, terms=ONE)).state is RequestState.BOOKED


async def test_moving_gives_the_old_place_back_and_the_same_again_changes_nothing(home: Home):
    code = (await home.ask()).code
    await home.book(code)
    await home.book(code)
    await home.book(code, AFTERNOON)
    assert await booked(home) == {MONDAY_NOON: 0, AFTERNOON: 1}
    assert await home.history(code) == ["asked", "booked", "moved"]
    assert await home.told() == ["fault_taken", "fault_booked", "fault_moved"]


async def test_a_move_into_a_full_window_keeps_the_old_visit(home: Home):
    other = await neighbour(home, "0009000001")
    mine = (await home.ask()).code
    await home.book(mine, terms=ONE)
    await other.book((await other.ask("form-2")).code, AFTERNOON, terms=ONE)
    with pytest.raises(VisitTaken):
        await home.book(mine, AFTERNOON, terms=ONE)
    assert await booked(home) == {MONDAY_NOON: 1, AFTERNOON: 1}


async def test_cancelling_frees_the_technician(home: Home):
    code = (await home.ask()).code
    await home.book(code)
    assert (await home.cancel(code)).state is RequestState.CANCELLED
    assert await booked(home) == {MONDAY_NOON: 0}
    assert (await home.told())[-1] == "fault_cancelled"


async def test_shortly_before_the_visit_nothing_is_changed_and_afterwards_it_is_possible_again(home: Home):
    code = (await home.ask()).code
    await home.book(code)
    home.clock.moment = MONDAY_NOON - timedelta(hours=2)
    await home.book(code, AFTERNOON)
    await home.book(code, MONDAY_NOON + timedelta(hours=6))
    home.clock.moment = MONDAY_NOON + timedelta(hours=4, seconds=1)
    for step in (home.book(code, MONDAY_NOON + timedelta(days=1)), home.cancel(code)):
        with pytest.raises(VisitTooClose):
            await step
    # Nobody came.
    home.clock.moment = MONDAY_NOON + timedelta(hours=9)
    assert (await home.book(code, MONDAY_NOON + timedelta(days=1))).state is RequestState.BOOKED


@pytest.mark.parametrize(
    "starts_at",
    [
        datetime(2026, 11, 22, 10, tzinfo=UTC),  # now, and a Sunday
        datetime(2026, 11, 23, 10, 1, tzinfo=UTC),
        datetime(2026, 11, 29, 10, tzinfo=UTC),  # Sunday
        datetime(2026, 12, 8, 10, tzinfo=UTC),  # too far
        datetime(2020, 1, 2, 10, tzinfo=UTC),
        datetime(2026, 11, 23, 22, tzinfo=UTC),
    ],
)
async def test_times_that_are_no_windows_are_refused(home: Home, starts_at: datetime):
    code = (await home.ask()).code
    with pytest.raises(NoSuchVisit):
        await home.book(code, starts_at)
    assert await booked(home) == {}


async def test_one_request_chooses_so_often_and_no_more(home: Home):
    code = (await home.ask()).code
    for number in range(TERMS.choices):
        await home.book(code, MONDAY_NOON + timedelta(days=number % 2))
    with pytest.raises(VisitMovedOften):
        await home.book(code, AFTERNOON)


async def test_the_operator_calls_a_visit_off_and_another_one_is_chosen(home: Home):
    code = (await home.ask()).code
    async with home.database.unit_of_work() as session:
        with pytest.raises(NotBooked):
            await visits.confirm(session, code, at=home.clock.now())
    await home.book(code)
    async with home.database.unit_of_work() as session:
        request = await visits.call_off(session, code, words="Хворий", at=home.clock.now())
    assert (request.state, await booked(home)) == (RequestState.OPEN, {MONDAY_NOON: 0})
    assert (await home.book(code, AFTERNOON)).state is RequestState.BOOKED
    assert await home.history(code) == ["asked", "booked", "cancelled", "booked"]


async def test_what_is_mended_before_the_visit_frees_the_technician(home: Home):
    code = (await home.ask()).code
    await home.book(code)
    async with home.database.unit_of_work() as session:
        await visits.finish(session, code, at=home.clock.now())
    assert await booked(home) == {MONDAY_NOON: 0}


async def test_the_operator_closes_a_window_but_not_below_what_is_booked(home: Home):
    code = (await home.ask()).code
    async with home.database.unit_of_work() as session:
        await visits.set_capacity(session, "київ", MONDAY_NOON, 0, terms=TERMS)
    with pytest.raises(VisitTaken):
        await home.book(code)
    await home.book(code, AFTERNOON)
    async with home.database.unit_of_work() as session:
        with pytest.raises(CapacityTooSmall):
            await visits.set_capacity(session, "київ", AFTERNOON, 0, terms=TERMS)
        with pytest.raises(NoSuchVisit):
            await visits.set_capacity(session, "київ", AFTERNOON + timedelta(minutes=1), 5, terms=TERMS)


async def test_the_evening_before_reminds_of_the_visit_that_still_stands(home: Home):
    code = (await home.ask()).code
    first = (await home.book(code, MONDAY_NOON + timedelta(days=1))).slot_id
    second = (await home.book(code, AFTERNOON + timedelta(days=1))).slot_id
    request_id = (await home.book(code, AFTERNOON + timedelta(days=1))).id
    for slot_id, is_told in ((first, False), (second, True)):
        async with home.database.unit_of_work() as session:
            told = await notices.remind(
                session, request_id=request_id or 0, slot_id=slot_id or 0, at=home.clock.now() + timedelta(days=1)
            )
        assert told is is_told
    assert (await home.told())[-1] == "fault_reminder"
