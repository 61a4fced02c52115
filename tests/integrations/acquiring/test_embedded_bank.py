"""The embedded bank as a bank: notices that survive everything, and card numbers that survive nothing."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from mykyivstar.integrations.acquiring.embedded.bank import Impossible
from mykyivstar.integrations.acquiring.embedded.cards import TEST_CARDS, Conduct, card_of, is_luhn, mask
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import AcquirerRefused, AcquirerUnavailable, Decline, InvoiceState
from tests.contracts.test_acquirers import AMOUNT, order
from tests.peers.banks.demo import CARD, SLOW, Demo, code_on, demo_bank

CARDS = {card.conduct: card.number for card in reversed(TEST_CARDS)}


@pytest.fixture
async def demo(tmp_path: Path, clock: FixedClock) -> AsyncIterator[Demo]:
    async with demo_bank(tmp_path, clock) as demo:
        yield demo


async def told(demo: Demo) -> list[str]:
    """The states of all notices so far."""
    await demo.bank.do_what_is_due()
    return [json.loads(body)["status"] for _, body in demo.shop.notices]


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_the_shop_is_told_of_each_change_in_its_order(demo: Demo) -> None:
    await demo.pay((await demo.acquirer.create(order())).page_url)
    assert await told(demo) == ["processing", "success"]
    times = [(await demo.acquirer.read_notice(*each)).changed_at for each in demo.shop.notices]
    assert times == sorted(set(times))


async def test_a_notice_is_tried_three_times_and_no_more(demo: Demo, clock: FixedClock) -> None:
    demo.shop.answers = [500]
    await demo.type_card((await demo.acquirer.create(order())).page_url, CARDS[Conduct.NO_MONEY])
    for tries in (1, 2, 3, 3):
        assert await told(demo) == ["failure"] * tries
        assert await told(demo) == ["failure"] * tries, "not before its time"
        clock.moment += timedelta(minutes=1)


async def test_a_notice_that_was_taken_is_not_sent_again(demo: Demo, clock: FixedClock) -> None:
    demo.shop.answers = [503, 200]
    await demo.type_card((await demo.acquirer.create(order())).page_url, CARDS[Conduct.FRAUD])
    for tries in (1, 2, 2):
        assert await told(demo) == ["failure"] * tries
        clock.moment += timedelta(minutes=1)


async def test_after_a_restart_the_bank_goes_on_where_it_was(demo: Demo, tmp_path: Path, clock: FixedClock) -> None:
    invoice = await demo.acquirer.create(order(wallet="olena"))
    await demo.pay(invoice.page_url, CARDS[Conduct.SLOW])
    clock.moment += SLOW
    async with demo_bank(tmp_path, clock) as restarted:
        assert await told(restarted) == ["processing", "processing", "success"]
        assert demo.shop.notices == []
        # It signs with the key that the shop knows already.
        for notice in restarted.shop.notices:
            await demo.acquirer.read_notice(*notice)
        assert (await restarted.acquirer.status(invoice.id)).state is InvoiceState.SUCCESS


async def test_of_several_processes_one_sends_each_notice(demo: Demo, tmp_path: Path, clock: FixedClock) -> None:
    async with demo_bank(tmp_path, clock) as other:
        for _ in range(5):
            await demo.type_card((await demo.acquirer.create(order())).page_url, CARDS[Conduct.LIMIT])
        sent = await asyncio.gather(demo.bank.do_what_is_due(), other.bank.do_what_is_due())
        assert sum(sent) == len(demo.shop.notices) + len(other.shop.notices) == 5


async def test_notices_go_where_the_shop_is_reached_from_here(tmp_path: Path, clock: FixedClock) -> None:
    async with demo_bank(tmp_path, clock, notices_via="http://127.0.0.1:3000") as demo:
        await demo.type_card((await demo.acquirer.create(order())).page_url, CARDS[Conduct.LIMIT])
        await demo.bank.do_what_is_due()
        assert demo.shop.addresses == ["http://127.0.0.1:3000/api/acquirer/any/notice"]


@pytest.mark.parametrize(
    ("conduct", "notices"),
    [(Conduct.SILENT, []), (Conduct.TWICE, ["processing", "success", "success"])],
)
async def test_silent_and_doubled_notices(demo: Demo, conduct: Conduct, notices: list[str]) -> None:
    invoice = await demo.acquirer.create(order())
    await demo.pay(invoice.page_url, CARDS[conduct])
    assert await told(demo) == notices
    assert (await demo.acquirer.status(invoice.id)).state is InvoiceState.SUCCESS


async def test_a_slow_payment_is_processing_until_its_time(demo: Demo, clock: FixedClock) -> None:
    invoice = await demo.acquirer.create(order())
    await demo.pay(invoice.page_url, CARDS[Conduct.SLOW])
    clock.moment += SLOW - timedelta(seconds=1)
    assert (await demo.acquirer.status(invoice.id)).state is InvoiceState.PROCESSING
    clock.moment += timedelta(seconds=1)
    assert (await demo.acquirer.status(invoice.id)).state is InvoiceState.SUCCESS
    assert await told(demo) == ["processing", "processing", "success"]


async def test_during_an_outage_nothing_is_answered_nor_told(demo: Demo, clock: FixedClock) -> None:
    invoice = await demo.acquirer.create(order())
    await demo.pay(invoice.page_url, CARDS[Conduct.UNREACHABLE])
    with pytest.raises(AcquirerUnavailable):
        await demo.acquirer.status(invoice.id)
    with pytest.raises(AcquirerUnavailable):
        await demo.acquirer.create(order())
    assert await told(demo) == ["processing"]
    clock.moment += timedelta(minutes=1)
    assert await told(demo) == ["processing", "success"]
    assert (await demo.acquirer.status(invoice.id)).state is InvoiceState.SUCCESS


async def test_an_invoice_is_over_when_its_time_is_up(demo: Demo, clock: FixedClock) -> None:
    typed, untouched = await demo.acquirer.create(order()), await demo.acquirer.create(order())
    await demo.type_card(typed.page_url)
    clock.moment += timedelta(minutes=20)
    for invoice in (typed, untouched):
        await demo.pay(invoice.page_url)
        assert (await demo.acquirer.status(invoice.id)).state is InvoiceState.EXPIRED


async def test_a_code_pays_once_however_often_it_is_sent(demo: Demo) -> None:
    invoice = await demo.acquirer.create(order())
    await demo.type_card(invoice.page_url)
    page = await demo.browser.get(invoice.page_url)
    path, code = f"/acquirer/pay/{invoice.id}/code", code_on(page.text)
    await asyncio.gather(*(demo.browser.post(path, data={"code": code}) for _ in range(8)))
    assert await told(demo) == ["processing", "success"]


async def test_what_is_over_cannot_be_paid_again(demo: Demo) -> None:
    invoice = await demo.acquirer.create(order())
    await demo.type_card(invoice.page_url, CARDS[Conduct.NO_MONEY])
    again = await demo.type_card(invoice.page_url)
    assert again.status_code == 200
    assert (await demo.acquirer.status(invoice.id)).decline is Decline.NOT_ENOUGH_MONEY


async def test_a_card_that_pays_once_is_declined_when_charged_later(demo: Demo) -> None:
    invoice = await demo.acquirer.create(order(wallet="olena"))
    await demo.pay(invoice.page_url, CARDS[Conduct.PAYS_ONCE])
    card = (await demo.acquirer.status(invoice.id)).card
    assert card
    report = await demo.acquirer.charge(order(), card.token)
    assert (report.state, report.decline) == (InvoiceState.FAILURE, Decline.NOT_ENOUGH_MONEY)


async def test_a_card_is_kept_only_when_the_shop_asked(demo: Demo) -> None:
    invoice = await demo.acquirer.create(order())
    await demo.pay(invoice.page_url)
    card = (await demo.acquirer.status(invoice.id)).card
    assert card
    assert card.token == ""


async def test_a_forgotten_card_is_charged_no_more(demo: Demo) -> None:
    invoice = await demo.acquirer.create(order(wallet="olena"))
    await demo.pay(invoice.page_url)
    card = (await demo.acquirer.status(invoice.id)).card
    assert card
    await demo.acquirer.forget(card.token)
    with pytest.raises(AcquirerRefused):
        await demo.acquirer.charge(order(), card.token)


async def test_refunds_at_once_never_exceed_what_was_paid(demo: Demo) -> None:
    invoice = await demo.acquirer.create(order())
    await demo.pay(invoice.page_url)
    tries = [demo.acquirer.refund(invoice.id, amount=Money.uah(100), key=f"k{n}") for n in range(6)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(outcome, AcquirerRefused) for outcome in outcomes) == 5
    assert (await demo.acquirer.status(invoice.id)).refunded == Money.uah(100)
    with pytest.raises(Impossible):
        demo.bank.bank.refund(invoice.id, AMOUNT.kopiykas, "direct", demo.bank._clock.now())


async def test_card_numbers_are_neither_kept_nor_logged(
    demo: Demo, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for card in (CARD, CARDS[Conduct.NO_MONEY], "4242424242424241", "4111111111111111"):
        invoice = await demo.acquirer.create(order(wallet="olena"))
        await demo.type_card(invoice.page_url, f"{card[:4]} {card[4:8]} {card[8:12]} {card[12:]}", cvv="7391")
        await demo.pay(invoice.page_url, card)
    await demo.bank.do_what_is_due()
    kept = everything_in(tmp_path)
    bodies = b"".join(body for _, body in demo.shop.notices)
    assert mask(CARD).encode() in kept
    for place in (kept, bodies, caplog.text.encode()):
        for card in (CARD, CARDS[Conduct.NO_MONEY], "4242424242424241", "4111111111111111"):
            assert card.encode() not in place
            assert f"{card[:4]} {card[4:8]}".encode() not in place
        assert b"Olena Petrenko" not in place
    assert b"7391" not in caplog.text.encode()


async def test_what_is_typed_wrong_is_not_shown_again(demo: Demo) -> None:
    invoice = await demo.acquirer.create(order())
    answer = await demo.type_card(invoice.page_url, "4111111111111111", cvv="9753", holder="Олена <b>")
    assert answer.status_code == 422
    assert "4111" not in answer.text
    assert "9753" not in answer.text
    assert "Олена &lt;b&gt;" in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_the_file_is_for_its_owner_alone(demo: Demo, tmp_path: Path) -> None:
    await demo.acquirer.create(order())
    assert (tmp_path / "acquirer.db").stat().st_mode & 0o077 == 0


async def test_what_the_shop_says_cannot_break_the_page(demo: Demo) -> None:
    evil = '"><script>alert(1)</script>'
    invoice = await demo.acquirer.create(order(purpose=evil))
    page = (await demo.browser.get(invoice.page_url)).text
    assert "<script" not in page
    with pytest.raises(AcquirerRefused):
        await demo.acquirer.create(order(return_url="javascript:alert(1)"))


async def test_nobody_but_the_shop_may_ask(demo: Demo) -> None:
    for token in ("", "another", "ключ"):
        answer = await demo.browser.get("/acquirer/api/merchant/pubkey", headers={"X-Token": token.encode()})
        assert answer.status_code == 403
    assert (await demo.browser.post("/acquirer/api/merchant/invoice/create", json={})).status_code == 403


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"amount": 0}', b'{"amount": 1.5}', b'{"amount": 5, "ccy": 840}', b"x" * 70_000]
)
async def test_a_request_that_makes_no_sense_is_refused(demo: Demo, body: bytes) -> None:
    headers = {"X-Token": "the token of the shop"}
    answer = await demo.browser.post("/acquirer/api/merchant/invoice/create", content=body, headers=headers)
    assert (answer.status_code, answer.json()["errCode"]) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("path", ["pay/unknown", "pay/unknown/code", "nothing", "pay/../../etc/passwd"])
async def test_an_address_that_is_none_gets_a_page(demo: Demo, path: str) -> None:
    answer = await demo.browser.get(f"/acquirer/{path}")
    assert answer.status_code in {404, 405}


def test_every_test_card_could_be_a_card() -> None:
    assert all(is_luhn(card.number) for card in TEST_CARDS)
    assert len({card.ending for card in TEST_CARDS}) == len(TEST_CARDS)
    assert {card.conduct for card in TEST_CARDS} == set(Conduct)
    assert not is_luhn("4242424242424241")
    assert card_of("4111111111111111") is None
    assert mask(CARD) == "424242******4242"


async def test_the_page_speaks_the_language_of_the_visitor(demo: Demo) -> None:
    path = "/acquirer/pay/" + (await demo.acquirer.create(order())).id

    async def spoken(query: str = "", **headers: str) -> str:
        page = (await demo.browser.get(path + query, headers=headers)).text
        return page.partition('<html lang="')[2][:2]

    assert await spoken() == "uk"
    assert await spoken(**{"Accept-Language": "de-DE, ru;q=0.8, en;q=0.5"}) == "ru"
    assert await spoken(**{"Accept-Language": "en", "Cookie": "lang=ru"}) == "ru"
    assert await spoken("?lang=en", Cookie="lang=ru") == "en"
    assert await spoken("?lang=de") == "uk"


async def test_the_page_may_load_nothing_but_its_own_styles(demo: Demo) -> None:
    page = await demo.browser.get("/acquirer/pay/" + (await demo.acquirer.create(order())).id)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'; style-src 'self'" in policy
    assert "form-action 'self' https://shop.example;" in policy
    assert "script" not in page.text
    styles = await demo.browser.get("/acquirer/bank.css")
    assert styles.headers["content-type"].startswith("text/css")
    assert len(styles.content) < 12_000
