"""The JSON of the demo phones."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api import demo_phone
from mykyivstar.domain.notifications.phones import receive
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.settings import settings

OLENA = Msisdn("380671000001")
CACHED = (settings, wiring.database)


@pytest.fixture
async def client(
    database_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    for each in CACHED:
        each.cache_clear()
    transport = httpx.ASGITransport(app=Starlette(routes=demo_phone.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
        yield client
    await wiring.database().dispose()
    for each in CACHED:
        each.cache_clear()


async def test_messages_come_newest_first(client: httpx.AsyncClient, clock: FixedClock) -> None:
    for text in ("перше", "друге"):
        await receive(wiring.database().unit_of_work, to=OLENA, text=text, at=clock.now())
        clock.moment += timedelta(seconds=1)
    answer = await client.get("/demo/phone/messages", params={"to": "380671000001"})
    assert answer.json() == [
        {"to": "380671000001", "text": "друге", "sent_at": "2026-11-22T10:00:01+00:00"},
        {"to": "380671000001", "text": "перше", "sent_at": "2026-11-22T10:00:00+00:00"},
    ]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("written", ["380671000001", "+380671000001", "067 100 00 01", "067-100-00-01"])
async def test_a_number_may_be_written_in_any_usual_way(client: httpx.AsyncClient, written: str) -> None:
    await receive(wiring.database().unit_of_work, to=OLENA, text="code", at=wiring.clock().now())
    answer = await client.get("/demo/phone/messages", params={"to": written})
    assert [message["to"] for message in answer.json()] == ["380671000001"]


async def test_a_phone_that_never_rang_has_no_messages(client: httpx.AsyncClient) -> None:
    answer = await client.get("/demo/phone/messages", params={"to": "380990000001"})
    assert (answer.status_code, answer.json()) == (200, [])


@pytest.mark.parametrize("query", ["", "?to=", "?to=abc", "?to=12345", "?to=38067100000100"])
async def test_what_is_no_number_is_refused_with_a_sentence(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get(f"/demo/phone/messages{query}")
    assert answer.status_code == 400
    assert answer.json() == {"error": "Enter a mobile number, for example 067 123 45 67."}


async def test_where_sms_really_leave_there_is_nothing_to_see(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMS_GATEWAY", "smpp")
    settings.cache_clear()
    answer = await client.get("/demo/phone/messages", params={"to": "380671000001"})
    assert answer.status_code == 404
