"""The jobs of card payments: what is open is asked for, what is to go back goes back, once."""

from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job, Postponed
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.payments.card import INQUIRE_JOB, Addresses, CardOrder, begin
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.locking import locked
from mykyivstar.domain.payments.models import Cause, Payment, PaymentState, SavedCard
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.domain.payments.refunds import REFUND_JOB, STRAY_JOB, ask_for_refund
from mykyivstar.domain.payments.reports import apply
from mykyivstar.domain.payments.saved_cards import FORGET_JOB, remove
from mykyivstar.jobs.catalogue import every_job
from mykyivstar.jobs.registry import JobContext
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import InvoiceState
from tests.factories.bank import CARD, Bank
from tests.factories.payments import share
from tests.factories.people import make_line, make_person


class Ports:
    """The outside: one bank."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank

    def acquirer_named(self, name: str) -> Bank:
        assert name == self.bank.name
        return self.bank


class World:
    def __init__(self, database: Database, clock: FixedClock, person: Actor, payment: Payment, bank: Bank) -> None:
        self.database, self.clock, self.person, self.payment, self.bank = database, clock, person, payment, bank

    async def work(self, kind: str) -> list[Postponed | None]:
        """Do every job of this kind, as a worker would."""
        async with self.database.reading() as session:
            jobs = (await session.exec(select(Job).where(Job.kind == kind))).all()
        ports: Any = Ports(self.bank)
        context = JobContext(self.database, ports, self.clock)
        handler = every_job().kinds[kind].handler
        return [await handler(context, job.payload, self.clock.now()) for job in jobs]

    async def now(self) -> Payment:
        async with self.database.reading() as session:
            return await session.get_one(Payment, self.payment.id)


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    bank = Bank()
    async with database.unit_of_work() as session:
        line, person = await make_line(session), await make_person(session)
    payer = Payer(profile_id=person.profile_id)
    payment = await begin(
        database.unit_of_work,
        bank,
        CardOrder(key="form-1", payer=payer, shares=[share(line, Money.uah(50))], saves_card=True),
        limits=PaymentLimits(),
        addresses=Addresses("https://my.example.ua"),
        purpose="Top-up",
        at=clock.now(),
    )
    return World(database, clock, person, payment, bank)


async def test_an_open_payment_is_asked_for_until_it_is_known(world: World):
    [answer] = await world.work(INQUIRE_JOB)
    assert isinstance(answer, Postponed)
    world.bank.end(world.payment.code, InvoiceState.SUCCESS)
    assert await world.work(INQUIRE_JOB) == [None]
    assert (await world.now()).state is PaymentState.CREDITED


async def test_a_refund_is_done_and_written_down(world: World):
    world.bank.end(world.payment.code, InvoiceState.SUCCESS)
    await world.work(INQUIRE_JOB)
    async with world.database.unit_of_work() as session:
        await ask_for_refund(session, await locked(session, world.payment), failure=None, at=world.clock.now())
    assert await world.work(REFUND_JOB) == [None]
    assert (await world.now()).state is PaymentState.REFUNDED
    assert await world.work(REFUND_JOB) == [None]
    assert list(world.bank.refunds.values()) == [Money.uah(50)]


async def test_what_was_paid_twice_goes_back(world: World):
    await world.bank.create(world.bank.orders["inv-1"])
    stray = world.bank.end(world.payment.code, InvoiceState.SUCCESS)
    unit_of_work = world.database.unit_of_work
    await apply(unit_of_work, stray, acquirer="bank", cause=Cause.NOTICE, at=world.clock.now())
    world.bank.is_down = True
    assert isinstance((await world.work(STRAY_JOB))[0], Postponed)
    world.bank.is_down = False
    assert await world.work(STRAY_JOB) == [None]
    assert world.bank.kept == Money.ZERO


async def test_a_removed_card_is_forgotten_at_the_bank_too(world: World):
    world.bank.end(world.payment.code, InvoiceState.SUCCESS, card=CARD)
    await world.work(INQUIRE_JOB)
    async with world.database.unit_of_work() as session:
        card = (await session.exec(select(SavedCard))).one()
        await remove(session, world.person, card.id or 0, at=world.clock.now())
    assert await world.work(FORGET_JOB) == [None]
    assert await world.work(FORGET_JOB) == [None]
    assert world.bank.forgotten == [CARD.token]
    async with world.database.reading() as session:
        assert (await session.exec(select(SavedCard))).one().token == ""
