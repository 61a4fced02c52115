"""What screens ask again and again, on both databases."""

from datetime import timedelta

from mykyivstar.domain.support import desk, reading
from mykyivstar.domain.support.models import Specialism
from mykyivstar.domain.support.reading import AtDesk, Parties
from tests.domain.support.conftest import Hall


async def test_whom_to_tell_of_which_conversation(hall: Hall) -> None:
    taken, waits = await hall.talks(), await hall.asks(hall.taras)
    said = await hall.says(taken, "Добрий день")
    async with hall.database.reading() as session:
        told = await reading.whom_to_tell(session, [taken.id or 0, waits.id or 0, 999])
        nobody = await reading.whom_to_tell(session, [])
        waiting = await reading.who_waits(session)
    assert told[taken.id or 0] == Parties(hall.olena.profile_id, hall.solomiia.staff_id, said)
    assert (told[waits.id or 0].profile_id, told[waits.id or 0].staff_id) == (hall.taras.profile_id, None)
    assert set(told) == {taken.id, waits.id}
    assert (nobody, waiting) == ({}, {hall.taras.profile_id})


async def test_the_queue_of_ones_skills_the_longest_wait_first(hall: Hall) -> None:
    first = await hall.asks()
    hall.clock.moment += timedelta(minutes=1)
    second = await hall.asks(hall.taras, Specialism.INTERNET)
    async with hall.database.reading() as session:
        member = await reading.at_desk(session, hall.bohdan)
        assert member == AtDesk(is_available=True, skills="internet")
        assert [each.code for each in await reading.waiting_at_desk(session, member)] == [second.code]
        everything = await reading.at_desk(session, hall.solomiia)
        assert [each.code for each in await reading.waiting_at_desk(session, everything)] == [first.code, second.code]
        assert await reading.waiting_at_desk(session, AtDesk(is_available=True, skills="")) == []


async def test_a_conversation_stands_the_same_for_both_sides(hall: Hall) -> None:
    conversation = await hall.talks()
    async with hall.database.reading() as session:
        mine = await reading.standing_for_customer(session, hall.olena, conversation.code)
        theirs = await reading.standing_for_staff(session, hall.solomiia, conversation.code)
    assert mine == theirs
    assert (mine.consultant, mine.customer_name, mine.rating) == ("Соломія", "Олена", None)
    async with hall.database.unit_of_work() as session:
        await desk.close(session, hall.solomiia, conversation.code, at=hall.clock.now())
    async with hall.database.reading() as session:
        assert not (await reading.standing_for_customer(session, hall.olena, conversation.code)).state.is_running
