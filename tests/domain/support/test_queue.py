"""The queue: places, waits, who takes whom, handing over, ends and ratings."""

import asyncio
from datetime import timedelta

import pytest

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.staff.errors import StaffRoleNeeded, UnknownStaff
from mykyivstar.domain.support import conversations, desk, queue, reading
from mykyivstar.domain.support.conversations import Said
from mykyivstar.domain.support.errors import (
    ConversationClosed,
    NothingToRate,
    NotTheirSkill,
    RatedAlready,
    TakenAlready,
    TooManyChats,
)
from mykyivstar.domain.support.models import Author, ConversationState, Specialism
from mykyivstar.kit.errors import NotFound
from tests.domain.support.conftest import EVERYTHING, Hall
from tests.factories.people import make_person


async def test_there_is_one_conversation_at_a_time(hall: Hall) -> None:
    begun = await asyncio.gather(*[hall.asks() for _ in range(5)])
    assert len({each.id for each in begun}) == 1
    assert (await hall.asks(hall.taras)).id != begun[0].id


async def test_places_are_by_specialist_and_in_order_of_coming(hall: Hall) -> None:
    first = await hall.asks()
    hall.clock.moment += timedelta(seconds=1)
    second = await hall.asks(hall.taras)
    async with hall.database.unit_of_work() as session:
        third = await make_person(session, "third")
    other = await hall.asks(third, Specialism.INTERNET)
    async with hall.database.reading() as session:
        places = [await queue.place_of(session, each, at=hall.clock.now()) for each in (first, second, other)]
    assert [place.position for place in places] == [1, 2, 1]


async def test_the_wait_is_short_while_somebody_is_free_and_grows_with_the_queue(hall: Hall) -> None:
    at = hall.clock.now()
    async with hall.database.reading() as session:
        waits = [await queue.expected_wait(session, Specialism.MOBILE, n, at=at) for n in (1, 8, 9, 17)]
        # Everybody's desk has been closed for a while.
        gone = await queue.expected_wait(session, Specialism.MOBILE, 1, at=at + timedelta(minutes=5))
    assert waits == [timedelta(seconds=30), timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=10)]
    assert gone == timedelta(minutes=5)


async def test_only_one_of_many_takes_a_customer(hall: Hall) -> None:
    conversation = await hall.asks()
    members = [await hall.member(f"member{n}", f"M{n}", EVERYTHING) for n in range(6)]

    async def take(who: int) -> object:
        async with hall.database.unit_of_work() as session:
            return await desk.take(session, members[who], conversation.code, at=hall.clock.now())

    done = await asyncio.gather(*[take(n) for n in range(6)], return_exceptions=True)
    assert sum(not isinstance(each, Exception) for each in done) == 1
    assert all(isinstance(each, TakenAlready | NotFound) for each in done if isinstance(each, Exception))
    assert await hall.notes(conversation) == ["started", "taken"]


async def test_the_next_is_the_one_who_waits_longest_for_one_of_the_skills(hall: Hall) -> None:
    await hall.asks()
    hall.clock.moment += timedelta(seconds=1)
    internet = await hall.asks(hall.taras, Specialism.INTERNET)
    async with hall.database.unit_of_work() as session:
        taken = await desk.take_next(session, hall.bohdan, at=hall.clock.now())
    assert taken is not None
    assert taken.id == internet.id
    async with hall.database.unit_of_work() as session:
        assert await desk.take_next(session, hall.bohdan, at=hall.clock.now()) is None


async def test_a_consultant_without_the_skill_cannot_take_it(hall: Hall) -> None:
    conversation = await hall.asks()
    async with hall.database.unit_of_work() as session:
        with pytest.raises(NotTheirSkill):
            await desk.take(session, hall.bohdan, conversation.code, at=hall.clock.now())


async def test_nobody_has_more_conversations_than_the_account_allows(hall: Hall) -> None:
    single = await hall.member("single", "Одна", EVERYTHING, capacity=1)
    await hall.asks()
    second = await hall.asks(hall.taras)
    async with hall.database.unit_of_work() as session:
        await desk.take_next(session, single, at=hall.clock.now())
    async with hall.database.unit_of_work() as session:
        with pytest.raises(TooManyChats):
            await desk.take(session, single, second.code, at=hall.clock.now())


async def test_a_conversation_is_handed_over_with_all_that_was_said(hall: Hall) -> None:
    conversation = await hall.talks()
    await hall.says(conversation, "Мене передають?")
    async with hall.database.unit_of_work() as session:
        await desk.hand_over(session, hall.solomiia, conversation.code, to=hall.marta.staff_id, at=hall.clock.now())
    stands = await hall.now(conversation)
    assert (stands.state, stands.staff_id) == (ConversationState.OPEN, hall.marta.staff_id)
    assert await hall.texts(conversation) == ["Мене передають?"]
    assert (await hall.notes(conversation))[-1] == "handed_over"
    async with hall.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await desk.close(session, hall.solomiia, conversation.code, at=hall.clock.now())


async def test_it_is_handed_over_only_to_whom_it_fits_and_by_whose_it_is(hall: Hall) -> None:
    conversation = await hall.talks()
    at = hall.clock.now()
    async with hall.database.unit_of_work() as session:
        with pytest.raises(NotTheirSkill):
            await desk.hand_over(session, hall.solomiia, conversation.code, to=hall.bohdan.staff_id, at=at)
        with pytest.raises(UnknownStaff):
            await desk.hand_over(session, hall.solomiia, conversation.code, to=9999, at=at)
        with pytest.raises(NotFound):
            await desk.hand_over(session, hall.bohdan, conversation.code, to=hall.solomiia.staff_id, at=at)


