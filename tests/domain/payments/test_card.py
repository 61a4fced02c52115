"""A card payment: asked for once, credited once, and never silent about where the money is."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.db.jobs import Job, Postponed
from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.payments.card import INQUIRE_JOB
from mykyivstar.domain.payments.errors import AmountOutOfRange, PaymentMismatch
from mykyivstar.domain.payments.inquiry import give_up, inquire, look_again
from mykyivstar.domain.payments.models import Cause, Failure, PaymentState, PaymentStep, SavedCard
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import Decline, InvoiceState
from tests.domain.payments.conftest import Till
from tests.factories.bank import CARD
from tests.factories.people import LONG_AGO, make_person


async def ask(till: Till, payment_id: int | None):
    return await inquire(till.database.unit_of_work, till.bank, payment_id=payment_id or 0, at=till.clock.now())


async def test_the_payer_is_sent_to_the_bank_and_the_money_arrives(till: Till):
    payment = await till.pay(Money.uah(50))
    assert (payment.state, payment.page_url) == (PaymentState.CONFIRMING, "https://bank.example/inv-1")
    order = till.bank.orders["inv-1"]
    assert (order.reference, order.amount) == (payment.code, Money.uah(50))
    assert order.return_url == f"https://my.example.ua/payments/{payment.code}"
    assert order.notice_url == "https://my.example.ua/api/acquirer/bank/notice"
    await till.hear(till.bank.end(payment.code, InvoiceState.PROCESSING))
    await till.hear(till.bank.end(payment.code, InvoiceState.SUCCESS, card=CARD))
    done = await till.now(payment)
    assert (done.state, done.card_mask) == (PaymentState.CREDITED, CARD.mask)
    assert await till.balance() == Money.uah(50)
    async with till.database.reading() as session:
        steps = (await session.exec(select(PaymentStep).order_by(PaymentStep.id))).all()
        assert [(s.state, s.cause) for s in steps] == [
            (PaymentState.CREATED, Cause.PAYER),
            (PaymentState.CONFIRMING, Cause.PAYER),
            (PaymentState.PROCESSING, Cause.NOTICE),
            (PaymentState.CREDITED, Cause.NOTICE),
        ]


async def test_a_form_sent_twice_pays_once(till: Till):
    first, second = await asyncio.gather(till.pay(), till.pay())
    assert first.id == second.id
    assert first.page_url == second.page_url == (await till.now(first)).page_url
    again = await till.pay()
    assert (again.id, again.page_url) == (first.id, first.page_url)
    with pytest.raises(PaymentMismatch):
        await till.pay(Money.uah(60))


@pytest.mark.parametrize("amount", [Money(99), Money.uah(5_000, 1)])
async def test_an_amount_out_of_range_is_refused_before_anything(till: Till, amount: Money):
    with pytest.raises(AmountOutOfRange):
        await till.pay(amount)
    assert till.bank.calls == []


@pytest.mark.parametrize("amount", [Money.uah(1), Money.uah(5_000)])
async def test_the_edges_of_the_range_are_paid(till: Till, amount: Money):
    assert (await till.pay(amount)).state is PaymentState.CONFIRMING


@pytest.mark.parametrize(
    ("decline", "failure"),
    [(decline, Failure(decline.value)) for decline in Decline if decline is not Decline.OTHER]
    + [(Decline.OTHER, Failure.DECLINED), (None, Failure.DECLINED)],
)
async def test_a_declined_card_says_why(till: Till, decline: Decline | None, failure: Failure):
    payment = await till.pay()
    await till.hear(till.bank.end(payment.code, InvoiceState.FAILURE, decline=decline))
    failed = await till.now(payment)
    assert (failed.state, failed.failure) == (PaymentState.FAILED, failure)
    assert await till.balance() == Money.ZERO


async def test_a_bank_that_does_not_answer_fails_the_payment_before_anybody_can_pay(till: Till):
    till.bank.is_down = True
    payment = await till.pay()
    assert (payment.state, payment.failure) == (PaymentState.FAILED, Failure.UNREACHABLE)


async def test_a_notice_that_comes_twice_credits_once(till: Till):
    payment = await till.pay()
    report = till.bank.end(payment.code, InvoiceState.SUCCESS)
    await asyncio.gather(*(till.hear(report) for _ in range(5)))
    await till.hear(report)
    assert await till.balance() == Money.uah(50)


async def test_an_older_notice_that_comes_later_changes_nothing(till: Till):
    payment = await till.pay()
    failed = till.bank.end(payment.code, InvoiceState.FAILURE, decline=Decline.NOT_ENOUGH_MONEY)
    paid = till.bank.end(payment.code, InvoiceState.SUCCESS)
    await till.hear(paid)
    await till.hear(failed)
    assert (await till.now(payment)).state is PaymentState.CREDITED
    assert await till.balance() == Money.uah(50)


async def test_a_notice_of_nobodys_payment_and_of_another_acquirers_is_passed_over(till: Till):
    payment = await till.pay()
    report = till.bank.end(payment.code, InvoiceState.SUCCESS)
    till.bank.name = "another"
    assert await till.hear(report) is None
    assert (await till.now(payment)).state is PaymentState.CONFIRMING


async def test_a_silent_bank_is_asked_until_it_is_known(till: Till):
    payment = await till.pay()
    async with till.database.reading() as session:
        job = (await session.exec(select(Job).where(Job.kind == INQUIRE_JOB))).one()
        assert job.run_at == till.clock.now() + timedelta(minutes=1)
        assert job.payload == {"payment_id": payment.id, "acquirer": "bank"}
    assert isinstance(await ask(till, payment.id), Postponed)
    till.bank.end(payment.code, InvoiceState.SUCCESS)
    assert await ask(till, payment.id) is None
    assert await till.balance() == Money.uah(50)
    assert await ask(till, payment.id) is None
    assert await till.balance() == Money.uah(50)


async def test_inquiries_become_rarer(till: Till):
    payment = await till.pay()
    waits = []
    for age in (timedelta(minutes=1), timedelta(minutes=20), timedelta(days=2)):
        till.clock.moment = payment.created_at + age
        answer = await ask(till, payment.id)
        assert isinstance(answer, Postponed)
        waits.append(answer.until - till.clock.now())
    assert waits == [timedelta(seconds=30), timedelta(minutes=5), timedelta(hours=1)]


async def test_whoever_never_paid_has_not_finished(till: Till):
    payment = await till.pay()
    till.bank.end(payment.code, InvoiceState.EXPIRED)
    assert await ask(till, payment.id) is None
    assert (await till.now(payment)).failure is Failure.NOT_FINISHED


async def test_coming_back_from_the_bank_asks_at_once(till: Till):
    payment = await till.pay()
    till.bank.end(payment.code, InvoiceState.SUCCESS)
    back = await look_again(
        till.database.unit_of_work, till.bank, code=payment.code, actor=till.person, visitor="", at=till.clock.now()
    )
    assert back.state is PaymentState.CREDITED
    assert await till.balance() == Money.uah(50)


async def test_a_stranger_can_neither_look_nor_give_up(till: Till):
    payment = await till.pay()
    async with till.database.unit_of_work() as session:
        stranger = await make_person(session, "andrii")
    for actor, visitor in ((stranger, ""), (None, "browser"), (None, "")):
        with pytest.raises(NotFound):
            await look_again(
                till.database.unit_of_work, till.bank, code=payment.code, actor=actor, visitor=visitor, at=LONG_AGO
            )
        with pytest.raises(NotFound):
            await give_up(till.database.unit_of_work, code=payment.code, actor=actor, visitor=visitor, at=LONG_AGO)


async def test_whoever_gave_up_and_paid_all_the_same_is_credited(till: Till):
    payment = await till.pay()
    gone = await give_up(
        till.database.unit_of_work, code=payment.code, actor=till.person, visitor="", at=till.clock.now()
    )
    assert (gone.state, gone.failure) == (PaymentState.FAILED, Failure.GIVEN_UP)
    await till.hear(till.bank.end(payment.code, InvoiceState.SUCCESS))
    paid = await till.now(payment)
    assert (paid.state, paid.failure) == (PaymentState.CREDITED, None)
    assert await till.balance() == Money.uah(50)


async def test_a_browser_that_is_not_signed_in_follows_its_own_payment(till: Till):
    payment = await till.pay(payer=Payer(visitor="browser"))
    till.bank.end(payment.code, InvoiceState.SUCCESS)
    back = await look_again(
        till.database.unit_of_work, till.bank, code=payment.code, actor=None, visitor="browser", at=till.clock.now()
    )
    assert back.state is PaymentState.CREDITED


async def keep_a_card(till: Till) -> SavedCard:
    payment = await till.pay(key="keeps", saves_card=True)
    assert till.bank.orders["inv-1"].wallet == f"profile-{till.person.profile_id}"
    await till.hear(till.bank.end(payment.code, InvoiceState.SUCCESS, card=CARD))
    async with till.database.reading() as session:
        return (await session.exec(select(SavedCard))).one()


async def test_a_card_is_kept_once_and_pays_without_the_payer(till: Till):
    card = await keep_a_card(till)
    assert (card.profile_id, card.token, card.mask) == (till.person.profile_id, CARD.token, CARD.mask)
    payment = await till.pay(Money.uah(30), key="kept", saved_card_id=card.id)
    assert payment.state is PaymentState.CREDITED
    assert (await till.pay(Money.uah(30), key="kept", saved_card_id=card.id)).id == payment.id
    assert till.bank.calls.count("charge") == 1
    assert await till.balance() == Money.uah(80)


async def test_a_strangers_card_is_not_found(till: Till):
    card = await keep_a_card(till)
    async with till.database.unit_of_work() as session:
        stranger = await make_person(session, "andrii")
    for payer in (Payer(profile_id=stranger.profile_id), Payer(visitor="browser")):
        with pytest.raises(NotFound):
            await till.pay(key="theirs", saved_card_id=card.id, payer=payer)
    assert "charge" not in till.bank.calls


async def test_a_charge_without_an_answer_is_looked_for_and_credited_once(till: Till):
    card = await keep_a_card(till)
    till.bank.loses_answers = True
    payment = await till.pay(Money.uah(30), key="kept", saved_card_id=card.id)
    assert payment.state is PaymentState.PROCESSING
    assert isinstance(await ask(till, payment.id), Postponed)
    till.bank.loses_answers = False
    assert await ask(till, payment.id) is None
    assert await till.balance() == Money.uah(80)


async def test_a_charge_that_never_arrived_fails_after_a_while_and_not_before(till: Till):
    card = await keep_a_card(till)
    till.bank.is_down = True
    payment = await till.pay(Money.uah(30), key="kept", saved_card_id=card.id)
    till.bank.is_down = False
    till.clock.moment += timedelta(minutes=1)
    assert isinstance(await ask(till, payment.id), Postponed)
    till.clock.moment += timedelta(minutes=2)
    assert await ask(till, payment.id) is None
    failed = await till.now(payment)
    assert (failed.state, failed.failure) == (PaymentState.FAILED, Failure.UNREACHABLE)
    assert await till.balance() == Money.uah(50)


async def test_nobody_tries_cards_through_us_for_long(till: Till):
    payer = Payer(visitor="browser", address="192.0.2.1")
    for number in range(30):
        await till.pay(key=f"form-{number}", payer=payer)
    with pytest.raises(TooManyTries):
        await till.pay(key="form-30", payer=payer)
    assert till.bank.calls.count("create") == 30


async def test_a_silent_bank_is_asked_after_a_payer_who_gave_up_too(till: Till):
    payment = await till.pay()
    await give_up(till.database.unit_of_work, code=payment.code, actor=till.person, visitor="", at=till.clock.now())
    till.bank.end(payment.code, InvoiceState.PROCESSING)
    assert isinstance(await ask(till, payment.id), Postponed)
    assert "withdraw" not in till.bank.calls
    till.bank.end(payment.code, InvoiceState.SUCCESS)
    assert await ask(till, payment.id) is None
    assert (await till.now(payment)).state is PaymentState.CREDITED
    assert await till.balance() == Money.uah(50)


async def test_a_payer_who_gave_up_and_never_paid_is_asked_for_once_more(till: Till):
    payment = await till.pay()
    await give_up(till.database.unit_of_work, code=payment.code, actor=till.person, visitor="", at=till.clock.now())
    till.bank.end(payment.code, InvoiceState.EXPIRED)
    assert await ask(till, payment.id) is None
    assert (await till.now(payment)).failure is Failure.GIVEN_UP


async def test_what_a_payer_gave_up_is_made_void_at_the_bank(till: Till):
    payment = await till.pay()
    await give_up(till.database.unit_of_work, code=payment.code, actor=till.person, visitor="", at=till.clock.now())
    till.bank.is_down = True
    assert isinstance(await ask(till, payment.id), Postponed)
    till.bank.is_down = False
    assert isinstance(await ask(till, payment.id), Postponed)
    assert till.bank.calls.count("withdraw") == 1
    assert await ask(till, payment.id) is None
    assert (await till.now(payment)).failure is Failure.GIVEN_UP


async def test_a_payment_that_is_still_wanted_is_never_made_void(till: Till):
    payment = await till.pay()
    assert isinstance(await ask(till, payment.id), Postponed)
    assert "withdraw" not in till.bank.calls
