"""Books that are wrong are not wrong in silence."""

import logging

import pytest
from sqlalchemy import insert, update

from mykyivstar.db.database import Database
from mykyivstar.db.statements import table_of
from mykyivstar.domain.ledger.models import IDS_OF_ONE, Entry, LedgerAccount, OperationKind
from mykyivstar.domain.ledger.proving import last_proof
from mykyivstar.domain.ledger.service import Leg, SystemAccount, account_for, post, system_account
from mykyivstar.domain.lines.models import Line
from mykyivstar.jobs.ledger import prove
from mykyivstar.jobs.registry import JobContext
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.jobs.conftest import Ports


@pytest.fixture
async def line_account(database: Database, clock: FixedClock) -> LedgerAccount:
    """The account of a line that was topped up."""
    async with database.unit_of_work() as session:
        line = Line(msisdn=Msisdn("380671000001"))
        session.add(line)
        await session.flush()
        account = await account_for(session, line_id=line.id)
        acquirer = await system_account(session, SystemAccount.ACQUIRER)
        legs = [Leg(acquirer.id, Money.uah(-50)), Leg(account.id, Money.uah(50))]
        await post(session, key="t", kind=OperationKind.TOP_UP, at=clock.now(), legs=legs)
    return account


@pytest.fixture
def context(database: Database, ports: Ports, clock: FixedClock) -> JobContext:
    return JobContext(database, ports, clock)


async def test_right_books_are_noted_as_right(context: JobContext, clock: FixedClock, line_account, caplog) -> None:
    with caplog.at_level(logging.INFO):
        await prove(context, {}, clock.now())
    assert [record.levelname for record in caplog.records if "books" in record.message] == ["INFO"]
    async with context.database.reading() as session:
        noted = await last_proof(session)
    assert (noted.holds, noted.at, noted.accounts) == (True, clock.now(), 2)


async def test_a_balance_spoiled_by_hand_raises_the_alarm(context: JobContext, clock, line_account, caplog) -> None:
    table = table_of(LedgerAccount)
    async with context.database.unit_of_work() as session:
        spoil = update(table).where(table.c.id == line_account.id).values(balance=Money.uah(51))
        await (await session.connection()).execute(spoil)
    await prove(context, {}, clock.now())
    [alarm] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert (alarm.message, alarm.wrong_balances, alarm.wrong_totals) == ("the books are wrong", 1, 1)
    assert alarm.balances == [f"{line_account.code} has 5100, its entries 5000"]
    async with context.database.reading() as session:
        noted = await last_proof(session)
    assert (noted.holds, noted.wrong_balances, noted.wrong_operations, noted.wrong_totals) == (False, 1, 0, 1)


async def test_an_entry_that_belongs_to_nothing_raises_the_alarm(context: JobContext, clock, line_account, caplog):
    forged = {
        "id": IDS_OF_ONE + 9,
        "operation_id": 1,
        "account_id": line_account.id,
        "amount": Money(7),
        "at": clock.now(),
    }
    async with context.database.unit_of_work() as session:
        entry = forged | {"kind": OperationKind.ADJUSTMENT, "category": "adjustment"}
        entry |= {"balance_after": Money(5007), "explanation": {}, "at": clock.now()}
        await (await session.connection()).execute(insert(table_of(Entry)), [entry])
    await prove(context, {}, clock.now())
    [alarm] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert (alarm.wrong_balances, alarm.operations) == (1, [1])


async def test_the_books_are_proved_every_day(database: Database, ports: Ports, clock: FixedClock, jobs) -> None:
    worker = Worker(database, ports, clock)
    await worker._install_schedules()
    [scheduled] = [job for job in await jobs() if job.kind == "ledger.prove"]
    assert scheduled.dedup == "schedule:ledger.prove"
    assert scheduled.run_at.astimezone(clock.now().tzinfo) > clock.now()
