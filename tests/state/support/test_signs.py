"""Small signs between the two who talk: seen, typing, being there; from strangers, of odd types, and twice."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.staff.models import StaffMember, StaffRole
from mykyivstar.domain.support import desk
from mykyivstar.domain.support.models import Conversation
from mykyivstar.guard.action import policy_of
from mykyivstar.state.desk.chats import DeskChatsState
from mykyivstar.state.live_support import just_said, open_at_desk
from mykyivstar.state.support.chat import ChatState
from mykyivstar.state.support.marks import marks
from tests.domain.support.conftest import key
from tests.state.rooms import Rooms
from tests.state.tab import Tab


@pytest.fixture(autouse=True)
def nothing_is_open() -> Iterator[None]:
    marks.__init__(marks._write)  # type: ignore[misc]
    for kept in (open_at_desk, just_said):
        kept.clear()
    yield
    for kept in (open_at_desk, just_said):
        kept.clear()


@pytest.fixture
def told(rooms: Rooms) -> list[Subject]:
    """What open screens hear of."""
    heard: list[Subject] = []

    def hear(subjects: list[Subject]) -> None:
        heard.extend(subjects)
        wiring._publish(subjects)

    rooms.database._published = hear
    return heard


async def loaded(rooms: Rooms, conversation: Conversation) -> Tab:
    tab = rooms.customer(conversation.code)
    await tab.do(ChatState, "load")
    return tab


async def at_desk(rooms: Rooms, conversation: Conversation, staff: Any = None) -> Tab:
    tab = rooms.tab("/desk", staff=staff or rooms.solomiia)
    await tab.do(DeskChatsState, "load")
    await tab.do(DeskChatsState, "open", code=conversation.code)
    return tab


async def seen_at(rooms: Rooms) -> Any:
    async with rooms.database.reading() as session:
        return (await session.get_one(StaffMember, rooms.solomiia.staff_id)).seen_at


async def test_what_a_customer_saw_is_told_once_and_never_goes_back(rooms: Rooms, told: list[Subject]) -> None:
    conversation = await rooms.talks()
    first, second = await rooms.answers(conversation, "1"), await rooms.answers(conversation, "2")
    tab = await loaded(rooms, conversation)
    told.clear()
    for message_id in (second, second, first, second + 1000, -1, 0):
        await tab.do(ChatState, "saw", message_id=message_id)
    await marks.keep()
    await tab.do(ChatState, "saw", message_id=first)
    await marks.keep()
    assert (await rooms.now(conversation)).customer_saw == second
    assert told == [Subject(Topic.CUSTOMER_SAW, conversation.id or 0)]


async def test_nobody_says_that_another_has_seen_something(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    said = await rooms.answers(conversation, "Чи чуєте?")
    before = await rooms.now(conversation)
    stranger = rooms.customer(conversation.code, rooms.taras)
    await stranger.do(ChatState, "load")
    await stranger.do(ChatState, "saw", message_id=said)
    own = await rooms.asks(rooms.taras)
    theirs = rooms.customer(own.code, rooms.taras)
    await theirs.do(ChatState, "load")
    # A message of somebody else's conversation is none of one's own.
    await theirs.do(ChatState, "saw", message_id=said)
    for staff in (rooms.bohdan, rooms.marta):
        desk_tab = await at_desk(rooms, conversation, staff)
        await desk_tab.do(DeskChatsState, "saw", message_id=said)
    await marks.keep()
    after = await rooms.now(conversation)
    assert (after.customer_saw, after.staff_saw) == (before.customer_saw, before.staff_saw)
    assert (await rooms.now(own)).customer_saw < said


async def test_what_the_consultant_saw_is_no_longer_unread_and_told_once(rooms: Rooms, told: list[Subject]) -> None:
    conversation = await rooms.talks()
    tab = await at_desk(rooms, conversation)
    said = await rooms.says(conversation, "Добрий день")
    await tab.do(DeskChatsState, "refresh")
    shown = await tab.state(DeskChatsState)
    assert [row.unread for row in shown.chats] == [1]
    told.clear()
    for _ in range(2):
        await tab.do(DeskChatsState, "saw", message_id=said)
    await marks.keep()
    assert (await rooms.now(conversation)).staff_saw == said
    assert told == [Subject(Topic.STAFF_SAW, conversation.id or 0)]
    await tab.do(DeskChatsState, "refresh_lists")
    assert [row.unread for row in shown.chats] == [0]


async def test_whoever_has_handed_it_over_sees_nothing_more_of_it(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    tab = await at_desk(rooms, conversation)
    async with rooms.database.unit_of_work() as session:
        await desk.take_over(session, rooms.marta, conversation.code, at=rooms.clock.now())
    said = await rooms.says(conversation, "Таємниця")
    await tab.do(DeskChatsState, "saw", message_id=said)
    await marks.keep()
    assert (await rooms.now(conversation)).staff_saw < said
    await tab.do(DeskChatsState, "refresh_talk")
    shown = await tab.state(DeskChatsState)
    assert (shown.code, shown.settled, shown.fresh) == ("", [], [])


async def test_typing_shows_in_its_own_conversation_alone(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    for tab, kind in (
        (await loaded(rooms, conversation), ChatState),
        (await at_desk(rooms, conversation), DeskChatsState),
    ):
        shown: Any = await tab.state(kind)
        await tab.do(kind, "they_type", conversation_id=(conversation.id or 0) + 1)
        assert shown.typed_at == ""
        await tab.do(kind, "they_type", conversation_id=conversation.id)
        assert shown.typed_at == rooms.clock.now().isoformat()
        rooms.clock.moment += timedelta(seconds=3)
        await tab.do(kind, "they_type", conversation_id=conversation.id)
        assert shown.typed_at == rooms.clock.now().isoformat()


async def test_typing_ends_with_the_message(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    tab = await loaded(rooms, conversation)
    await tab.do(ChatState, "they_type", conversation_id=conversation.id)
    await rooms.answers(conversation, "Вітаю")
    await tab.do(ChatState, "refresh")
    assert (await tab.state(ChatState)).typed_at == ""


@pytest.mark.parametrize("odd", ["1", None, 1.5, [1], {}, True])
async def test_a_sign_that_is_no_number_changes_nothing(rooms: Rooms, odd: Any) -> None:
    conversation = await rooms.talks()
    await rooms.answers(conversation, "Вітаю")
    before = await rooms.now(conversation)
    mine, theirs = await loaded(rooms, conversation), await at_desk(rooms, conversation)
    for tab, kind in ((mine, ChatState), (theirs, DeskChatsState)):
        shown: Any = await tab.state(kind)
        await tab.do(kind, "they_type", conversation_id=odd)
        assert (shown.typed_at, bool(shown.refusal)) == ("", True)
        await tab.do(kind, "saw", message_id=odd)
    await marks.keep()
    after = await rooms.now(conversation)
    assert (after.customer_saw, after.staff_saw) == (before.customer_saw, before.staff_saw)


async def test_the_desk_is_open_in_a_browser_and_that_is_written_now_and_then(rooms: Rooms) -> None:
    tab, first = rooms.tab("/desk", staff=rooms.solomiia), await seen_at(rooms)
    rooms.clock.moment += timedelta(seconds=20)
    await tab.do(DeskChatsState, "beat")
    assert await seen_at(rooms) == first
    rooms.clock.moment += timedelta(seconds=20)
    await tab.do(DeskChatsState, "beat")
    await tab.do(DeskChatsState, "beat")
    assert await seen_at(rooms) == first + timedelta(seconds=40)


async def test_taking_conversations_is_switched_off_and_on(rooms: Rooms) -> None:
    tab = rooms.tab("/desk", staff=rooms.solomiia)
    shown = await tab.state(DeskChatsState)
    for wanted in (False, False, True):
        await tab.do(DeskChatsState, "set_available", is_available=wanted)
        assert shown.is_available is wanted
        async with rooms.database.reading() as session:
            assert (await desk.member_of(session, rooms.solomiia)).is_available is wanted
            assert (await desk.member_of(session, rooms.bohdan)).is_available


@pytest.mark.parametrize("odd", ["false", 0, None, []])
async def test_a_switch_that_is_neither_on_nor_off_changes_nothing(rooms: Rooms, odd: Any) -> None:
    tab = rooms.tab("/desk", staff=rooms.solomiia)
    await tab.do(DeskChatsState, "set_available", is_available=odd)
    async with rooms.database.reading() as session:
        assert (await desk.member_of(session, rooms.solomiia)).is_available
    assert (await tab.state(DeskChatsState)).refusal


async def test_a_message_goes_where_it_was_written_though_another_is_open_by_now(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    other = await rooms.talks(rooms.taras)
    tab = await at_desk(rooms, conversation)
    await tab.do(DeskChatsState, "open", code=other.code)
    await tab.do(DeskChatsState, "say", key=key(), text="Лише для Олени", code=conversation.code)
    assert (await rooms.texts(conversation), await rooms.texts(other)) == (["Лише для Олени"], [])
    # Not even with an address can one write into what another member has.
    strangers = rooms.tab("/desk", staff=rooms.bohdan)
    await strangers.do(DeskChatsState, "say", key=key(), text="Я теж", code=conversation.code)
    assert await rooms.texts(conversation) == ["Лише для Олени"]


async def test_after_the_process_was_lost_a_message_still_arrives(rooms: Rooms) -> None:
    conversation, own = await rooms.talks(), key()
    # A new state, as a restarted process makes it; the page sends what was not kept before anything is open again.
    tab = rooms.tab("/desk", staff=rooms.solomiia)
    await tab.do(DeskChatsState, "say", key=own, text="Після перезапуску", code=conversation.code)
    await tab.do(DeskChatsState, "open", code=conversation.code)
    assert await rooms.texts(conversation) == ["Після перезапуску"]
    assert own in (await tab.state(DeskChatsState)).kept


def test_signs_want_a_session_each_of_its_own_side() -> None:
    for name in ("saw", "they_type", "typing", "say", "sync", "older"):
        policy = policy_of(ChatState.event_handlers[name].fn)
        assert policy is not None, name
        assert not policy.is_public, name
        assert policy.staff is None, name
    for name in ("beat", "set_available", "saw", "they_type", "typing", "say", "sync", "refresh_lists", "refresh_talk"):
        policy = policy_of(DeskChatsState.event_handlers[name].fn)
        assert policy is not None, name
        assert policy.staff is StaffRole.CONSULTANT, name
