"""A link to pay by: anybody can, a link for one payment takes one, and each end of a link has its own sentence."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import HoldingRole, Line, LineState
from mykyivstar.domain.payments import errors, pay_links
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Failure, Origin, PayLink, Payment, PaymentState
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.domain.payments.pay_links import LinkOffer, LinkView
from mykyivstar.domain.payments.queries import of_code
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import InvoiceState
from tests.domain.payments.conftest import ADDRESSES, Till
from tests.factories.people import hold, make_account, make_person

_forms = count()
MUM, NEIGHBOUR = Payer(visitor="mum"), Payer(visitor="neighbour")


@dataclass
class Links:
    """Links for the line of the till's person."""

    till: Till

    async def make(self, *, actor: Actor | None = None, **fields: Any) -> PayLink:
        fields = {"key": f"form-{next(_forms)}", "amount": Money.uah(50), "once": False, "note": "", "days": 7} | fields
        fields.setdefault("target", HoldingKey(HoldingKind.LINE, self.till.line.id or 0))
        async with self.till.database.unit_of_work() as session:
            return await pay_links.make(
                session, actor or self.till.person, limits=PaymentLimits(), at=self.till.clock.now(), **fields
            )

    async def look(self, code: str, payer: Payer = MUM) -> LinkOffer:
        async with self.till.database.reading() as session:
            return await pay_links.offer(session, code, payer=payer, at=self.till.clock.now())

    async def pay(self, code: str, payer: Payer = MUM, *, amount: Money | None = None, key: str = "") -> Payment:
        return await pay_links.begin(
            self.till.database.unit_of_work,
            self.till.bank,
            code=code,
            amount=amount,
            key=key or f"key-{payer.visitor}",
            payer=payer,
            limits=PaymentLimits(),
            addresses=ADDRESSES,
            purpose="Top-up",
            at=self.till.clock.now(),
        )

    async def end_at_bank(self, payment: Payment, how: InvoiceState = InvoiceState.SUCCESS) -> Payment:
        await self.till.hear(self.till.bank.end(payment.code, how))
        return await self.till.now(payment)

    async def mine(self) -> list[LinkView]:
        async with self.till.database.reading() as session:
            return list(await pay_links.own(session, self.till.person))


@pytest.fixture
def links(till: Till) -> Links:
    return Links(till)


async def test_a_stranger_pays_by_a_link_and_sees_no_number(links: Links):
    link = await links.make(note="  За обід\nу пʼятницю ")
    seen = await links.look(link.code)
    assert (seen.masked, seen.note, seen.amount) == ("+380 67 ••• •• 01", "За обід у пʼятницю", Money.uah(50))
    payment = await links.pay(link.code)
    assert (payment.state, payment.origin, payment.visitor) == (PaymentState.CONFIRMING, Origin.LINK, "mum")
    assert (await links.end_at_bank(payment)).state is PaymentState.CREDITED
    assert await links.till.balance() == Money.uah(50)
    view = (await links.mine())[0]
    assert (view.payments, view.paid, view.number) == (1, Money.uah(50), "380671000001")


async def test_a_fixed_sum_is_not_the_payers_to_change(links: Links):
    link = await links.make()
    assert (await links.pay(link.code, amount=Money.uah(1))).amount == Money.uah(50)


async def test_an_open_sum_is_the_payers(links: Links):
    link = await links.make(amount=None)
    assert (await links.look(link.code)).amount is None
    assert (await links.pay(link.code, amount=Money.uah(77))).amount == Money.uah(77)


@pytest.mark.parametrize("amount", [None, Money(99), Money.uah(5_000, 1)])
async def test_an_open_sum_has_limits(links: Links, amount: Money | None):
    link = await links.make(amount=None)
    with pytest.raises(errors.AmountOutOfRange):
        await links.pay(link.code, amount=amount)
    assert links.till.bank.calls == []


