"""What the endpoints answer to those who ask rightly."""

import csv
import io
from datetime import timedelta

import httpx
import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.api.partners.conftest import audit
from tests.api.partners.signing import ROOT, Program

PAID = {
    "id": "T-1",
    "payment": 1,
    "status": "credited",
    "account": "38067*****01",
    "kind": "line",
    "amount": 5000,
    "at": None,
    "credited_at": "2026-11-22T10:00:00Z",
    "cancelled_at": None,
}


async def balance(database: Database) -> Money:
    async with database.reading() as session:
        assert (await proof(session)).holds
        return (await balances(session, line_ids=[1])).lines[1].money or Money.ZERO


@pytest.mark.parametrize("written", ["0671000001", "+380 67 100-00-01", "(067) 100 00 01", "380671000001"])
async def test_an_account_is_checked_in_any_usual_writing(program: Program, written: str):
    answer = await program.post("/check", {"account": written, "amount": 5_000})
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "takes_money": True,
            "reason": None,
            "account": "38067*****01",
            "kind": "line",
            "least": 100,
            "most": 500_000,
        },
    )


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"account": "0991234567"}, "unknown_account"),
        ({"account": "123456789012345"}, "unknown_account"),
        ({"account": "0671000001", "amount": 99}, "amount_out_of_range"),
        ({"account": "0671000001", "amount": 500_001}, "amount_out_of_range"),
    ],
)
async def test_a_check_says_why_not(program: Program, asked: dict, reason: str):
    answer = (await program.post("/check", asked)).json()
    assert (answer["takes_money"], answer["reason"]) == (False, reason)


async def test_a_payment_is_credited_and_found(program: Program, world: Database):
    paid = await program.pay()
    assert (paid.status_code, paid.json()) == (200, PAID)
    assert (await program.get("/payments/T-1")).json() == PAID
    assert await balance(world) == Money.uah(50)


async def test_the_same_payment_again_is_the_same_answer(program: Program, world: Database):
    first = await program.pay(at="2026-11-22T11:59:00+02:00")
    assert first.json()["at"] == "2026-11-22T09:59:00Z"
    again = await program.pay(at="2026-11-22T09:59:00Z", account="+380671000001")
    assert (again.status_code, again.content) == (200, first.content)
    assert await balance(world) == Money.uah(50)


async def test_other_content_under_the_same_id_is_a_conflict(program: Program, world: Database):
    await program.pay()
    other = await program.pay(amount=5_001)
    assert (other.status_code, other.json()["code"]) == (409, "id_used")
    assert await balance(world) == Money.uah(50)


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"account": "0991234567"}, 422, "unknown_account"),
        ({"amount": 99}, 422, "amount_out_of_range"),
        ({"amount": 500_001}, 422, "amount_out_of_range"),
        ({"at": "2026-11-22T10:05:01Z"}, 422, "unlikely_moment"),
        ({"at": "0001-01-01T00:00:00+14:00"}, 422, "unlikely_moment"),
        ({"at": "9999-12-31T23:59:59-14:00"}, 422, "unlikely_moment"),
    ],
)
async def test_a_refusal_says_why_and_nothing_is_paid(
    program: Program, world: Database, fields: dict, status: int, code: str
):
    answer = await program.pay(**fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await program.get("/payments/T-1")).status_code == 404
    assert await balance(world) == Money.ZERO


async def test_a_day_has_its_limit(program: Program):
    assert [(await program.pay(f"T-{n}", 400_000)).status_code for n in range(3)] == [200, 200, 409]
    refused = await program.pay("T-9", 1_00)
    assert refused.json()["code"] == "day_limit_reached"


async def test_a_payment_is_cancelled_once_and_for_good(program: Program, world: Database):
    await program.pay()
    cancelled = await program.post("/payments/T-1/cancel")
    assert cancelled.json() == PAID | {"status": "cancelled", "cancelled_at": "2026-11-22T10:00:00Z"}
    assert (await program.post("/payments/T-1/cancel")).content == cancelled.content
    assert (await program.pay()).content == cancelled.content
    assert await balance(world) == Money.ZERO


