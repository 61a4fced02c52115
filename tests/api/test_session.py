"""The cookie of a remembered browser over HTTP: only for who is signed in, has proved it, and comes from our page."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api import session as door
from mykyivstar.db.database import Database
from mykyivstar.domain.identity import devices
from mykyivstar.domain.identity.models import AuthSession, Profile, SignInMethod
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.secret import token_hash

SITE = "http://test"
PATH = "/api/session/remember"


class Browser:
    """One browser at the door of sessions."""

    def __init__(self, client: httpx.AsyncClient, database: Database, clock: FixedClock) -> None:
        self.client, self.database, self.clock = client, database, clock

    async def sign_in(self, *, proved: bool) -> int:
        """The profile whose session this browser has now."""
        at = self.clock.now()
        async with self.database.unit_of_work() as session:
            profile = Profile(login="olena", login_key="olena", created_at=at)
            session.add(profile)
            await session.flush()
            assert profile.id is not None
            session.add(
                AuthSession(
                    profile_id=profile.id,
                    token_hash=token_hash("own"),
                    method=SignInMethod.PASSWORD,
                    created_at=at,
                    last_seen_at=at,
                    expires_at=at + timedelta(hours=1),
                    proved_at=at if proved else None,
                )
            )
            self.client.cookies.set("mk_session", "own")
            return profile.id

    async def ask(self, origin: str = SITE) -> httpx.Response:
        return await self.client.post(PATH, json={}, headers={"Origin": origin})


@pytest.fixture
async def visit(database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Browser]:
    monkeypatch.setattr(wiring, "unit_of_work", database.unit_of_work)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    transport = httpx.ASGITransport(app=Starlette(routes=door.routes))
    async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
        yield Browser(client, database, clock)


async def test_the_browser_gets_a_cookie_by_which_it_is_known(visit: Browser) -> None:
    profile_id = await visit.sign_in(proved=True)
    answer = await visit.ask()
    assert answer.status_code == 200
    given = {header.partition("=")[0]: header.lower() for header in answer.headers.get_list("set-cookie")}
    assert given.keys() == {"mk_session", "mk_device"}
    assert all("httponly" in each and "max-age=" in each for each in given.values())
    async with visit.database.reading() as session:
        assert await devices.known_device(session, token_hash(answer.cookies["mk_device"]), profile_id) is not None
    again = await visit.ask()
    assert (again.status_code, again.headers.get_list("set-cookie")) == (200, [])


async def test_nobody_without_a_session_or_a_fresh_proof_or_from_another_site_gets_one(visit: Browser) -> None:
    assert (await visit.ask()).status_code == 401
    await visit.sign_in(proved=False)
    unproved, foreign = await visit.ask(), await visit.ask("http://evil.example")
    assert (unproved.status_code, foreign.status_code) == (403, 403)
    assert "set-cookie" not in unproved.headers
    assert "set-cookie" not in foreign.headers