@pytest.mark.parametrize("amount", [Money(99), Money.uah(5_000, 1)])
async def test_a_link_asks_for_no_more_than_may_be_paid(links: Links, amount: Money):
    with pytest.raises(errors.AmountOutOfRange):
        await links.make(amount=amount)


async def test_a_link_for_many_is_paid_by_many(links: Links):
    link = await links.make()
    for payer in (MUM, NEIGHBOUR):
        await links.end_at_bank(await links.pay(link.code, payer))
    assert await links.till.balance() == Money.uah(100)
    assert (await links.mine())[0].payments == 2


async def test_of_two_at_one_moment_one_goes_to_the_bank(links: Links):
    link = await links.make(once=True)
    payers = [Payer(visitor=f"visitor-{number}") for number in range(6)]
    tried = await asyncio.gather(*(links.pay(link.code, payer) for payer in payers), return_exceptions=True)
    assert sum(isinstance(each, Payment) for each in tried) == 1
    assert sum(isinstance(each, errors.LinkBusy) for each in tried) == 5
    assert links.till.bank.calls == ["create"]


async def test_who_is_at_the_bank_holds_the_link_and_goes_on_with_the_same_payment(links: Links):
    link = await links.make(once=True)
    first = await links.pay(link.code, key="tab-1")
    assert (await links.pay(link.code, key="tab-2")).id == first.id
    seen = await links.look(link.code)
    assert seen.mine is not None
    assert seen.mine.page_url == first.page_url
    other = await links.look(link.code, NEIGHBOUR)
    assert (other.mine, other.held_until) == (None, first.expires_at)
    with pytest.raises(errors.LinkBusy) as refused:
        await links.pay(link.code, NEIGHBOUR)
    assert refused.value.params == {"until": first.expires_at}


async def test_a_link_that_was_not_paid_after_all_is_free_again(links: Links):
    link = await links.make(once=True)
    failed = await links.end_at_bank(await links.pay(link.code), InvoiceState.FAILURE)
    assert failed.state is PaymentState.FAILED
    assert (await links.end_at_bank(await links.pay(link.code, NEIGHBOUR))).state is PaymentState.CREDITED


async def test_a_link_is_free_when_the_bank_cannot_be_reached(links: Links):
    link = await links.make(once=True)
    links.till.bank.is_down = True
    assert (await links.pay(link.code)).failure is Failure.UNREACHABLE
    links.till.bank.is_down = False
    assert (await links.pay(link.code, NEIGHBOUR)).state is PaymentState.CONFIRMING


async def test_who_died_before_the_payment_was_written_down_holds_a_link_for_a_minute(links: Links):
    link = await links.make(once=True)
    async with links.till.database.unit_of_work() as session:
        kept = await session.get_one(PayLink, link.id)
        kept.held_for, kept.held_at = "key-of-the-dead", links.till.clock.now()
    with pytest.raises(errors.LinkBusy):
        await links.pay(link.code)
    links.till.clock.moment += timedelta(minutes=1)
    assert (await links.pay(link.code)).state is PaymentState.CONFIRMING


async def test_a_link_for_one_payment_says_that_it_was_paid(links: Links):
    link = await links.make(once=True)
    await links.end_at_bank(await links.pay(link.code))
    for payer in (MUM, NEIGHBOUR):
        with pytest.raises(errors.LinkUsed):
            await links.look(link.code, payer)
        with pytest.raises(errors.LinkUsed):
            await links.pay(link.code, payer, key="again")
    assert not (await links.mine())[0].is_live(links.till.clock.now())


async def test_a_payment_given_up_and_paid_after_another_goes_back(links: Links):
    link = await links.make(once=True)
    late = await links.end_at_bank(await links.pay(link.code), InvoiceState.FAILURE)
    assert (await links.end_at_bank(await links.pay(link.code, NEIGHBOUR))).state is PaymentState.CREDITED
    late = await links.end_at_bank(late, InvoiceState.SUCCESS)
    assert (late.state, late.failure) == (PaymentState.PROCESSING, Failure.LINK_USED)
    assert late.refund_asked_at is not None
    assert await links.till.balance() == Money.uah(50)


