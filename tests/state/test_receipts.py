"""The receipt on the screen, the letter asked for there, and the bank's QR."""

import urllib.parse
from datetime import timedelta

import pytest
from reflex.istate.data import RouterData
from sqlmodel import select

from mykyivstar import terms, wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.models import MailMessage
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.serving.build import fingerprint
from mykyivstar.settings import settings
from mykyivstar.state.language import LanguageState
from mykyivstar.state.papers.receipts import ReceiptRow, ReceiptShareRow, ReceiptState, receipt_row
from mykyivstar.state.payments_qr import BankQrState, purpose
from tests.domain.papers.conftest import Desk
from tests.factories.payments import share
from tests.state.tab import Tab, tab_of

GUEST = "g" * 64


@pytest.fixture
async def desk(world: Database, clock: FixedClock) -> Desk:
    wiring.press.cache_clear()
    desk = Desk(world, clock)
    await desk.settle()
    return desk


async def row_of(desk: Desk, payment: Payment) -> ReceiptRow | None:
    async with desk.database.reading() as session:
        return await receipt_row(session, await session.get_one(Payment, payment.id))


async def letters(desk: Desk) -> list[MailMessage]:
    async with desk.database.reading() as session:
        return list((await session.exec(select(MailMessage))).all())


def at_payment(tab: Tab, payment: Payment) -> Tab:
    path = f"/payments/{payment.code}"
    tab.root.router = RouterData.from_router_data({"pathname": "/payments/[code]", "asPath": path, "headers": {}})
    return tab


async def test_the_screen_has_every_fact_of_the_paper(desk: Desk) -> None:
    shares = [share(desk.internet, Money.uah(70)), share(desk.line, Money.uah(30))]
    paid = await desk.pay(PaymentState.CREDITED, shares=shares, card_mask="444403******1902", bank_reference="MONO-1")
    row = await row_of(desk, paid)
    assert row is not None
    assert (row.number, row.time, row.payment_id) == ("20120503194733", "19:47:33", str(paid.id))
    assert row.shares == [ReceiptShareRow("internet", "4477622", 7000), ReceiptShareRow("line", "380671000001", 3000)]
    assert (row.amount, row.source, row.state, row.card_mask) == (10_000, "card", "credited", "444403******1902")
    assert (row.where, row.proof) == ("http://localhost:3000/verify", f"http://localhost:3000/verify/{row.code}")
    assert row.qr.startswith("data:image/svg+xml;base64,")
    assert row.pdf == f"/api/payments/{paid.code}/receipt.pdf?lang="


async def test_a_payment_that_took_no_money_has_no_receipt(desk: Desk) -> None:
    assert await row_of(desk, await desk.pay(PaymentState.CONFIRMING)) is None


async def test_the_payer_has_it_sent_in_the_language_of_the_screen(desk: Desk) -> None:
    paid = await desk.pay(PaymentState.CREDITED)
    tab = at_payment(tab_of(desk.olena), paid)
    (await tab.state(LanguageState)).lang = "ru"
    await tab.do(ReceiptState, "ask", payment=paid.code)
    assert (await tab.state(ReceiptState)).is_asking
    await tab.do(ReceiptState, "send", form={"payment": paid.code, "email": " Olena@Example.com"})
    shown = await tab.state(ReceiptState)
    assert (shown.is_asking, shown.sent_to, shown.payment) == (False, "Olena@example.com", paid.code)
    [letter] = await letters(desk)
    assert (letter.to, letter.language, letter.params) == ("Olena@example.com", Language.RU, {"payment_id": paid.id})


async def test_the_receipt_that_was_drawn_is_sent_from_whatever_page_one_is_at_by_then(desk: Desk) -> None:
    seen, other = [await desk.pay(PaymentState.CREDITED, key=f"form:{each}") for each in "ab"]
    tab = at_payment(tab_of(desk.olena), other)
    await tab.do(ReceiptState, "send", form={"payment": seen.code, "email": "olena@example.com"})
    [letter] = await letters(desk)
    assert letter.params == {"payment_id": seen.id}
    assert (await tab.state(ReceiptState)).payment == seen.code


