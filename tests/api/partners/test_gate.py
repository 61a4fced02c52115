"""Who is not let in, and what is not understood: in one shape, never as an error of ours."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api.partners import gate
from mykyivstar.api.partners.application import application
from mykyivstar.api.partners.gate import STRANGERS_A_MINUTE, Gate
from mykyivstar.api.partners.under import Under
from mykyivstar.db.database import Database
from mykyivstar.domain.partners import management
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.serving.requests import Requests
from tests.api.partners.conftest import audit
from tests.api.partners.signing import ROOT, Program
from tests.api.partners.test_endpoints import balance

CHECK = {"account": "0671000001"}


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal of the one shape."""
    told = answer.json()
    assert set(told) == {"code", "message", "request_id"}
    assert answer.headers["x-request-id"] == told["request_id"]
    assert answer.headers["content-type"] == "application/json"
    return answer.status_code, told["code"]


async def rotate(world: Database, clock: FixedClock, overlap: timedelta) -> None:
    async with world.unit_of_work() as session:
        await management.rotate(session, "terminal", at=clock.now(), overlap=overlap)


async def test_nothing_is_answered_without_a_signature(client: httpx.AsyncClient):
    assert (await client.get(f"{ROOT}/x")).headers["www-authenticate"] == "X-Partner-Signature"
    for method, path in (("GET", "/payments/T-1"), ("POST", "/payments"), ("GET", "/nothing"), ("TRACE", "/check")):
        assert refusal(await client.request(method, ROOT + path)) == (401, "not_authenticated")


@pytest.mark.parametrize(
    "instead",
    [
        {"X-Partner-Signature": "0" * 64},
        {"X-Partner-Signature": ""},
        {"X-Partner-Signature": "\0" * 64},
        {"X-Partner-Key": "bank.1"},
        {"X-Partner-Key": "terminal.2"},
        {"X-Partner-Key": "nobody.1"},
        {"X-Partner-Key": "terminal.1'; --"},
        {"X-Partner-Nonce": "another-nonce-00000"},
        {"X-Partner-Timestamp": "1795341601"},
    ],
)
async def test_a_bent_header_is_not_let_in(program: Program, instead: dict):
    program.instead = instead
    assert refusal(await program.post("/check", CHECK)) == (401, "not_authenticated")


async def test_a_header_that_stands_twice_is_not_let_in(program: Program, client: httpx.AsyncClient):
    body = json.dumps(CHECK).encode()
    signed = program.headers("POST", f"{ROOT}/check", body)
    twice = [*signed.items(), ("X-Partner-Key", "terminal.1"), ("Content-Type", "application/json")]
    answer = await client.post(f"{ROOT}/check", content=body, headers=twice)
    assert refusal(answer) == (401, "not_authenticated")


async def test_another_partners_signature_opens_nothing(program: Program, client: httpx.AsyncClient, clock: FixedClock):
    await program.pay()
    bank = Program(client, clock, code="bank", instead={"X-Partner-Key": "terminal.1"})
    assert refusal(await bank.get("/payments/T-1")) == (401, "not_authenticated")


async def test_a_body_that_was_changed_on_its_way_is_not_let_in(
    program: Program, client: httpx.AsyncClient, world: Database
):
    signed = program.headers("POST", f"{ROOT}/payments", b'{"id":"T-1","account":"0671000001","amount":100}')
    bent = b'{"id":"T-1","account":"0671000001","amount":999}'
    answer = await client.post(f"{ROOT}/payments", content=bent, headers=signed | {"Content-Type": "application/json"})
    assert refusal(answer) == (401, "not_authenticated")
    assert await balance(world) == Money.ZERO


async def test_a_query_that_was_changed_on_its_way_is_not_let_in(program: Program, client: httpx.AsyncClient):
    signed = program.headers("GET", f"{ROOT}/registers/2026-11-22", b"")
    answer = await client.get(f"{ROOT}/registers/2026-11-22?format=csv", headers=signed)
    assert refusal(answer) == (401, "not_authenticated")


@pytest.mark.parametrize(("skew", "status"), [(300, 200), (-300, 200), (301, 401), (-301, 401)])
async def test_clocks_may_differ_by_five_minutes(program: Program, skew: int, status: int):
    program.skew = skew
    answer = await program.post("/check", CHECK)
    assert answer.status_code == status
    if status == 401:
        assert refusal(answer) == (401, "stale_timestamp")


