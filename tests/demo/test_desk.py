"""The demo's desk: people who can sign in, somebody who answers, and something to look at."""

from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.demo import consultant
from mykyivstar.demo.build import build
from mykyivstar.demo.consultant_words import greeting, is_farewell, reply
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.identity.passwords import matches
from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.domain.support import conversations, messages, reading
from mykyivstar.domain.support.models import Conversation, ConversationState, Specialism
from mykyivstar.domain.support.tickets.models import Ticket
from mykyivstar.kit.clock import FixedClock, kyiv_date


async def test_the_staff_have_the_demos_password_and_the_demos_own_consultant_none(demo: Database) -> None:
    async with demo.reading() as session:
        members = {member.login: member for member in await session.exec(select(StaffMember))}
    assert set(members) == {"consultant1", "consultant2", "lead1", "admin", "demo-consultant"}
    assert members["demo-consultant"].password_hash is None
    assert await matches("Kobzar-1840", members["lead1"].password_hash)


async def test_there_are_conversations_and_requests_to_look_at(demo: Database) -> None:
    async with demo.reading() as session:
        ended = (await session.exec(select(func.count()).where(Conversation.state == ConversationState.CLOSED))).one()
        assert ended >= 5
        assert len((await session.exec(select(Ticket))).all()) == 3
        orders = [
            each.taken_at <= each.answered_at <= each.closed_at for each in await session.exec(select(Conversation))
        ]  # type: ignore[operator]
    assert all(orders)


async def test_the_demos_consultant_greets_answers_and_ends(
    sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    await build(database, today=kyiv_date(clock.now()), at=clock.now())
    async with database.unit_of_work() as session:
        profile = (await session.exec(select(Profile).order_by(col(Profile.id)))).first()
        assert profile is not None
        olena = Actor(profile_id=profile.id or 0, session_id=1)
        begun = await conversations.start(
            session, olena, specialism=Specialism.MOBILE, language=Language.UK, at=clock.now()
        )

    async def live(seconds: int) -> None:
        for _ in range(seconds):
            clock.moment += timedelta(seconds=1)
            await consultant.step(clock.now())

    async def say(text: str) -> None:
        async with database.unit_of_work() as session:
            await messages.customer_says(
                session, olena, begun.code, client_key=f"key-{len(text):08}", text=text, at=clock.now()
            )

    await live(12)
    await say("Який у мене баланс?")
    await live(6)
    await live(6)
    await say("Дякую")
    await live(6)
    async with database.reading() as session:
        lines, _ = await reading.newest_lines(session, begun.id or 0)
        stands = await session.get_one(Conversation, begun.id)
    written = [line.message.text for line in lines if line.name == "Мавка"]
    assert written == [
        greeting("uk", customer=begun.customer_name, name="Мавка"),
        reply("uk", "Який у мене баланс?", 1),
        reply("uk", "Дякую", 2),
    ]
    assert stands.state is ConversationState.CLOSED
    await database.dispose()


def test_a_thank_you_is_a_farewell_in_each_language() -> None:
    assert all(is_farewell(text) for text in ("Дякую!", "спасибо", "Thank you"))
    assert not is_farewell("Який тариф?")