async def test_an_address_that_is_none_is_refused_beside_the_field(desk: Desk) -> None:
    paid = await desk.pay(PaymentState.CREDITED)
    tab = at_payment(tab_of(desk.olena), paid)
    await tab.do(ReceiptState, "ask", payment=paid.code)
    await tab.do(ReceiptState, "send", form={"payment": paid.code, "email": "olena"})
    shown = await tab.state(ReceiptState)
    assert "olena@example.com" in shown.field_refusals["email"]["uk"]
    assert (shown.is_asking, await letters(desk)) == (True, [])


async def test_a_stranger_at_the_same_address_has_nothing_sent(desk: Desk) -> None:
    paid = await desk.pay(PaymentState.CREDITED, payer=Payer(visitor=GUEST))
    for tab in (tab_of(desk.olena), tab_of(None, visitor="x" * 64)):
        await at_payment(tab, paid).do(ReceiptState, "send", form={"payment": paid.code, "email": "a@example.com"})
        assert (await tab.state(ReceiptState)).refusal["en"].startswith("We could not find this")
    assert await letters(desk) == []
    await at_payment(tab_of(None, visitor=GUEST), paid).do(
        ReceiptState, "send", form={"payment": paid.code, "email": "a@example.com"}
    )
    assert len(await letters(desk)) == 1


async def test_nobodys_mailbox_is_filled_with_receipts(desk: Desk) -> None:
    paid = await desk.pay(PaymentState.CREDITED)
    tab = at_payment(tab_of(desk.olena), paid)
    for _ in range(6):
        desk.clock.moment += timedelta(minutes=1)
        await tab.do(ReceiptState, "send", form={"payment": paid.code, "email": "victim@example.com"})
    assert len(await letters(desk)) == 5
    assert (await tab.state(ReceiptState)).refusal


async def make(tab: Tab, number: str, amount: str = "") -> BankQrState:
    await tab.do(BankQrState, "make", form={"number": number, "amount": amount})
    return await tab.state(BankQrState)


async def test_the_banks_qr_names_the_account_it_is_for(desk: Desk) -> None:
    shown = await make(tab_of(None), "067 100 00 01", "150,50")
    assert shown.address.startswith("https://qr.bank.gov.ua/")
    assert (shown.number, shown.amount) == ("380671000001", 15_050)
    assert shown.picture.startswith("data:image/svg+xml")
    assert "Демонстрація" in shown.recipient
    payload = urllib.parse.urlsplit(shown.address).path.lstrip("/")
    assert len(payload) < 475
    assert (await make(tab_of(None), "4477622")).amount == 0


async def test_the_bank_statement_says_whose_money_it_is(desk: Desk) -> None:
    from mykyivstar.domain.payments.targets import find_target

    async with desk.database.reading() as session:
        assert purpose(await find_target(session, "4477622")) == "Поповнення рахунку 4477622, Київстар"


@pytest.mark.parametrize(
    ("number", "amount", "field"),
    [
        ("0679999999", "", "number"),
        ("abc", "", "number"),
        ("0671000001", "5001", "amount"),
        ("0671000001", "x", "amount"),
    ],
)
async def test_what_cannot_be_paid_gets_no_qr(desk: Desk, number: str, amount: str, field: str) -> None:
    shown = await make(tab_of(None), number, amount)
    assert shown.field_refusals[field]["uk"]
    assert (shown.address, shown.picture) == ("", "")


async def test_production_without_an_account_offers_no_qr(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    terms.bank_details.cache_clear()
    monkeypatch.setattr(type(settings()), "is_demo", False)
    shown = await make(tab_of(None), "0671000001")
    terms.bank_details.cache_clear()
    assert (shown.address, bool(shown.refusal)) == ("", True)


@pytest.mark.parametrize(
    ("environment", "iban", "offers"), [("demo", "", True), ("production", "", False), ("production", "UA1", True)]
)
def test_the_top_up_page_offers_the_qr_where_there_is_an_account(environment: str, iban: str, offers: bool) -> None:
    chosen = settings().model_copy(update={"environment": environment, "bank_iban": iban})
    assert chosen.offers_bank_qr is offers
    other = settings().model_copy(update={"environment": environment, "bank_iban": "" if iban else "UA1"})
    assert (fingerprint(chosen) == fingerprint(other)) is (environment == "demo")
