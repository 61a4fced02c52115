"""The list of notices, the switches, and the marks that follow people from page to page (M5)."""

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.notices import inbox
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.guard.connections import connections
from mykyivstar.kit.clock import FixedClock
from mykyivstar.state.live import follow
from mykyivstar.state.notices import marks
from mykyivstar.state.notices.choices import NoticeChoicesState, TopicRow
from mykyivstar.state.notices.list import NoticesState
from mykyivstar.state.notices.marks import NewsState
from tests.factories.people import make_person
from tests.state.conftest import Tab

TICKET = "ticket:abc"


@pytest.fixture
async def olena(world: Database) -> AsyncIterator[Tab]:
    async with world.unit_of_work() as session:
        actor = await make_person(session)
    connections.still_here([])
    marks._marked.clear()
    yield Tab(actor)
    connections.still_here([])
    await marks._arrived.keep()


async def put(world: Database, tab: Tab, clock: FixedClock, about: str = TICKET) -> None:
    template = SmsTemplate.TICKET_ANSWERED if about else SmsTemplate.INTERNET_ON
    async with world.unit_of_work() as session:
        number = "T-000001" if about else "0004477622"
        await inbox.put(session, whose(tab), template, {"number": number}, at=clock.now(), about=about)


def whose(tab: Tab) -> int:
    assert tab.who.actor is not None
    return tab.who.actor.profile_id


async def sent(*subjects: Subject) -> dict[str, list[str]]:
    """What every connected tab is sent, by its token."""
    found: dict[str, list[str]] = {}

    async def enqueue(token: str, event: Any) -> None:
        found.setdefault(token, []).append(event.name.rpartition(".")[2])

    tokens = {connection.token: "sid" for connection in connections}
    app = SimpleNamespace(
        event_namespace=SimpleNamespace(token_to_sid=tokens), event_processor=SimpleNamespace(enqueue=enqueue)
    )
    await follow(app, subjects)
    return found


async def test_the_list_says_what_the_sms_says_in_each_language_and_is_seen_by_being_opened(
    world: Database, clock: FixedClock, olena: Tab
) -> None:
    await put(world, olena, clock, about="")
    await put(world, olena, clock)
    await olena.do(NoticesState.load)
    first, second = (await olena.see(NoticesState)).notices
    assert (first.href, first.topic, first.is_new) == ("/support/tickets/abc", "requests", True)
    assert (second.href, second.topic) == ("/internet", "internet")
    assert "T-000001" in first.text["uk"]
    assert len({first.text[language] for language in ("uk", "en", "ru")}) == 3
    await olena.do(NoticesState.refresh)
    assert [each.is_new for each in (await olena.see(NoticesState)).notices] == [True, True]
    await olena.do(NoticesState.load)
    assert [each.is_new for each in (await olena.see(NoticesState)).notices] == [False, False]
    await olena.do(NewsState.look)
    assert (await olena.see(NewsState)).unseen == 0


async def test_every_switch_is_kept_and_letters_need_an_address(world: Database, olena: Tab) -> None:
    await olena.do(NoticeChoicesState.load)
    await olena.do(NoticeChoicesState.choose, topic="money", way="sms", is_on=False)
    await olena.do(NoticeChoicesState.choose, topic="money", way="email", is_on=True)
    shown = await olena.see(NoticeChoicesState)
    assert shown.topics[0] == TopicRow("money", sms=False, email=False, app=True)
    assert shown.refusal["en"].startswith("Your profile has no e-mail address yet.")
    async with world.unit_of_work() as session:
        (await session.get_one(Profile, whose(olena))).contact_email = "olena@example.com"
    await olena.do(NoticeChoicesState.choose, topic="money", way="email", is_on=True)
    shown = await olena.see(NoticeChoicesState)
    assert (shown.topics[0].email, shown.email, shown.refusal) == (True, "olena@example.com", {})


async def test_whatever_page_somebody_is_on_is_told_and_nobody_else(
    world: Database, clock: FixedClock, olena: Tab
) -> None:
    assert olena.who.actor is not None
    async with world.unit_of_work() as session:
        taras = await make_person(session, "taras")
    connections.seen("help", olena.who.actor, {"pathname": "/help"})
    connections.seen("list", olena.who.actor, {"pathname": "/notifications"})
    connections.seen("taras", taras, {"pathname": "/home"})
    await put(world, olena, clock)
    told = await sent(inbox.subject(whose(olena)))
    assert told == {"help": ["look"], "list": ["look", "refresh"]}
    await olena.do(NewsState.look)
    news = await olena.see(NewsState)
    assert (news.unseen, news.ticket, news.application) == (1, True, False)


async def test_a_tab_that_has_come_is_told_only_of_what_waits(
    world: Database, clock: FixedClock, olena: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[Subject] = []
    monkeypatch.setattr(wiring, "pass_on", lambda *subjects: passed.extend(subjects))
    assert olena.who.actor is not None

    async def comes(token: str) -> list[Subject]:
        connections.seen(token, olena.who.actor or Actor(0, 0), {"pathname": "/home"})
        await marks._arrived.keep()
        found, passed[:] = list(passed), []
        return found

    assert await comes("one") == []
    await put(world, olena, clock)
    assert await comes("one") == []
    assert await comes("two") == [Subject(Topic.NOTICES, whose(olena))]
    # It was marked, and looked at elsewhere while it was away: what it still shows has to go.
    await olena.do(NewsState.look)
    async with world.unit_of_work() as session:
        await inbox.saw(session, olena.who.actor, at=clock.now())
    assert await comes("three") == [Subject(Topic.NOTICES, whose(olena))]
    await olena.do(NewsState.look)
    assert (await olena.see(NewsState)).unseen == 0
    assert await comes("four") == []