async def test_a_nonce_works_once_even_as_long_as_its_stamp_is_fresh(program: Program, clock: FixedClock):
    program.nonce, program.skew = "the-same-nonce-0001", 300
    assert (await program.post("/check", CHECK)).status_code == 200
    assert refusal(await program.post("/check", CHECK)) == (401, "nonce_used")
    clock.moment += timedelta(minutes=10)
    program.skew = -300
    assert refusal(await program.post("/check", CHECK)) == (401, "nonce_used")


async def test_of_a_request_that_is_replayed_at_once_one_is_served(program: Program, world: Database):
    program.nonce = "the-same-nonce-0001"
    answers = await asyncio.gather(*(program.pay() for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401]
    assert await balance(world) == Money.uah(50)


async def test_both_keys_sign_while_they_overlap(program: Program, world: Database, clock: FixedClock):
    await rotate(world, clock, timedelta(days=1))
    statuses = []
    for version in (1, 2, 3):
        program.version = version
        statuses.append((await program.post("/check", CHECK)).status_code)
    assert statuses == [200, 200, 401]
    clock.moment += timedelta(days=1)
    program.version = 1
    assert refusal(await program.post("/check", CHECK)) == (401, "not_authenticated")


async def test_a_closed_partner_is_told_so_and_pays_nothing(program: Program, world: Database, clock: FixedClock):
    async with world.unit_of_work() as session:
        await management.close(session, "terminal", at=clock.now())
    assert refusal(await program.pay()) == (403, "closed")
    assert await balance(world) == Money.ZERO


async def test_a_minute_has_so_many_requests(program: Program, world: Database, clock: FixedClock):
    async with world.unit_of_work() as session:
        partner = await management.of_code(session, "terminal")
        partner.requests_a_minute = 2
        session.add(partner)
    answers = [await program.post("/check", CHECK) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert refusal(answers[2]) == (429, "too_many_requests")
    assert answers[2].headers["retry-after"] == "60"
    clock.moment += timedelta(minutes=1)
    assert (await program.post("/check", CHECK)).status_code == 200


async def test_strangers_fill_neither_the_audit_nor_a_partners_minute(
    program: Program, client: httpx.AsyncClient, world: Database
):
    for _ in range(STRANGERS_A_MINUTE):
        assert refusal(await client.get(f"{ROOT}/payments/T-1")) == (401, "not_authenticated")
    assert refusal(await client.get(f"{ROOT}/payments/T-1")) == (429, "too_many_requests")
    rows = await audit(world)
    assert len(rows) == STRANGERS_A_MINUTE
    assert {(row.partner_id, row.is_signed, row.outcome, row.status) for row in rows} == {
        (None, False, "not_authenticated", 401)
    }
    # From the same address, whoever signs is let in.
    assert (await program.post("/check", CHECK)).status_code == 200


BODIES = {
    "a float": (b'{"id":"T-1","account":"0671000001","amount":100.0}', 400),
    "a float of kopiykas": (b'{"id":"T-1","account":"0671000001","amount":0.01}', 400),
    "an exponent": (b'{"id":"T-1","account":"0671000001","amount":1e3}', 400),
    "text": (b'{"id":"T-1","account":"0671000001","amount":"100"}', 400),
    "true": (b'{"id":"T-1","account":"0671000001","amount":true}', 400),
    "zero": (b'{"id":"T-1","account":"0671000001","amount":0}', 400),
    "negative": (b'{"id":"T-1","account":"0671000001","amount":-100}', 400),
    "2 ** 63": (b'{"id":"T-1","account":"0671000001","amount":9223372036854775808}', 400),
    "five thousand digits": (b'{"id":"T-1","account":"0671000001","amount":' + b"9" * 5000 + b"}", 400),
    "NaN": (b'{"id":"T-1","account":"0671000001","amount":NaN}', 400),
    "Infinity": (b'{"id":"T-1","account":"0671000001","amount":Infinity}', 400),
    "null": (b'{"id":"T-1","account":"0671000001","amount":null}', 400),
    "no amount": (b'{"id":"T-1","account":"0671000001"}', 400),
    "a name twice": (b'{"id":"T-1","account":"0671000001","amount":100,"amount":900}', 400),
    "one name more": (b'{"id":"T-1","account":"0671000001","amount":100,"currency":"USD"}', 400),
    "a name with half a character": (b'{"id":"T-1","account":"0671000001","amount":100,"\\ud800":1}', 400),
    "another case": (b'{"ID":"T-1","account":"0671000001","amount":100}', 400),
    "Arabic digits": ('{"id":"T-1","account":"٠٦٧١٠٠٠٠٠١","amount":100}'.encode(), 400),
    "full-width digits": ('{"id":"T-1","account":"０６７１００００01","amount":100}'.encode(), 400),
    "Arabic digits in the id": ('{"id":"٠٦٧","account":"0671000001","amount":100}'.encode(), 400),
    "NUL in the account": (b'{"id":"T-1","account":"067100\\u00000001","amount":100}', 400),
    "NUL in the id": (b'{"id":"T\\u0000","account":"0671000001","amount":100}', 400),
    "a line feed after the id": (b'{"id":"T-1\\n","account":"0671000001","amount":100}', 400),
    "half a character": (b'{"id":"T-1","account":"\\ud800671000001","amount":100}', 400),
    "a path as id": (b'{"id":"../../admin","account":"0671000001","amount":100}', 400),
    "a dot as id": (b'{"id":".","account":"0671000001","amount":100}', 400),
    "an id of 65": (b'{"id":"' + b"x" * 65 + b'","account":"0671000001","amount":100}', 400),
    "no time zone": (b'{"id":"T-1","account":"0671000001","amount":100,"at":"2026-11-22T10:00:00"}', 400),
    "a number as moment": (b'{"id":"T-1","account":"0671000001","amount":100,"at":1795341600}', 400),
    "a moment that is none": (b'{"id":"T-1","account":"0671000001","amount":100,"at":"2026-02-30T10:00:00Z"}', 400),
    "a leap second": (b'{"id":"T-1","account":"0671000001","amount":100,"at":"2026-06-30T23:59:60Z"}', 400),
    "a zone of 99 hours": (b'{"id":"T-1","account":"0671000001","amount":100,"at":"2026-11-22T10:00:00+99:00"}', 400),
    "a list": (b"[]", 400),
    "a deep list": (b"[" * 8000 + b"]" * 8000, 400),
    "a deep object": (b'{"a":' * 2500 + b"1" + b"}" * 2500, 400),
    "nothing": (b"", 400),
    "a word": (b"pay", 400),
    "UTF-16": ('{"id":"T-1","account":"0671000001","amount":100}'.encode("utf-16"), 400),
    "a byte order mark": (b'\xef\xbb\xbf{"id":"T-1","account":"0671000001","amount":100}', 400),
    "bytes that are no text": (b'{"id":"\xff","account":"0671000001","amount":100}', 400),
    "too much": (b'{"id":"T-1","account":"0671000001","amount":100' + b" " * 16_384 + b"}", 413),
}


@pytest.mark.parametrize("name", BODIES)
async def test_what_is_no_payment_is_refused(program: Program, world: Database, name: str):
    content, status = BODIES[name]
    answer = await program.post("/payments", content, headers={"Content-Type": "application/json"})
    assert refusal(answer)[0] == status, answer.text
    assert await balance(world) == Money.ZERO


async def test_a_body_that_is_too_large_is_not_read_and_written_down(client: httpx.AsyncClient, world: Database):
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1_000):
            yield b" " * 1_000

    assert refusal(await client.post(f"{ROOT}/check", content=endless())) == (413, "body_too_large")
    declared = {"Content-Length": "99999999999999999999"}
    assert refusal(await client.post(f"{ROOT}/check", content=b"{}", headers=declared)) == (413, "body_too_large")
    assert [(row.outcome, row.is_signed) for row in await audit(world)] == [("body_too_large", False)] * 2


async def test_our_own_mistake_has_the_same_shape_and_is_written_down(
    program: Program, client: httpx.AsyncClient, world: Database, monkeypatch: pytest.MonkeyPatch
):
    async def break_(*_words: object, **_more: object) -> None:
        raise LookupError("no line 380671000001")

    monkeypatch.setattr("mykyivstar.domain.partners.payments.credit", break_)
    outer = httpx.ASGITransport(app=Requests(Starlette(routes=[Under(ROOT, Gate(application()))])))
    async with httpx.AsyncClient(transport=outer, base_url="http://testserver") as program.client:
        answer = await program.pay()
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert set(answer.json()) == {"code", "message", "request_id"}
    assert [(row.outcome, row.status) for row in await audit(world)] == [("failed", 500)]
    assert await balance(world) == Money.ZERO


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "application/problem+json"},
        {"Content-Type": ""},
        {"Content-Encoding": "gzip"},
    ],
)
async def test_only_plain_json_is_read(program: Program, headers: dict):
    assert refusal(await program.post("/check", CHECK, headers=headers)) == (415, "not_json")


