"""What receipts say, for every source of money, and to whom."""

from datetime import UTC, datetime, timedelta

import pytest

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.papers.receipt import ReceiptShare, has_receipt, masked, payers_receipt, receipt_number
from mykyivstar.domain.partners.models import Partner
from mykyivstar.domain.payments.models import Origin, PayLink, PaymentState, Source
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from tests.domain.papers.conftest import SAMPLE_AT, Desk
from tests.factories.payments import share
from tests.factories.people import LONG_AGO, make_line, make_person


async def test_a_top_up_by_card_says_what_the_operators_own_sample_says(desk: Desk) -> None:
    paid = await desk.pay(
        PaymentState.PROCESSING, card_mask="444403******1902", acquirer="monobank", bank_reference="MONO-1"
    )
    receipt = await desk.receipt(paid)
    assert (receipt.number, receipt.at, receipt.payment_id) == ("20120503194733", SAMPLE_AT, paid.id)
    internet = HoldingKey(HoldingKind.INTERNET, desk.internet.id or 0)
    assert receipt.shares == [ReceiptShare(internet, "4477622", Money.uah(70))]
    assert (receipt.amount, receipt.state, receipt.source) == (Money.uah(70), PaymentState.PROCESSING, Source.CARD)
    assert (receipt.card_mask, receipt.acquirer, receipt.bank_reference) == ("444403******1902", "monobank", "MONO-1")


async def test_every_share_of_a_split_payment_stands_on_it_in_its_order(desk: Desk) -> None:
    shares = [share(desk.internet, Money.uah(70)), share(desk.line, Money.uah(30, 50))]
    receipt = await desk.receipt(await desk.pay(PaymentState.CREDITED, shares=shares))
    assert [(each.number, each.amount) for each in receipt.shares] == [
        ("4477622", Money.uah(70)),
        ("380671000001", Money.uah(30, 50)),
    ]
    assert receipt.amount == Money.uah(100, 50)


async def test_a_transfer_says_where_it_comes_from(desk: Desk) -> None:
    payer = Payer(profile_id=desk.olena.profile_id, from_line_id=desk.line.id)
    receipt = await desk.receipt(await desk.pay(PaymentState.CREDITED, source=Source.BALANCE, payer=payer))
    assert (receipt.source, receipt.from_number) == (Source.BALANCE, "380671000001")


async def test_a_partners_top_up_names_the_partner_and_a_promise_nobody(desk: Desk) -> None:
    async with desk.database.unit_of_work() as session:
        partner = Partner(code="ibox", name="IBOX", created_at=LONG_AGO)
        session.add(partner)
        await session.flush()
    payer = Payer(partner_id=partner.id)
    paid = await desk.pay(PaymentState.CREDITED, source=Source.PARTNER, origin=Origin.PARTNER, payer=payer)
    assert (await desk.receipt(paid)).partner == "IBOX"
    promised = await desk.pay(PaymentState.CREDITED, source=Source.PROMISE, key="form-2")
    receipt = await desk.receipt(promised)
    assert (receipt.source, receipt.partner, receipt.from_number, receipt.card_mask) == (Source.PROMISE, "", "", "")


async def test_only_what_may_change_changes_when_the_money_comes_back(desk: Desk) -> None:
    paid = await desk.pay(PaymentState.CREDITED)
    before = await desk.receipt(paid)
    returned = await desk.receipt(await desk.pay(PaymentState.CREDITED, PaymentState.REFUNDED, key="form-2"))
    assert before.facts.replace(f"[{before.payment_id},", f"[{returned.payment_id},") == returned.facts
    assert (before.state, returned.state) == (PaymentState.CREDITED, PaymentState.REFUNDED)


@pytest.mark.parametrize(
    ("states", "has"),
    [
        ([], False),
        ([PaymentState.CONFIRMING], False),
        ([PaymentState.PROCESSING], True),
        ([PaymentState.CREDITED], True),
        ([PaymentState.CREDITED, PaymentState.REFUNDED], True),
    ],
)
async def test_there_is_a_receipt_once_money_was_taken(desk: Desk, states: list[PaymentState], has: bool) -> None:
    paid = await desk.pay(*states)
    assert has_receipt(paid) is has
    async with desk.database.reading() as session:
        if has:
            assert await payers_receipt(session, paid.code, actor=desk.olena, visitor="")
        else:
            with pytest.raises(NotFound):
                await payers_receipt(session, paid.code, actor=desk.olena, visitor="")


