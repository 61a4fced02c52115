"""A consultant's lists are read once for all their tabs, and never older than what has changed."""

import asyncio
from datetime import timedelta

import pytest

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.errors import UnknownStaff
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support import conversations, desk, reading
from mykyivstar.state.desk_lists import FRESH_FOR, desk_lists
from tests.state.rooms import Rooms, rooms

__all__ = ["rooms"]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Whose lists were read."""
    whose: list[int] = []
    running = reading.running_at_desk

    async def noted(session, staff, **kwargs):
        whose.append(staff.staff_id)
        await asyncio.sleep(0.01)
        return await running(session, staff, **kwargs)

    monkeypatch.setattr(reading, "running_at_desk", noted)
    return whose


async def has_begun(reads: list[int]) -> None:
    for _ in range(5):
        await asyncio.sleep(0)
    assert len(reads) == 1


async def unread(staff: StaffActor) -> list[int]:
    return [each.unread for each in (await desk_lists.of(staff)).running]


async def test_five_tabs_read_once(rooms: Rooms, reads: list[int]) -> None:
    await rooms.talks()
    assert await asyncio.gather(*(unread(rooms.solomiia) for _ in range(5))) == [[0]] * 5
    assert await unread(rooms.solomiia) == [0]
    assert reads == [rooms.solomiia.staff_id]


async def test_whatever_was_said_is_in_the_next_answer_and_no_reading_of_before(rooms: Rooms, reads: list[int]) -> None:
    talk = await rooms.talks()
    early = asyncio.create_task(unread(rooms.solomiia))
    await has_begun(reads)
    await rooms.says(talk, "Добрий день")
    assert await unread(rooms.solomiia) == [1]
    await early
    assert await unread(rooms.solomiia) == [1]


async def test_a_message_costs_only_those_who_see_it_another_reading(rooms: Rooms, reads: list[int]) -> None:
    talk = await rooms.talks()
    for staff in (rooms.solomiia, rooms.bohdan, rooms.marta):
        await desk_lists.of(staff)
    reads.clear()
    await rooms.says(talk, "Добрий день")
    assert (await unread(rooms.solomiia), await unread(rooms.bohdan), await unread(rooms.marta)) == ([1], [], [1])
    # A lead's lists have everybody's.
    assert reads == [rooms.solomiia.staff_id, rooms.marta.staff_id]


async def test_whoever_joins_the_queue_or_takes_from_it_is_seen_by_all(rooms: Rooms) -> None:
    assert (await desk_lists.of(rooms.solomiia)).waiting == []
    talk = await rooms.asks()
    assert [each.code for each in (await desk_lists.of(rooms.solomiia)).waiting] == [talk.code]
    async with wiring.unit_of_work() as session:
        await desk.take(session, rooms.marta, talk.code, at=rooms.clock.now())
    assert (await desk_lists.of(rooms.solomiia)).waiting == []
    async with wiring.unit_of_work() as session:
        await conversations.leave(session, rooms.olena, talk.code, at=rooms.clock.now())
    assert (await desk_lists.of(rooms.marta)).running == []


async def test_another_process_is_believed_for_two_seconds_at_most(rooms: Rooms) -> None:
    talk = await rooms.talks()
    assert await unread(rooms.solomiia) == [0]
    rooms.database._published = None
    await rooms.says(talk, "Добрий день")
    assert await unread(rooms.solomiia) == [0]
    desk_lists.forget([Subject(Topic.CONVERSATION, talk.id or 0)])
    assert await unread(rooms.solomiia) == [1]
    await rooms.says(talk, "Ви ще тут?")
    rooms.clock.moment += FRESH_FOR - timedelta(milliseconds=1)
    assert await unread(rooms.solomiia) == [1]
    rooms.clock.moment += timedelta(milliseconds=1)
    assert await unread(rooms.solomiia) == [2]


async def test_a_failure_and_a_tab_that_has_gone_spoil_nothing_for_others(rooms: Rooms, reads: list[int]) -> None:
    await rooms.talks()
    nobody = StaffActor(staff_id=404, session_id=1, role=StaffRole.CONSULTANT)
    for _ in range(2):
        with pytest.raises(UnknownStaff):
            await desk_lists.of(nobody)
    first = asyncio.create_task(unread(rooms.solomiia))
    await has_begun(reads)
    others = [asyncio.create_task(unread(rooms.solomiia)) for _ in range(3)]
    await asyncio.sleep(0)
    first.cancel()
    assert await asyncio.gather(*others) == [[0]] * 3
