"""What every acquirer promises, tried on the embedded bank and on two banks as they document themselves."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import (
    Acquirer,
    AcquirerRefused,
    AcquirerUnavailable,
    Decline,
    ForgedNotice,
    Invoice,
    InvoiceState,
    Order,
    Report,
)
from tests.contracts.acquirers import MonobankSide, Side, WayForPaySide, side_of
from tests.peers.banks.network import Trouble

AMOUNT = Money.uah(150, 50)
_references = count(1)


def order(**changes: object) -> Order:
    return Order(
        **{  # type: ignore[arg-type]
            "reference": f"84d0070ee4e44667b31371d8f{next(_references):07}",
            "amount": AMOUNT,
            "purpose": "Поповнення 067 100 00 01",
            "return_url": "https://shop.example/payments/x",
            "notice_url": "https://shop.example/api/acquirer/any/notice",
            "valid_for": timedelta(minutes=20),
            **changes,
        }
    )


@pytest.fixture(params=["embedded", "monobank", "wayforpay"])
async def side(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> AsyncIterator[Side]:
    async with side_of(request.param, tmp_path, clock) as side:
        yield side


async def paid(side: Side, **changes: object) -> Invoice:
    invoice = await side.acquirer.create(order(**changes))
    await side.pay(invoice)
    return invoice


async def test_an_invoice_waits_for_its_payer_on_a_page(side: Side) -> None:
    wanted = order()
    invoice = await side.acquirer.create(wanted)
    assert invoice.page_url.startswith("https://")
    report = await side.acquirer.status(invoice.id)
    assert (report.invoice_id, report.state, report.refunded) == (invoice.id, InvoiceState.CREATED, Money.ZERO)
    assert report.reference == wanted.reference


async def test_a_paid_invoice_says_what_was_paid_and_masks_the_card(side: Side) -> None:
    wanted = order()
    invoice = await side.acquirer.create(wanted)
    await side.pay(invoice)
    report = await side.acquirer.status(invoice.id)
    assert (report.state, report.amount, report.reference) == (InvoiceState.SUCCESS, AMOUNT, wanted.reference)
    assert report.decline is None
    assert report.bank_reference
    assert report.changed_at.tzinfo is not None
    assert report.card is not None
    assert "*" in report.card.mask
    assert report.card.mask.endswith(("4242", "1902"))
    assert report.card.brand == "visa"


@pytest.mark.parametrize("decline", [each for each in Decline if each is not Decline.OTHER])
async def test_a_refused_card_says_why(side: Side, decline: Decline) -> None:
    invoice = await side.acquirer.create(order())
    await side.refuse(invoice, decline)
    report = await side.acquirer.status(invoice.id)
    assert (report.state, report.decline) == (InvoiceState.FAILURE, decline)


async def test_a_notice_says_what_the_status_says(side: Side) -> None:
    invoice = await paid(side)
    headers, body = await side.notice(invoice)
    assert await side.acquirer.read_notice(headers, body) == await side.acquirer.status(invoice.id)


async def test_a_notice_is_believed_whatever_the_case_of_its_headers(side: Side) -> None:
    invoice = await paid(side)
    headers, body = await side.notice(invoice)
    report = await side.acquirer.read_notice({name.lower(): value for name, value in headers.items()}, body)
    assert report.state is InvoiceState.SUCCESS


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace(b"150", b"950"),
        lambda body: body.replace(b"success", b"reversed").replace(b"Approved", b"Refunded"),
        lambda body: body.replace(b"84d0070e", b"94d0070e"),
        lambda _body: b"",
        lambda _body: b"[]",
        lambda _body: b"{}",
        lambda _body: b'"text"',
        lambda _body: b"\xff\xfe",
    ],
    ids=["amount", "state", "reference", "empty", "list", "object", "text", "bytes"],
)
async def test_a_notice_whose_body_was_changed_is_forged(side: Side, change: Callable[[bytes], bytes]) -> None:
    invoice = await paid(side)
    headers, body = await side.notice(invoice)
    assert change(body) != body
    with pytest.raises(ForgedNotice):
        await side.acquirer.read_notice(headers, change(body))


async def test_a_notice_that_nobody_signed_is_forged(side: Side) -> None:
    _, body = await side.notice(await paid(side))
    unsigned = body.replace(b"merchantSignature", b"merchantSignatura")
    for headers in ({}, {"x-sign": ""}, {"x-sign": "bm90IGEgc2lnbmF0dXJl"}, {"x-sign": "не base64"}):
        with pytest.raises(ForgedNotice):
            await side.acquirer.read_notice(headers, unsigned)


async def test_an_order_is_found_by_its_reference(side: Side) -> None:
    wanted = order()
    assert await side.acquirer.find(wanted.reference) is None
    invoice = await side.acquirer.create(wanted)
    await side.pay(invoice)
    found = await side.acquirer.find(wanted.reference)
    assert found is not None
    assert (found.invoice_id, found.state) == (invoice.id, InvoiceState.SUCCESS)


async def test_an_invoice_that_is_not_there_is_refused(side: Side) -> None:
    with pytest.raises(AcquirerRefused):
        await side.acquirer.status("p2_unknown")
    with pytest.raises(AcquirerRefused):
        await side.acquirer.refund("p2_unknown", amount=AMOUNT, key="k")


async def test_money_goes_back_once_a_key(side: Side) -> None:
    invoice = await paid(side)
    for _ in range(3):
        report = await side.acquirer.refund(invoice.id, amount=AMOUNT, key="payment:1:refund")
        assert (report.state, report.refunded, report.amount) == (InvoiceState.REVERSED, AMOUNT, AMOUNT)


async def test_a_part_may_go_back(side: Side) -> None:
    invoice = await paid(side)
    for _ in range(2):
        report = await side.acquirer.refund(invoice.id, amount=Money.uah(50), key="part")
        assert (report.state, report.refunded) == (InvoiceState.REVERSED, Money.uah(50))


@pytest.mark.parametrize("amount", [AMOUNT + Money(1), Money.ZERO, Money(-1)])
async def test_neither_more_than_was_paid_nor_nothing_goes_back(side: Side, amount: Money) -> None:
    invoice = await paid(side)
    with pytest.raises(AcquirerRefused):
        await side.acquirer.refund(invoice.id, amount=amount, key="k")
    assert (await side.acquirer.status(invoice.id)).refunded == Money.ZERO


async def test_nothing_goes_back_of_what_was_not_paid(side: Side) -> None:
    invoice = await side.acquirer.create(order())
    with pytest.raises(AcquirerRefused):
        await side.acquirer.refund(invoice.id, amount=AMOUNT, key="k")


async def test_a_kept_card_is_charged_once_a_reference(side: Side) -> None:
    first = await side.acquirer.status((await paid(side, wallet="olena")).id)
    assert first.card is not None
    assert first.card.token
    assert first.card.token not in repr(first)
    again = order(amount=Money.uah(75))
    reports = [await side.acquirer.charge(again, first.card.token) for _ in range(2)]
    assert {report.invoice_id for report in reports} == {reports[0].invoice_id}
    assert (reports[0].state, reports[0].amount) == (InvoiceState.SUCCESS, Money.uah(75))
    assert reports[0].reference == again.reference


async def test_a_card_that_is_not_kept_is_not_charged(side: Side) -> None:
    wanted = order()
    with pytest.raises(AcquirerRefused):
        await side.acquirer.charge(wanted, "no such token")
    assert await side.acquirer.find(wanted.reference) is None


async def test_forgetting_a_card_twice_is_no_error(side: Side) -> None:
    card = (await side.acquirer.status((await paid(side, wallet="olena")).id)).card
    assert card is not None
    for _ in range(2):
        await side.acquirer.forget(card.token)


async def test_an_unpaid_invoice_can_be_made_void(side: Side) -> None:
    invoice = await side.acquirer.create(order())
    await side.acquirer.withdraw(invoice.id)
    assert (await side.acquirer.status(invoice.id)).state is InvoiceState.EXPIRED
    with pytest.raises(AcquirerRefused):
        await side.acquirer.withdraw((await paid(side)).id)


Call = Callable[[Acquirer, Invoice], Awaitable[object]]
CALLS: dict[str, Call] = {
    "create": lambda acquirer, _: acquirer.create(order()),
    "charge": lambda acquirer, _: acquirer.charge(order(), "token"),
    "status": lambda acquirer, invoice: acquirer.status(invoice.id),
    "find": lambda acquirer, _: acquirer.find("reference"),
    "refund": lambda acquirer, invoice: acquirer.refund(invoice.id, amount=AMOUNT, key="k"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@pytest.mark.parametrize("trouble", [each for each in Trouble if each is not Trouble.SLOW])
async def test_a_bank_that_does_not_answer_is_unavailable(side: Side, trouble: Trouble, call: Call) -> None:
    invoice = await paid(side)
    side.network.trouble = trouble
    with pytest.raises(AcquirerUnavailable):
        await call(side.acquirer, invoice)
    side.network.trouble = None
    assert (await side.acquirer.status(invoice.id)).state is InvoiceState.SUCCESS


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@pytest.mark.parametrize("kind", ["embedded", "monobank", "wayforpay"])
async def test_nobody_waits_longer_than_was_said(kind: str, call: Call, tmp_path: Path, clock: FixedClock) -> None:
    async with side_of(kind, tmp_path, clock, within_s=0.2) as side:
        side.network.trouble = Trouble.SLOW
        with pytest.raises(AcquirerUnavailable):
            async with asyncio.timeout(10):
                await call(side.acquirer, Invoice("p2_any", "https://pay.example"))


async def test_a_notice_that_cannot_be_checked_is_neither_believed_nor_refused(side: Side) -> None:
    headers, body = await side.notice(await paid(side))
    side.network.trouble = Trouble.DOWN
    with pytest.raises(AcquirerUnavailable):
        await side.acquirer.read_notice(headers, body)


@pytest.mark.parametrize("kind", ["monobank", "wayforpay"])
async def test_a_report_in_another_currency_says_nothing(kind: str, tmp_path: Path, clock: FixedClock) -> None:
    async with side_of(kind, tmp_path, clock) as side:
        invoice = await paid(side)
        if isinstance(side, MonobankSide):
            side.bank.invoices[invoice.id]["ccy"] = 840
        elif isinstance(side, WayForPaySide):
            side.bank.orders[invoice.id]["currency"] = "USD"
        headers, body = await side.notice(invoice)
        for question in (side.acquirer.status(invoice.id), side.acquirer.read_notice(headers, body)):
            with pytest.raises(AcquirerUnavailable):
                await question


async def test_what_the_bank_wants_to_read_is_bytes(side: Side) -> None:
    report: Report = await side.acquirer.status((await paid(side)).id)
    assert isinstance(side.acquirer.answer_to_notice(report), bytes)