async def test_strangers_get_nothing(desk: Desk) -> None:
    hers = await desk.pay(PaymentState.CREDITED)
    unsigned = await desk.pay(PaymentState.CREDITED, key="form-2", payer=Payer(visitor="v" * 64))
    async with desk.database.unit_of_work() as session:
        andrii = await make_person(session, "andrii")
    for actor, visitor, code in (
        (andrii, "", hers.code),
        (None, "", hers.code),
        (None, "x" * 64, hers.code),
        (andrii, "x" * 64, unsigned.code),
        (None, "", unsigned.code),
        (desk.olena, "", unsigned.code),
        (desk.olena, "", "no-such-code"),
    ):
        async with desk.database.reading() as session:
            with pytest.raises(NotFound):
                await payers_receipt(session, code, actor=actor, visitor=visitor)
    async with desk.database.reading() as session:
        assert await payers_receipt(session, unsigned.code, actor=None, visitor="v" * 64)


async def test_who_pays_by_somebodys_link_does_not_learn_the_number(desk: Desk) -> None:
    async with desk.database.unit_of_work() as session:
        later = SAMPLE_AT + timedelta(days=7)
        link = PayLink(
            code="link",
            profile_id=desk.olena.profile_id,
            line_id=desk.line.id,
            made_at=SAMPLE_AT,
            expires_at=later,
        )
        session.add(link)
        await session.flush()
    paid = await desk.pay(
        PaymentState.CREDITED,
        shares=[share(desk.line, Money.uah(70))],
        origin=Origin.LINK,
        payer=Payer(visitor="v" * 64),
        pay_link_id=link.id,
    )
    assert [each.number for each in (await desk.receipt(paid)).shares] == ["+380 67 ••• •• 01"]


async def test_a_masked_receipt_gives_no_whole_number_card_or_reference(desk: Desk) -> None:
    payer = Payer(profile_id=desk.olena.profile_id, from_line_id=desk.line.id)
    paid = await desk.pay(PaymentState.CREDITED, payer=payer, card_mask="444403******1902", bank_reference="MONO-1")
    shown = str((await desk.receipt(paid)).masked())
    for secret in ("4477622", "380671000001", "671000001", "1902", "MONO-1"):
        assert secret not in shown
    assert "••••622" in shown


async def test_masking_keeps_the_end_of_a_number_and_never_all_of_it() -> None:
    assert masked(HoldingKind.INTERNET, "4477622") == "••••622"
    assert masked(HoldingKind.INTERNET, "12") == "•2"
    assert masked(HoldingKind.LINE, "380671000001") == "+380 67 ••• •• 01"


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (SAMPLE_AT, "20120503194733"),
        (datetime(2026, 12, 31, 22, 0, 0, tzinfo=UTC), "20270101000000"),
        # The hour that comes twice has the same numbers twice; the payment ID tells them apart.
        (datetime(2026, 10, 25, 0, 30, 0, tzinfo=UTC), "20261025033000"),
        (datetime(2026, 10, 25, 1, 30, 0, tzinfo=UTC), "20261025033000"),
        (datetime(2026, 3, 29, 1, 0, 0, tzinfo=UTC), "20260329040000"),
    ],
)
def test_the_number_is_the_time_in_kyiv(moment: datetime, number: str) -> None:
    assert receipt_number(moment) == number


async def test_a_strangers_line_is_no_reason_to_see_a_receipt(desk: Desk) -> None:
    async with desk.database.unit_of_work() as session:
        andrii = await make_person(session, "andrii")
        line = await make_line(session, "380682000001")
    paid = await desk.pay(PaymentState.CREDITED, shares=[share(line, Money.uah(5))])
    with pytest.raises(NotFound):
        async with desk.database.reading() as session:
            await payers_receipt(session, paid.code, actor=Actor(andrii.profile_id, andrii.session_id), visitor="")