async def test_back_in_the_queue_it_keeps_its_place_of_the_beginning(hall: Hall) -> None:
    conversation = await hall.talks()
    hall.clock.moment += timedelta(minutes=1)
    later = await hall.asks(hall.taras, Specialism.INTERNET)
    async with hall.database.unit_of_work() as session:
        await desk.back_to_queue(
            session, hall.solomiia, conversation.code, specialism=Specialism.INTERNET, at=hall.clock.now()
        )
    async with hall.database.reading() as session:
        waiting = await queue.waiting(session, ["internet"])
    assert [each.id for each in waiting] == [conversation.id, later.id]


async def test_a_lead_takes_over_and_a_consultant_does_not(hall: Hall) -> None:
    conversation = await hall.talks()
    async with hall.database.unit_of_work() as session:
        with pytest.raises(StaffRoleNeeded):
            await desk.take_over(session, hall.bohdan, conversation.code, at=hall.clock.now())
    async with hall.database.unit_of_work() as session:
        await desk.take_over(session, hall.marta, conversation.code, at=hall.clock.now())
    assert (await hall.now(conversation)).staff_id == hall.marta.staff_id


async def test_the_desk_lists_ones_own_and_a_lead_everybodys(hall: Hall) -> None:
    conversation = await hall.talks()
    await hall.says(conversation, "1")
    await hall.says(conversation, "2")
    async with hall.database.reading() as session:
        mine = await reading.running_at_desk(session, hall.solomiia)
        assert [(entry.conversation.id, entry.unread) for entry in mine] == [(conversation.id, 2)]
        assert await reading.running_at_desk(session, hall.bohdan) == []
        assert len(await reading.running_at_desk(session, hall.marta, everybody=True)) == 1


async def test_a_conversation_is_rated_once_after_its_end(hall: Hall) -> None:
    conversation = await hall.talks()
    await hall.answers(conversation, "Готово")
    at = hall.clock.now()
    async with hall.database.unit_of_work() as session:
        with pytest.raises(NothingToRate):
            await conversations.rate(session, hall.olena, conversation.code, stars=5, at=at)
    async with hall.database.unit_of_work() as session:
        await conversations.leave(session, hall.olena, conversation.code, at=at)

    async def rate(stars: conversations.Stars) -> None:
        async with hall.database.unit_of_work() as session:
            await conversations.rate(session, hall.olena, conversation.code, stars=stars, at=at)

    done = await asyncio.gather(rate(4), rate(4), rate(4), return_exceptions=True)
    assert sorted(isinstance(each, RatedAlready) for each in done) == [False, True, True]
    with pytest.raises(RatedAlready):
        await rate(1)
    assert (await hall.now(conversation)).rating == 4


async def test_nobody_rates_anothers_conversation(hall: Hall) -> None:
    conversation = await hall.talks()
    await hall.answers(conversation, "Готово")
    async with hall.database.unit_of_work() as session:
        await conversations.leave(session, hall.olena, conversation.code, at=hall.clock.now())
    async with hall.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await conversations.rate(session, hall.taras, conversation.code, stars=1, at=hall.clock.now())


async def test_who_left_the_queue_is_neither_taken_nor_rated(hall: Hall) -> None:
    conversation = await hall.asks()
    async with hall.database.unit_of_work() as session:
        await conversations.leave(session, hall.olena, conversation.code, at=hall.clock.now())
    async with hall.database.unit_of_work() as session:
        with pytest.raises((TakenAlready, NotFound)):
            await desk.take(session, hall.solomiia, conversation.code, at=hall.clock.now())
        with pytest.raises(NothingToRate):
            await conversations.rate(session, hall.olena, conversation.code, stars=5, at=hall.clock.now())
        with pytest.raises(ConversationClosed):
            await desk.back_to_queue(
                session, hall.marta, conversation.code, specialism=Specialism.MOBILE, at=hall.clock.now()
            )


async def test_it_ends_once_whoever_ends_it(hall: Hall) -> None:
    conversation = await hall.talks()

    async def by_customer() -> None:
        async with hall.database.unit_of_work() as session:
            await conversations.leave(session, hall.olena, conversation.code, at=hall.clock.now())

    async def by_staff() -> None:
        async with hall.database.unit_of_work() as session:
            await desk.close(session, hall.solomiia, conversation.code, at=hall.clock.now())

    await asyncio.gather(by_customer(), by_staff(), by_customer())
    assert sum(note.startswith("closed") for note in await hall.notes(conversation)) == 1


async def test_a_silent_conversation_ends_after_a_day_and_one_that_waits_for_us_does_not(hall: Hall) -> None:
    silent, waiting = await hall.talks(), await hall.talks(hall.taras)
    await hall.answers(silent, "Чи все гаразд?")
    hall.clock.moment += timedelta(days=1, seconds=1)
    async with hall.database.unit_of_work() as session:
        assert await conversations.close_the_silent(session, at=hall.clock.now()) == 1
    assert (await hall.now(silent)).state is ConversationState.CLOSED
    assert (await hall.now(waiting)).state is ConversationState.OPEN


async def test_what_was_said_to_the_assistant_stands_above_the_conversation(hall: Hall) -> None:
    at = hall.clock.now()
    before = [
        Said(Author.CUSTOMER, "Коли списання?", at, "talk-0001"),
        Said(Author.ASSISTANT, "1 грудня.", at, "talk-0002"),
    ]
    async with hall.database.unit_of_work() as session:
        conversation = await conversations.start(
            session,
            hall.olena,
            specialism=Specialism.MOBILE,
            language=Language.UK,
            transcript=before,
            at=at,
        )
    assert await hall.texts(conversation) == ["Коли списання?", "1 грудня."]