async def test_json_may_say_that_it_is_utf_8(program: Program):
    answer = await program.post("/check", CHECK, headers={"Content-Type": 'Application/JSON; charset="UTF-8"'})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/payments/T-1/", 404),
        ("GET", "//payments/T-1", 404),
        ("GET", "/payments/%2e%2e", 400),
        ("GET", "/payments/%2e%2e%2fcheck", 404),
        ("GET", "/payments/T%00", 400),
        ("GET", "/payments/T%0A", 400),
        ("GET", "/payments/T%0A%0A", 400),
        ("GET", "/%0Apayments/T", 404),
        ("GET", "/payments/%ff%fe", 400),
        ("GET", "/payments/" + "x" * 65, 400),
        ("GET", "/payments/" + "x" * 6000, 400),
        ("GET", "/payments/%D9%A0", 400),
        ("GET", "/PAYMENTS/T-1", 404),
        ("GET", "/payments/T-1;x=1", 400),
        ("GET", "/payments/T-1%3Fx", 400),
        ("GET", "/payments", 405),
        ("DELETE", "/payments/T-1", 405),
        ("HEAD", "/payments/T-1", 405),
        ("PUT", "/check", 405),
        ("GET", "/payments/T-1?x=%00", 404),
    ],
)
async def test_paths_lead_where_they_say_or_nowhere(program: Program, method: str, path: str, status: int):
    answer = await program.send(method, path)
    assert answer.status_code == status
    assert method == "HEAD" or refusal(answer)[0] == status
    assert status != 405 or answer.headers["allow"] in {"GET", "POST"}


