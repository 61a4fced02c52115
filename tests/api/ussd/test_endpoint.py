"""Who may ask, and what a request must look like."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.api import ussd
from mykyivstar.domain.ussd.models import UssdSession
from mykyivstar.domain.ussd.signing import is_signed, signature
from mykyivstar.kit.clock import FixedClock
from mykyivstar.settings import Settings, UnsafeSettings, settings
from tests.api.ussd.conftest import KEY, OLENA, Gateway, World

DIAL = {"session": "gw-1", "step": 1, "msisdn": OLENA, "text": "*110#"}


async def test_without_a_key_there_is_no_such_thing(gateway: Gateway, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("USSD_KEY", "")
    monkeypatch.setenv("SMS_GATEWAY", "smpp")
    settings.cache_clear()
    assert (await gateway.send(**DIAL)).status_code == 404


def test_a_short_key_does_not_start_in_production() -> None:
    real = {"sms_gateway": "smpp", "acquirer": "monobank", "monobank_token": "t" * 20, "mail": "smtp"}
    real |= {"secret_key": "s" * 32, "public_origins": "https://my.example.ua"}
    with pytest.raises(UnsafeSettings, match="USSD_KEY"):
        Settings(environment="production", ussd_key="short", **real)  # type: ignore[arg-type]
    assert Settings(environment="production", ussd_key="k" * 32, **real)  # type: ignore[arg-type]


async def test_a_forged_an_old_and_an_unsigned_request_are_refused(gateway: Gateway, world: World, clock: FixedClock):
    content = json.dumps(DIAL).encode()
    now = str(int(clock.now().timestamp()))
    old = str(int((clock.now() - timedelta(seconds=301)).timestamp()))
    good = signature(KEY.encode(), now, content)
    for timestamp, signed in (
        ("", ""),
        (now, ""),
        (now, good[:-1] + ("0" if good[-1] != "0" else "1")),
        (now, signature(b"another key", now, content)),
        (now, signature(KEY.encode(), now, content + b" ")),
        (old, signature(KEY.encode(), old, content)),
        ("٣", good),
        ("9" * 400, good),
    ):
        headers = {ussd.TIMESTAMP: timestamp.encode(), ussd.SIGNATURE: signed.encode()}
        answer = await gateway.client.post("/api/ussd", content=content, headers=headers)
        assert answer.status_code == 401, (timestamp, signed)
    async with world.database.reading() as session:
        assert (await session.exec(select(UssdSession))).all() == []


def test_the_signature_is_the_documented_one(clock: FixedClock) -> None:
    body = b'{"session":"A-17","step":1,"msisdn":"380671000001","text":"*110#"}'
    at = str(int(clock.now().timestamp()))
    assert is_signed(b"key", at, body, signature(b"key", at, body).upper(), at=clock.now())
    assert signature(b"key", "1795341600", body) == "1431823394e09e16be83b606226349d6f99f9bbf99afd9beb559c274d1d116d7"


@pytest.mark.parametrize(
    "wrong",
    [
        {"session": ""},
        {"session": "x" * 65},
        {"session": "a b"},
        {"step": 0},
        {"step": "1"},
        {"step": 1.5},
        {"msisdn": "0671000001"},
        {"msisdn": "380671000001\n"},
        {"text": "x" * 183},
        {"text": 1},
        {"surprise": True},
        {"end": "yes"},
    ],
)
async def test_what_no_gateway_sends_is_refused(gateway: Gateway, world: World, wrong: dict):
    answer = await gateway.send(**(DIAL | wrong))
    assert answer.status_code == 400
    assert next(iter(wrong)) in answer.json()["error"]


async def test_what_is_no_json_or_too_long_is_refused(gateway: Gateway, clock: FixedClock):
    now = str(int(clock.now().timestamp()))
    for content, status in ((b"{", 400), (b"[]", 400), (b"\xff", 400), (b"x" * 4001, 413)):
        headers = {ussd.TIMESTAMP: now, ussd.SIGNATURE: signature(KEY.encode(), now, content)}
        assert (await gateway.client.post("/api/ussd", content=content, headers=headers)).status_code == status


async def test_steps_come_in_their_order_from_the_same_phone(gateway: Gateway, world: World):
    assert (await gateway.send(**(DIAL | {"step": 2}))).status_code == 409
    first = await gateway.send(**DIAL)
    assert (first.status_code, first.headers["cache-control"]) == (200, "no-store")
    for wrong in ({"step": 3}, {"text": "*460#"}, {"msisdn": "380671000002", "step": 2}, {"msisdn": "380671000002"}):
        assert (await gateway.send(**(DIAL | wrong))).status_code == 409, wrong
    assert (await gateway.send(**DIAL)).json() == first.json()
    assert (await gateway.send(**(DIAL | {"step": 2, "text": "3"}))).json()["action"] == "continue"


async def test_a_phone_that_hung_up_is_not_answered_any_more(gateway: Gateway, world: World):
    await gateway.send(**DIAL)
    assert (await gateway.send(**(DIAL | {"step": 2, "end": True, "text": ""}))).json()["action"] == "end"
    late = await gateway.send(**(DIAL | {"step": 2, "text": "3"}))
    assert late.json() == {"text": "The time for an answer is over. Dial again.", "action": "end"}


async def test_somebody_else_does_not_hang_up_for_a_phone(gateway: Gateway, world: World):
    await gateway.send(**DIAL)
    await gateway.send(**(DIAL | {"step": 2, "end": True, "text": "", "msisdn": "380671000002"}))
    assert (await gateway.send(**(DIAL | {"step": 2, "text": "3"}))).json()["action"] == "continue"