async def test_a_payment_of_yesterday_stays(program: Program, clock: FixedClock):
    await program.pay()
    clock.moment += timedelta(hours=12)
    late = await program.post("/payments/T-1/cancel")
    assert (late.status_code, late.json()["code"]) == (409, "cancel_too_late")


async def test_another_partners_payment_is_not_found(program: Program, client: httpx.AsyncClient, clock: FixedClock):
    await program.pay()
    bank = Program(client, clock, code="bank")
    for answer in (await bank.get("/payments/T-1"), await bank.post("/payments/T-1/cancel")):
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_payment")


async def test_the_register_adds_up_as_json_and_as_csv(program: Program):
    await program.pay("T-1", 5_000)
    await program.pay("T-2", 700, "0004477622")
    await program.post("/payments/T-2/cancel")
    found = (await program.get("/registers/2026-11-22")).json()
    assert found["final"] is False
    assert found["credited"] == {"count": 2, "sum": 5_700}
    assert found["cancelled"] == {"count": 1, "sum": 700}
    assert found["kept"] == {"count": 1, "sum": 5_000}
    assert [line["id"] for line in found["payments"]] == ["T-1", "T-2"]
    table = await program.get("/registers/2026-11-22?format=csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.headers["content-disposition"] == 'attachment; filename="terminal-2026-11-22.csv"'
    at = "2026-11-22T10:00:00+00:00"
    assert list(csv.reader(io.StringIO(table.text), delimiter=";")) == [
        ["id", "payment", "account", "amount", "status", "credited_at", "cancelled_at"],
        ["T-1", "1", "38067*****01", "5000", "credited", at, ""],
        ["T-2", "2", "*******622", "700", "cancelled", at, at],
        ["#total", "2", "5700", "1", "700", "1", "5000"],
    ]


async def test_an_empty_day_has_an_empty_register(program: Program):
    found = (await program.get("/registers/2026-11-21")).json()
    assert (found["final"], found["payments"], found["kept"]) == (True, [], {"count": 0, "sum": 0})


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2026-11-23", 404),
        ("2026-11-18", 404),
        ("0001-01-01", 404),
        ("9999-12-31", 404),
        ("2026-02-30", 400),
        ("20261122", 400),
        ("2026-W47-7", 400),
        ("1795341600", 400),
        ("٢٠٢٦-11-22", 400),
        ("2026-11-22?format=xml", 400),
    ],
)
async def test_what_is_no_day_of_the_partner_has_no_register(program: Program, day: str, status: int):
    answer = await program.get(f"/registers/{day}")
    assert (answer.status_code, set(answer.json())) == (status, {"code", "message", "request_id"})


async def test_the_description_is_public_and_names_the_four_headers(client: httpx.AsyncClient):
    published = await client.get(f"{ROOT}/openapi.json")
    described = published.json()
    assert described["servers"] == [{"url": ROOT}]
    [together] = described["security"]
    assert len(together) == 4
    assert set(described["paths"]) == {
        "/check",
        "/payments",
        "/payments/{id}",
        "/payments/{id}/cancel",
        "/registers/{day}",
    }
    for page in ("/docs", "/redoc"):
        assert (await client.get(ROOT + page)).status_code == 401


async def test_every_request_is_in_the_audit_without_numbers(program: Program, world: Database):
    answers = [
        await program.pay(),
        await program.get("/payments/0671000001?account=0671000001"),
        await program.post("/check", {"account": 1}),
    ]
    rows = await audit(world)
    assert [(row.method, row.path, row.outcome, row.status) for row in rows] == [
        ("POST", f"{ROOT}/payments", "ok", 200),
        ("GET", f"{ROOT}/payments/38067*****01", "unknown_payment", 404),
        ("POST", f"{ROOT}/check", "invalid_request", 400),
    ]
    assert [row.request_id for row in rows] == [answer.headers["x-request-id"] for answer in answers]
    assert {(row.partner_id, row.address, row.is_signed) for row in rows} == {(1, "192.0.2.7", True)}
    assert answers[1].json()["request_id"] == rows[1].request_id
