"""Notices of acquirers: only genuine ones count, and one that could not be written down comes again."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api import acquirer_notices
from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.queries import balances
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import AcquirerUnavailable, InvoiceState, Order
from tests.factories.bank import Bank
from tests.factories.payments import make_payment, share
from tests.factories.people import make_line

SIGNED = {"x-sign": "genuine"}
NOTICE = "/api/acquirer/bank/notice"


@pytest.fixture
def bank() -> Bank:
    return Bank()


@pytest.fixture
async def client(
    database: Database, clock: FixedClock, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    monkeypatch.setattr(wiring, "unit_of_work", database.unit_of_work)
    monkeypatch.setattr(wiring, "acquirer_named", {"bank": bank}.__getitem__)
    transport = httpx.ASGITransport(app=Starlette(routes=acquirer_notices.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
        yield client


@pytest.fixture
async def paid(database: Database, bank: Bank, clock: FixedClock) -> Payment:
    """A payment whose payer has just paid at the bank."""
    async with database.unit_of_work() as session:
        payment = await make_payment(session, share(await make_line(session), Money.uah(50)), at=clock.now())
        payment.acquirer, payment.state = "bank", PaymentState.CONFIRMING
        order = Order(payment.code, payment.amount, "", "", "", payment.expires_at - payment.created_at)
        payment.invoice_id = (await bank.create(order)).id
    bank.end(payment.code, InvoiceState.SUCCESS)
    return payment


async def balance(database: Database) -> Money:
    async with database.reading() as session:
        line = await session.get_one(Line, 1)
        return (await balances(session, line_ids=[line.id or 0])).lines[1].money or Money.ZERO


def body_of(payment: Payment) -> bytes:
    return json.dumps({"invoice": payment.invoice_id}).encode()


async def test_a_genuine_notice_credits_once_however_often_it_comes(
    client: httpx.AsyncClient, database: Database, paid: Payment
):
    answers = await asyncio.gather(*(client.post(NOTICE, content=body_of(paid), headers=SIGNED) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert await balance(database) == Money.uah(50)


async def test_a_forged_notice_changes_nothing(client: httpx.AsyncClient, database: Database, paid: Payment):
    answer = await client.post(NOTICE, content=body_of(paid), headers={"x-sign": "forged"})
    assert answer.status_code == 400
    assert await balance(database) == Money.ZERO


async def test_a_notice_that_cannot_be_checked_now_shall_come_again(
    client: httpx.AsyncClient, database: Database, paid: Payment, bank: Bank, monkeypatch: pytest.MonkeyPatch
):
    async def nobody_answers(*_: object) -> None:
        raise AcquirerUnavailable("no key")

    monkeypatch.setattr(bank, "read_notice", nobody_answers)
    assert (await client.post(NOTICE, content=body_of(paid), headers=SIGNED)).status_code == 503
    assert await balance(database) == Money.ZERO


async def test_a_notice_to_an_acquirer_that_we_do_not_have_is_not_found(client: httpx.AsyncClient):
    assert (await client.post("/api/acquirer/another/notice", content=b"{}", headers=SIGNED)).status_code == 404


async def test_a_body_without_end_is_not_read_to_its_end(client: httpx.AsyncClient, database: Database, paid: Payment):
    answer = await client.post(NOTICE, content=body_of(paid) + b" " * 64_000, headers=SIGNED)
    assert answer.status_code == 413
    assert await balance(database) == Money.ZERO


async def test_only_post_reports(client: httpx.AsyncClient):
    assert (await client.get(NOTICE)).status_code == 405