async def test_a_link_that_was_ended_or_grew_old_says_so(links: Links):
    ended, old = await links.make(), await links.make(days=1)
    async with links.till.database.unit_of_work() as session:
        await pay_links.end(session, links.till.person, ended.id or 0, at=links.till.clock.now())
    with pytest.raises(errors.LinkEnded):
        await links.pay(ended.code)
    links.till.clock.moment = old.expires_at - timedelta(seconds=1)
    assert (await links.look(old.code)).amount == Money.uah(50)
    links.till.clock.moment = old.expires_at
    with pytest.raises(errors.LinkExpired) as refused:
        await links.look(old.code)
    assert refused.value.params == {"at": old.expires_at}


@pytest.mark.parametrize("code", ["", "nobody", "x" * 500, "' OR 1=1 --", "не код"])
async def test_an_address_that_is_no_links_says_so(links: Links, code: str):
    with pytest.raises(errors.LinkUnknown):
        await links.look(code)


async def test_who_is_at_the_bank_when_a_link_is_ended_still_pays(links: Links):
    link = await links.make()
    payment = await links.pay(link.code)
    async with links.till.database.unit_of_work() as session:
        await pay_links.end(session, links.till.person, link.id or 0, at=links.till.clock.now())
    assert (await links.end_at_bank(payment)).state is PaymentState.CREDITED


async def test_a_number_that_takes_no_money_any_more(links: Links):
    link = await links.make()
    async with links.till.database.unit_of_work() as session:
        (await session.get_one(Line, links.till.line.id)).state = LineState.INACTIVE
    with pytest.raises(errors.LinkTargetGone):
        await links.look(link.code)
    with pytest.raises(errors.UnknownTarget):
        await links.pay(link.code)


async def test_links_are_made_for_what_is_ones_own(links: Links):
    async with links.till.database.unit_of_work() as session:
        stranger, payer = await make_person(session, "stranger"), await make_person(session, "payer")
        await hold(session, payer, links.till.line, role=HoldingRole.PAYER)
        account = await make_account(session)
        await hold(session, links.till.person, account, position=1)
    with pytest.raises(NotFound):
        await links.make(actor=stranger)
    assert (await links.make(actor=payer)).profile_id == payer.profile_id
    assert (
        (await links.make(key="f")).id == (await links.make(key="f")).id != (await links.make(key="f", actor=payer)).id
    )
    link = await links.make(target=HoldingKey(HoldingKind.INTERNET, account.id or 0))
    assert (await links.look(link.code)).masked == "00•••••622"


async def test_a_stranger_ends_nobodys_link_and_sees_none(links: Links):
    link = await links.make()
    async with links.till.database.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
        assert await pay_links.own(session, stranger) == []
        with pytest.raises(NotFound):
            await pay_links.end(session, stranger, link.id or 0, at=links.till.clock.now())
    assert (await links.look(link.code)).amount == Money.uah(50)


@pytest.mark.parametrize("note", ["x" * 141, "a\u202eb", "a\u200bb"])
async def test_a_note_hides_nothing(links: Links, note: str):
    with pytest.raises(CustomerError) as refused:
        await links.make(note=note)
    assert isinstance(refused.value, errors.NoteMalformed)


async def test_there_is_a_limit_of_living_links(links: Links):
    for _ in range(pay_links.LINKS_MAX):
        last = await links.make()
    with pytest.raises(errors.TooManyLinks):
        await links.make()
    async with links.till.database.unit_of_work() as session:
        await pay_links.end(session, links.till.person, last.id or 0, at=links.till.clock.now())
    await links.make()


async def test_the_receipt_of_a_payment_by_a_link_tells_no_number(links: Links):
    link = await links.make()
    payment = await links.end_at_bank(await links.pay(link.code))
    async with links.till.database.reading() as session:
        seen = await of_code(session, payment.code, actor=None, visitor="mum")
    assert [share.number for share in seen.shares] == ["+380 67 ••• •• 01"]
