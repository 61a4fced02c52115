"""A conversation's page and the desk's: what is shown, what is asked for, what strangers get."""

from datetime import timedelta

import pytest

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.state.desk.chats import DeskChatsState
from mykyivstar.state.desk.moves import DeskMovesState
from mykyivstar.state.support.chat import ChatState
from mykyivstar.state.support.entrance import SupportState
from tests.domain.support.conftest import key
from tests.state.rooms import Rooms


async def test_from_the_picture_to_the_rating(rooms: Rooms) -> None:
    entrance = rooms.tab("/support", actor=rooms.olena)
    await entrance.do(SupportState, "load")
    assert (await entrance.state(SupportState)).waits == {"mobile": 1, "internet": 1, "corporate": 1}
    await entrance.do(SupportState, "ask", specialism="mobile")
    await entrance.do(SupportState, "load")
    code = (await entrance.state(SupportState)).running.rpartition("/")[2]

    mine, desk = rooms.customer(code), rooms.tab("/desk", staff=rooms.solomiia)
    await mine.do(ChatState, "load")
    shown = await mine.state(ChatState)
    assert (shown.phase, shown.position, shown.wait_minutes) == ("waiting", 1, 1)

    await desk.do(DeskChatsState, "load")
    assert [row.code for row in (await desk.state(DeskChatsState)).queue] == [code]
    await desk.do(DeskChatsState, "take", code=code)
    await mine.do(ChatState, "say", key=key(), text="Добрий день", code=code)
    await desk.do(DeskChatsState, "refresh")
    assert [row.text for row in (await desk.state(DeskChatsState)).fresh] == ["Добрий день"]
    await desk.do(DeskChatsState, "say", key=key(), text="Вітаю, Олено", code=code)
    await mine.do(ChatState, "refresh")
    assert [(row.side, row.name, row.text) for row in shown.fresh if row.note == ""] == [
        ("mine", "", "Добрий день"),
        ("theirs", "Соломія", "Вітаю, Олено"),
    ]
    await desk.do(DeskMovesState, "close")
    await mine.do(ChatState, "refresh")
    assert (shown.phase, shown.can_rate) == ("closed", True)
    await mine.do(ChatState, "rate", stars=5)
    assert shown.rating == 5
    await mine.do(ChatState, "rate", stars=1)
    assert (shown.rating, bool(shown.refusal)) == (5, True)


async def test_a_stranger_sees_nothing_and_says_nothing(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    await rooms.says(conversation, "Таємниця")
    stranger = rooms.customer(conversation.code, rooms.taras)
    await stranger.do(ChatState, "load")
    shown = await stranger.state(ChatState)
    assert (shown.standing, shown.settled, shown.fresh) == ("nothing", [], [])
    await stranger.do(ChatState, "say", key=key(), text="Я теж тут", code=conversation.code)
    await stranger.do(ChatState, "sync", have=0)
    await stranger.do(ChatState, "older")
    await stranger.do(ChatState, "leave")
    assert (shown.settled, shown.fresh) == ([], [])
    assert await rooms.texts(conversation) == ["Таємниця"]


async def test_a_consultant_cannot_open_anothers_conversation(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    desk = rooms.tab("/desk", staff=rooms.bohdan)
    await desk.do(DeskChatsState, "open", code=conversation.code)
    shown = await desk.state(DeskChatsState)
    assert (shown.code, shown.settled) == ("", [])
    await desk.do(DeskMovesState, "show_card")
    assert (await desk.state(DeskMovesState)).card is None


async def test_a_browser_that_missed_something_is_sent_it_again(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    tab = rooms.customer(conversation.code)
    await tab.do(ChatState, "load")
    shown = await tab.state(ChatState)
    await rooms.answers(conversation, "Чи чуєте?")
    await tab.do(ChatState, "refresh")
    tab.root._clean()
    await tab.do(ChatState, "sync", have=shown.newest)
    assert not {"settled", "fresh"} & shown.dirty_vars
    await tab.do(ChatState, "sync", have=0)
    assert {"settled", "fresh"} <= shown.dirty_vars


async def test_what_is_refused_for_good_is_told_by_its_key(rooms: Rooms) -> None:
    conversation, own = await rooms.talks(), key()
    tab = rooms.customer(conversation.code)
    await tab.do(ChatState, "load")
    await tab.do(ChatState, "say", key=own, text="щ" * 20_000, code=conversation.code)
    shown = await tab.state(ChatState)
    assert "4" in shown.declined[own]["uk"]
    assert shown.kept == []


async def test_typing_is_told_of_ones_own_conversation_alone(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Subject] = []
    monkeypatch.setattr(wiring, "pass_on", lambda *subjects: told.extend(subjects))
    conversation = await rooms.talks()
    stranger, mine = rooms.customer(conversation.code, rooms.taras), rooms.customer(conversation.code)
    for tab in (stranger, mine):
        await tab.do(ChatState, "load")
        await tab.do(ChatState, "typing")
    assert told == [Subject(Topic.CUSTOMER_TYPES, conversation.id or 0)]


async def test_many_messages_are_all_shown_once_in_order(rooms: Rooms) -> None:
    conversation = await rooms.talks()
    tab = rooms.customer(conversation.code)
    await tab.do(ChatState, "load")
    shown = await tab.state(ChatState)
    for number in range(45):
        say = rooms.answers if number % 3 else rooms.says
        await say(conversation, f"{number}")
        rooms.clock.moment += timedelta(seconds=1)
        await tab.do(ChatState, "refresh")
    assert [row.text for row in [*shown.settled, *shown.fresh] if not row.note] == [f"{n}" for n in range(45)]
    assert len(shown.fresh) <= 20
