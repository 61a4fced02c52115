"""The network by city over HTTP: for whoever is signed in, in words, without anybody's address."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api import network
from mykyivstar.domain.faults.models import OutageKind
from mykyivstar.domain.identity.models import AuthSession, SignInMethod
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.secret import token_hash
from mykyivstar.settings import settings
from tests.domain.faults.conftest import ADDRESS, make_outage
from tests.factories.people import hold, make_account, make_person

CACHED = (settings, wiring.database, wiring.secret_key, wiring.network_maps)
HOUR = timedelta(hours=1)


@pytest.fixture
async def client(
    sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    for each in CACHED:
        each.cache_clear()
    at = clock.now()
    async with wiring.unit_of_work() as session:
        actor = await make_person(session)
        await hold(session, actor, await make_account(session, address=ADDRESS))
        times = {"created_at": at, "last_seen_at": at, "expires_at": at + HOUR}
        signed_in = AuthSession(
            profile_id=actor.profile_id, token_hash=token_hash("hers"), method=SignInMethod.PASSWORD, **times
        )
        session.add(signed_in)
    transport = httpx.ASGITransport(app=Starlette(routes=network.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client
    await wiring.database().dispose()
    for each in CACHED:
        each.cache_clear()


async def test_whoever_is_not_signed_in_is_told_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.get(network.PATH, params={"lang": "en"})
    assert (answer.status_code, answer.json()) == (401, {"error": "Sign in to see it."})
    client.cookies.set("mk_session", "somebody's")
    assert (await client.get(network.PATH)).status_code == 401


async def test_points_say_what_since_when_until_when_and_in_which_streets(
    client: httpx.AsyncClient, clock: FixedClock
) -> None:
    now, database = clock.now(), wiring.database()
    await make_outage(database, code="A", starts_at=now - HOUR, expected_at=now + HOUR)
    await make_outage(database, code="B", starts_at=now - 3 * HOUR, expected_at=now - HOUR, places=[("Львів", "", "")])
    await make_outage(database, code="C", starts_at=now - HOUR, places=[("Одеса", "вул. Канатна", "")])
    far = [("Дніпро", "вул. Тиха", "")]
    works = {"kind": OutageKind.WORKS, "starts_at": now + HOUR, "expected_at": now + 2 * HOUR}
    await make_outage(database, code="D", **works, places=[*far, ("с. Далеке", "", "")])
    client.cookies.set("mk_session", "hers")
    answer = await client.get(network.PATH, params={"lang": "en", "v": "1"})
    assert answer.headers["cache-control"] == "private, max-age=30"
    points = {each["id"]: each for each in answer.json()}
    assert set(points) == {"kyiv", "lviv", "odesa", "dnipro"}
    kyiv = points["kyiv"]
    assert (kyiv["name"], kyiv["kind"], kyiv["count"], kyiv["at"]) == ("Kyiv", "outage", 1, [50.4501, 30.5234])
    assert kyiv["events"] == [
        {
            "what": "Outage",
            "when": "since 22 November, 11:00, expected until 22 November, 13:00",
            "where": "вул. Лесі Українки",
            "why": "",
        }
    ]
    # Neither the houses of the event nor who lives there.
    assert "1-25" not in answer.text
    whens = {key: each["events"][0]["when"] for key, each in points.items()}
    assert whens["lviv"].endswith("was to end 22 November, 11:00, we are still working on it")
    assert whens["odesa"] == "since 22 November, 11:00; we do not know yet until when"
    assert whens["dnipro"] == "from 22 November, 13:00 to 22 November, 14:00"
    assert points["lviv"]["events"][0]["where"] == "the whole city"
    assert points["dnipro"]["events"][0]["what"] == "Planned works"
    ukrainian = await client.get(network.PATH, params={"lang": "uk"})
    assert "Планові роботи" in ukrainian.text
