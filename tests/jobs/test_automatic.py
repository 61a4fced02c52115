"""Promised payments and auto top-ups as workers do them: by the queue, several workers at once."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job, JobState, enqueue
from mykyivstar.domain.auto_top_up import rules
from mykyivstar.domain.auto_top_up.models import AutoTopUpRun, RunState
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.notifications.models import PhoneMessage
from mykyivstar.domain.payments.card import Addresses
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Payment
from mykyivstar.domain.promises.models import Promise, PromiseState
from mykyivstar.jobs.catalogue import every_job
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.papers.press import Press
from mykyivstar.ports.sms import SmsGateway
from tests.domain.auto_top_up.conftest import Payer, payer
from tests.domain.promises.conftest import Borrower, borrower
from tests.factories.bank import Bank
from tests.jobs.conftest import Ports as SmsPorts
from tests.papers.conftest import PRESS

__all__ = ["borrower", "payer"]


@dataclass(frozen=True)
class Ports:
    """What these jobs need of the outside."""

    sms: SmsGateway
    bank: Bank
    payment_limits: PaymentLimits
    addresses: Addresses
    press: Press = PRESS

    def acquirer_named(self, name: str) -> Bank:
        assert name == self.bank.name
        return self.bank


def worker_of(database: Database, clock: FixedClock, ports: SmsPorts, bank: Bank) -> Worker:
    outside = Ports(ports.sms, bank, PaymentLimits(), Addresses("https://my.example.ua"))
    return Worker(database, outside, clock, registry=every_job())  # type: ignore[arg-type]


async def texts(database: Database) -> list[str]:
    async with database.reading() as session:
        return list(await session.exec(select(PhoneMessage.text).order_by(col(PhoneMessage.id))))


async def balance_of(database: Database, line_id: int) -> Money:
    async with database.reading() as session:
        assert (await proof(session)).holds
        return (await balances(session, line_ids=[line_id])).lines[line_id].money or Money.ZERO


async def test_a_promise_is_given_reminded_of_and_taken_back(borrower: Borrower, ports: SmsPorts, clock: FixedClock):
    worker = worker_of(borrower.database, clock, ports, Bank())
    await borrower.borrow(50)
    await worker.run_due()
    clock.moment = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
    await worker.run_due()
    assert [text.split(":")[0] for text in await texts(borrower.database)] == ["Обіцяний платіж"] * 2
    clock.moment = datetime(2026, 11, 27, 21, 59, 59, tzinfo=UTC)
    await worker.run_due()
    assert await borrower.balance() == Money.uah(50)
    clock.moment += timedelta(seconds=1)
    others = [worker_of(borrower.database, clock, ports, Bank()) for _ in range(3)]
    await asyncio.gather(worker.run_due(), *(other.run_due() for other in others))
    assert await borrower.balance() == Money.uah(-5)
    async with borrower.database.reading() as session:
        assert (await session.exec(select(Promise))).one().state is PromiseState.REPAID
    # It is midnight: the last word waits for nine in the morning.
    assert len(await texts(borrower.database)) == 2
    clock.moment = datetime(2026, 11, 28, 7, 0, tzinfo=UTC)
    await worker.run_due()
    assert "повернуто" in (await texts(borrower.database))[-1]


async def test_four_workers_pay_one_occasion_once(payer: Payer, ports: SmsPorts, clock: FixedClock):
    await payer.make()
    workers = [worker_of(payer.database, clock, ports, payer.bank) for _ in range(4)]
    clock.moment = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    for number in range(4):
        async with payer.database.unit_of_work() as session:
            await enqueue(session, "auto_top_up.plan", {}, run_at=clock.now(), dedup=f"plan-{number}")
    await asyncio.gather(*(worker.run_due() for worker in workers))
    assert await payer.charges() == 1
    assert await balance_of(payer.database, payer.line.id or 0) == Money.uah(100)
    assert [run.state for run in await payer.runs()] == [RunState.DONE]
    clock.moment += timedelta(minutes=1)
    await workers[0].run_due()
    assert "100,00" in (await texts(payer.database))[-1]


@pytest.mark.parametrize("moment", ["before charge", "after charge"])
async def test_a_worker_that_dies_in_between_pays_once(payer: Payer, ports: SmsPorts, clock: FixedClock, moment: str):
    await payer.make()
    clock.moment = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    await payer.plan()

    class Died(BaseException):
        """Stands for SIGKILL: nothing of ours may catch it."""

    def die(what: str) -> None:
        if what == moment:
            raise Died

    payer.bank.watch = die
    with pytest.raises(Died):
        await payer.run((await payer.runs())[0].id or 0)
    payer.bank.watch = lambda _what: None
    worker = worker_of(payer.database, clock, ports, payer.bank)
    for _ in range(12):
        await worker.run_due()
        clock.moment += timedelta(minutes=2)
    async with payer.database.reading() as session:
        payments = list(await session.exec(select(Payment)))
        runs = list(await session.exec(select(AutoTopUpRun)))
        dead = list(await session.exec(select(Job).where(Job.state == JobState.DEAD)))
    assert (len(runs), dead) == (1, [])
    paid = sum(1 for payment in payments if payment.state.value == "credited")
    assert await balance_of(payer.database, payer.line.id or 0) == Money.uah(100 * paid)
    # What the bank took is on the account; what it never heard of was given up and is tried again tomorrow.
    taken = [report for report in payer.bank.reports.values() if report.state.value == "success"]
    assert paid == len(taken) == (1 if moment == "after charge" else 0)
    assert runs[0].state is (RunState.DONE if moment == "after charge" else RunState.PLANNED)


async def test_a_rule_deleted_while_its_job_waits_pays_nothing(payer: Payer, ports: SmsPorts, clock: FixedClock):
    rule = await payer.make()
    clock.moment = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    await payer.plan()
    async with payer.database.unit_of_work() as session:
        await rules.delete(session, payer.actor, rule.id or 0, at=clock.now())
    clock.moment = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    await worker_of(payer.database, clock, ports, payer.bank).run_due()
    assert await payer.charges() == 0
