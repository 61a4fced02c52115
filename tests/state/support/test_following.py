"""Which tabs are told of what: the two who talk, the tab that shows it, and nobody twice."""

from collections.abc import Iterator
from typing import Any

import pytest

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.support.models import Conversation
from mykyivstar.guard.connections import Connection, connections, desk_connections
from mykyivstar.state import live_support
from mykyivstar.state.desk import chats, tickets  # noqa: F401  -- they say what brings them up to date
from mykyivstar.state.live import refreshers
from mykyivstar.state.live_support import just_said, open_at_desk
from mykyivstar.state.support import chat  # noqa: F401
from tests.state.rooms import Rooms

LISTS, TALK = "refresh_lists", "refresh_talk"


@pytest.fixture(autouse=True)
def an_empty_house() -> Iterator[None]:
    def leave() -> None:
        for each in (connections, desk_connections):
            each.still_here([])
        for kept in (open_at_desk, just_said):
            kept.clear()

    leave()
    yield
    leave()


async def told(*subjects: Subject) -> dict[str, list[str]]:
    """What each tab is sent, by its token."""
    sent: dict[str, list[str]] = {}

    async def send(_app: Any, to: Connection[Any], specs: Any) -> None:
        names = [spec.handler.fn.__name__ for spec in specs]
        if names:
            sent.setdefault(to.token, []).extend(names)

    await live_support.follow_conversations(None, subjects, send, refreshers)
    return sent


async def everybody_comes(rooms: Rooms) -> tuple[Conversation, Conversation]:
    """Olena and Taras each talk to Solomiia, who has each in a tab; Bohdan and Marta sit at the desk."""
    first, second = await rooms.talks(), await rooms.talks(rooms.taras)
    for token, who, talk in (("olena", rooms.olena, first), ("taras", rooms.taras, second)):
        connections.seen(token, who, {"pathname": f"/support/chat/{talk.code}"})
    connections.seen("olena at home", rooms.olena, {"pathname": "/home"})
    for token, staff in (("one", rooms.solomiia), ("two", rooms.solomiia), ("bohdan", rooms.bohdan)):
        desk_connections.seen(token, staff, {"pathname": "/desk"})
    desk_connections.seen("tickets", rooms.solomiia, {"pathname": "/desk/tickets"})
    desk_connections.seen("marta", rooms.marta, {"pathname": "/desk"})
    open_at_desk.update({"one": first.id or 0, "two": second.id or 0, "marta": first.id or 0})
    return first, second


async def test_a_message_is_news_for_the_two_and_for_a_lead_who_looks_on(rooms: Rooms) -> None:
    first, _ = await everybody_comes(rooms)
    await rooms.says(first, "Добрий день")
    sent = await told(Subject(Topic.CONVERSATION, first.id or 0))
    assert {token: names for token, names in sent.items() if token != "tickets"} == {
        "olena": ["refresh"],
        "one": ["refresh"],
        "two": [LISTS],
        "marta": [TALK],
    }


async def test_whoever_said_it_knows_until_somebody_else_speaks(rooms: Rooms) -> None:
    first, _ = await everybody_comes(rooms)
    changed = Subject(Topic.CONVERSATION, first.id or 0)
    just_said["olena"] = await rooms.says(first, "1")
    assert "olena" not in await told(changed)
    just_said["one"] = await rooms.answers(first, "2")
    sent = await told(changed)
    assert (sent["olena"], sent["one"]) == (["refresh"], [LISTS])
    # Two messages in one batch: the newest is not hers.
    just_said["olena"] = await rooms.says(first, "3")
    await rooms.answers(first, "4")
    assert "olena" in await told(changed, changed)


async def test_seen_marks_go_to_the_other_side(rooms: Rooms) -> None:
    first, _ = await everybody_comes(rooms)
    just_said["olena"] = await rooms.says(first, "1")
    assert await told(Subject(Topic.STAFF_SAW, first.id or 0)) == {
        "olena": ["refresh"],
        "one": [LISTS],
        "marta": [LISTS],
    }
    assert await told(Subject(Topic.CUSTOMER_SAW, first.id or 0)) == {"one": [TALK], "marta": [TALK]}


async def test_typing_shows_where_the_conversation_is_open(rooms: Rooms) -> None:
    first, _ = await everybody_comes(rooms)
    assert await told(Subject(Topic.CUSTOMER_TYPES, first.id or 0)) == {"one": ["they_type"]}
    assert await told(Subject(Topic.STAFF_TYPES, first.id or 0)) == {"olena": ["they_type"]}


async def test_a_queue_is_news_for_everybody_at_the_desk_and_for_who_waits(rooms: Rooms) -> None:
    first, _ = await everybody_comes(rooms)
    sent = await told(Subject(Topic.DESK, 0))
    assert {token for token in sent if token != "tickets"} == {"one", "two", "bohdan", "marta"}
    assert all(names == [LISTS] for token, names in sent.items() if token != "tickets")
    assert await told(Subject(Topic.CONVERSATION, 999), Subject(Topic.PROFILE, first.profile_id)) == {}
