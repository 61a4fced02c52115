"""What is WayForPay's own: signatures by hand, its answer to notices, and what it cannot do."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mykyivstar.integrations.acquiring.wayforpay_wire import decimal_of, money_of, read_answer
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import AcquirerRefused, AcquirerUnavailable, InvoiceState
from tests.contracts.acquirers import WayForPaySide, side_of
from tests.contracts.test_acquirers import AMOUNT, order, paid
from tests.peers.banks import wayforpay
from tests.peers.banks.network import Trouble


@pytest.fixture
async def side(tmp_path: Path, clock: FixedClock) -> AsyncIterator[WayForPaySide]:
    async with side_of("wayforpay", tmp_path, clock) as side:
        assert isinstance(side, WayForPaySide)
        yield side


async def test_the_answer_to_a_notice_is_an_accept_signed_by_us(side: WayForPaySide, clock: FixedClock) -> None:
    report = await side.acquirer.read_notice(*await side.notice(await paid(side)))
    answer = json.loads(side.acquirer.answer_to_notice(report))
    now = int(clock.now().timestamp())
    signed = f"{report.reference};accept;{now}"
    assert answer == {
        "orderReference": report.reference,
        "status": "accept",
        "time": now,
        "signature": hmac.new(wayforpay.SECRET.encode(), signed.encode(), hashlib.md5).hexdigest(),
    }


async def test_a_notice_is_a_reason_to_ask_because_little_of_it_is_signed(side: WayForPaySide) -> None:
    invoice = await paid(side)
    headers, body = await side.notice(invoice)
    forged = json.loads(body) | {"recToken": "a token of somebody else", "refundAmount": 1, "processingDate": 1}
    report = await side.acquirer.read_notice(headers, json.dumps(forged).encode())
    assert report == await side.acquirer.status(invoice.id)
    assert report.card is not None
    assert report.card.token == wayforpay.TOKEN


async def test_an_old_notice_sent_again_says_what_is_true_now(side: WayForPaySide) -> None:
    invoice = await paid(side)
    old = await side.notice(invoice)
    await side.acquirer.refund(invoice.id, amount=AMOUNT, key="k")
    assert (await side.acquirer.read_notice(*old)).state is InvoiceState.REVERSED


async def test_amounts_are_signed_with_two_decimals(side: WayForPaySide) -> None:
    for amount in (Money.uah(150), Money.uah(0, 5), Money.uah(1, 10), Money.uah(100_000)):
        invoice = await side.acquirer.create(order(amount=amount))
        await side.pay(invoice)
        assert (await side.acquirer.status(invoice.id)).amount == amount


def test_money_becomes_decimals_and_back() -> None:
    assert str(decimal_of(Money(15050))) == "150.50"
    assert str(decimal_of(Money(5))) == "0.05"
    assert money_of(Decimal("150.5")) == Money(15050)
    for wrong in ("150.505", "-1", "NaN", "Infinity"):
        with pytest.raises(AcquirerUnavailable):
            money_of(Decimal(wrong))


def test_a_code_that_stands_in_the_place_of_the_reason_is_found() -> None:
    assert read_answer(b'{"reasonCode": "Duplicate Order ID", "reason": "1112"}').reason_code == 1112
    assert read_answer(b'{"reasonCode": "1112", "reason": "Duplicate Order ID"}').reason_code == 1112
    assert read_answer(b'{"reasonCode": 1112, "reason": ""}').reason_code == 1112
    with pytest.raises(AcquirerUnavailable):
        read_answer(b'{"reasonCode": "", "reason": "Something"}')


async def test_a_second_refund_is_refused_because_a_repeated_one_could_not_be_told_from_it(side: WayForPaySide) -> None:
    invoice = await paid(side)
    await side.acquirer.refund(invoice.id, amount=Money.uah(50), key="one")
    with pytest.raises(AcquirerRefused):
        await side.acquirer.refund(invoice.id, amount=Money.uah(20), key="two")
    assert (await side.acquirer.status(invoice.id)).refunded == Money.uah(50)


async def test_a_refund_that_waits_is_not_asked_for_again(side: WayForPaySide) -> None:
    invoice = await paid(side)
    side.bank.orders[invoice.id]["transactionStatus"] = "RefundInProcessing"
    before = side.network.requests
    report = await side.acquirer.refund(invoice.id, amount=AMOUNT, key="k")
    assert (report.state, report.refunded) == (InvoiceState.SUCCESS, Money.ZERO)
    assert side.network.requests == before + 1


async def test_an_order_made_before_is_unavailable_because_its_page_is_not_told_again(side: WayForPaySide) -> None:
    wanted = order()
    await side.acquirer.create(wanted)
    with pytest.raises(AcquirerUnavailable):
        await side.acquirer.create(wanted)
    found = await side.acquirer.find(wanted.reference)
    assert found is not None
    assert found.state is InvoiceState.CREATED


async def test_forgetting_a_token_asks_nobody(side: WayForPaySide) -> None:
    side.network.trouble = Trouble.DOWN
    await side.acquirer.forget("token")


async def test_a_wrong_secret_says_nothing_about_an_order(side: WayForPaySide, clock: FixedClock) -> None:
    invoice = await paid(side)
    side.acquirer._credentials = type(side.acquirer._credentials)("test_merch_n1", "wrong", "www.market.ua")  # type: ignore[attr-defined]
    with pytest.raises(AcquirerUnavailable):
        await side.acquirer.status(invoice.id)
    with pytest.raises(AcquirerUnavailable):
        await side.acquirer.find(invoice.id)
    with pytest.raises(AcquirerRefused):
        await side.acquirer.create(order())


async def test_the_order_carries_its_language_and_its_time(side: WayForPaySide) -> None:
    sent: list[dict[str, object]] = []
    create = side.bank._create_invoice
    side.bank._create_invoice = lambda given: sent.append(given) or create(given)  # type: ignore[method-assign,func-returns-value]
    await side.acquirer.create(order(language="en", valid_for=timedelta(minutes=15)))
    assert (sent[0]["language"], sent[0]["orderTimeout"]) == ("EN", 900)
    assert sent[0]["serviceUrl"] == "https://shop.example/api/acquirer/any/notice"
