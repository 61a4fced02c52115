"""Who is here: believed for two seconds, written a moment later, never made up."""

from datetime import timedelta

import pytest

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import Database
from mykyivstar.domain.identity import sessions
from mykyivstar.domain.identity.models import AuthSession, Profile, SignInMethod
from mykyivstar.guard import presence
from mykyivstar.guard.session_cache import session_cache
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.secret import token_hash
from tests.factories.people import make_person

COOKIE = "a cookie that was given out"


@pytest.fixture(autouse=True)
def wired(database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    session_cache.__init__()  # type: ignore[misc]


@pytest.fixture
async def session_id(database: Database, clock: FixedClock) -> int:
    """A session that has just begun."""
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        auth = AuthSession(
            profile_id=olena.profile_id,
            token_hash=token_hash(COOKIE),
            method=SignInMethod.CODE,
            created_at=clock.now(),
            last_seen_at=clock.now(),
            expires_at=clock.now() + timedelta(hours=12),
        )
        session.add(auth)
        await session.flush()
        assert auth.id is not None
        return auth.id


async def stored(database: Database, session_id: int) -> AuthSession:
    async with database.reading() as session:
        return await session.get_one(AuthSession, session_id)


async def change(database: Database, session_id: int, **values: object) -> None:
    """As somebody would who tells nobody of it."""
    async with database.unit_of_work() as session:
        auth = await session.get_one(AuthSession, session_id)
        for name, value in values.items():
            setattr(auth, name, value)


async def test_a_cookie_is_its_session_and_the_event_after_it_reads_nothing(
    database: Database, clock: FixedClock, session_id: int
):
    assert await presence.by_cookie(COOKIE, clock.now()) == session_id
    await change(database, session_id, revoked_at=clock.now())
    assert await presence.by_reference(session_id, clock.now()) is not None
    clock.moment += timedelta(seconds=2)
    assert await presence.by_reference(session_id, clock.now()) is None


async def test_a_revoked_session_that_was_told_of_is_gone_at_once(
    database: Database, clock: FixedClock, session_id: int
):
    await presence.by_cookie(COOKIE, clock.now())
    actor = await presence.by_reference(session_id, clock.now())
    assert actor is not None
    async with database.unit_of_work() as session:
        await sessions.revoke(session, actor, session_id, clock.now())
    session_cache.forget([Subject(Topic.SESSION, session_id)])
    assert await presence.by_reference(session_id, clock.now()) is None
    assert await presence.by_cookie(COOKIE, clock.now()) == 0


async def test_nobody_comes_of_a_cookie_that_was_never_given_out(clock: FixedClock, session_id: int):
    assert await presence.by_cookie("", clock.now()) == 0
    assert await presence.by_cookie("guessed", clock.now()) == 0
    assert await presence.by_reference(session_id + 1, clock.now()) is None


async def test_a_closed_profile_has_no_sessions(database: Database, clock: FixedClock, session_id: int):
    async with database.unit_of_work() as session:
        profile = await session.get_one(Profile, (await stored(database, session_id)).profile_id)
        profile.closed_at = clock.now()
        session.add(profile)
    assert await presence.by_cookie(COOKIE, clock.now()) == 0
    assert await presence.by_reference(session_id, clock.now()) is None


async def test_being_here_is_written_a_moment_later_once_a_minute(
    database: Database, clock: FixedClock, session_id: int
):
    began = clock.now()
    clock.moment += timedelta(seconds=59)
    await presence.by_reference(session_id, clock.now())
    await presence.seen.keep()
    assert (await stored(database, session_id)).last_seen_at == began
    clock.moment += timedelta(seconds=2)
    await presence.by_reference(session_id, clock.now())
    assert (await stored(database, session_id)).last_seen_at == began
    await presence.seen.keep()
    assert (await stored(database, session_id)).last_seen_at == clock.now()


async def test_opening_the_page_is_being_here_too(database: Database, clock: FixedClock, session_id: int):
    clock.moment += timedelta(minutes=20)
    assert await presence.by_cookie(COOKIE, clock.now()) == session_id
    await presence.seen.keep()
    clock.moment += timedelta(minutes=20)
    assert await presence.by_cookie(COOKIE, clock.now()) == session_id
    await presence.seen.keep()


async def test_a_session_that_fell_silent_is_not_woken_by_its_cookie(
    database: Database, clock: FixedClock, session_id: int
):
    began = clock.now()
    clock.moment += timedelta(minutes=31)
    assert await presence.by_cookie(COOKIE, clock.now()) == 0
    assert await presence.by_reference(session_id, clock.now()) is None
    await presence.seen.keep()
    assert (await stored(database, session_id)).last_seen_at == began