async def test_a_request_that_has_no_body_takes_none(program: Program):
    await program.pay()
    assert refusal(await program.post("/payments/T-1/cancel", {})) == (400, "invalid_request")
    assert (await program.get("/payments/T-1")).json()["status"] == "credited"


async def test_without_a_database_the_partner_is_asked_to_come_again(
    program: Program, world: Database, monkeypatch: pytest.MonkeyPatch
):
    def gone() -> None:
        raise OperationalError("SELECT 1", {}, OSError("no server"))

    with monkeypatch.context() as broken:
        broken.setattr(wiring, "reading", gone)
        answer = await program.pay()
        assert refusal(answer) == (503, "unavailable")
        assert answer.headers["retry-after"] == "5"
    # And where it goes away after the request was let in.
    answer = None
    with monkeypatch.context() as broken:
        broken.setattr("mykyivstar.domain.partners.payments.pay", lambda *_a, **_k: gone())
        answer = await program.pay()
    assert refusal(answer) == (503, "unavailable")
    assert [row.outcome for row in await audit(world)] == ["unavailable"]
    assert (await program.pay()).status_code == 200
    assert await balance(world) == Money.uah(50)


async def test_what_takes_too_long_is_given_up_and_may_be_sent_again(
    program: Program, world: Database, monkeypatch: pytest.MonkeyPatch
):
    async def sleep(*_words: object, **_more: object) -> None:
        await asyncio.sleep(30)

    with monkeypatch.context() as slow:
        slow.setattr(gate, "TIME_LIMIT_S", 0.3)
        slow.setattr("mykyivstar.domain.partners.payments.credit", sleep)
        assert refusal(await program.pay()) == (503, "unavailable")
    assert (await program.pay()).status_code == 200
    assert await balance(world) == Money.uah(50)
