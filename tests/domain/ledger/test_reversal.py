"""An operation is taken back by its opposite, once."""

import asyncio

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.errors import CannotBeReversed, NotEnoughMoney, OperationMismatch
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, OperationKind
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.ledger.reversal import reverse
from mykyivstar.domain.ledger.service import Leg, SystemAccount, post, system_account
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.domain.ledger.conftest import MakeAccount

WHY = {"rule": "reversal", "reason": "wrong number"}


@pytest.fixture
async def pair(database: Database, clock: FixedClock, account: MakeAccount) -> tuple[LedgerAccount, LedgerAccount]:
    """Two lines; the first gave the second 20 of its 50 hryvnias by the operation "t"."""
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        legs = [Leg(source.id, Money.uah(-20)), Leg(target.id, Money.uah(20))]
        await post(session, key="t", kind=OperationKind.TRANSFER, at=clock.now(), legs=legs)
    return source, target


async def money(database: Database, *accounts: LedgerAccount) -> list[Money | None]:
    async with database.reading() as session:
        known = await balances(session, line_ids=[account.line_id for account in accounts])
        assert (await proof(session)).holds
        return [known.lines[account.line_id].money for account in accounts]


async def test_a_reversal_brings_the_money_back_and_says_what_it_reverses(database: Database, clock, pair) -> None:
    async with database.unit_of_work() as session:
        done = await reverse(session, key="r", of="t", at=clock.now(), explanation=WHY)
    assert done.is_new
    assert await money(database, *pair) == [Money.uah(50), Money.ZERO]
    async with database.reading() as session:
        original = (await session.exec(select(Operation).where(Operation.key == "t"))).one()
        stored = (await session.exec(select(Operation).where(Operation.key == "r"))).one()
        entries = (
            await session.exec(select(Entry).where(Entry.operation_id == stored.id).order_by(col(Entry.id)))
        ).all()
    assert (stored.kind, stored.reverses_id) == (OperationKind.REVERSAL, original.id)
    assert [entry.explanation for entry in entries] == [{**WHY, "reverses": original.id}] * 2


async def test_a_second_reversal_is_the_first_one(database: Database, clock, pair) -> None:
    async with database.unit_of_work() as session:
        first = await reverse(session, key="r", of="t", at=clock.now(), explanation=WHY)
    async with database.unit_of_work() as session:
        again = await reverse(session, key="r", of="t", at=clock.now(), explanation=WHY)
        other = await reverse(session, key="r2", of=first.reverses_id, at=clock.now(), explanation=WHY)
    assert [(p.id, p.is_new) for p in (again, other)] == [(first.id, False)] * 2
    assert await money(database, *pair) == [Money.uah(50), Money.ZERO]


async def test_reversals_at_once_bring_the_money_back_once(database: Database, clock, pair) -> None:
    async def attempt(number: int) -> bool:
        async with database.unit_of_work() as session:
            return (await reverse(session, key=f"r{number}", of="t", at=clock.now(), explanation=WHY)).is_new

    assert sorted(await asyncio.gather(*(attempt(number) for number in range(8)))) == [False] * 7 + [True]
    assert await money(database, *pair) == [Money.uah(50), Money.ZERO]


async def test_money_that_was_spent_becomes_a_debt_unless_floors_hold(database: Database, clock, pair) -> None:
    async with database.unit_of_work() as session:
        fees = await system_account(session, SystemAccount.FEES)
        legs = [Leg(pair[1].id, Money.uah(-15)), Leg(fees.id, Money.uah(15))]
        await post(session, key="fee", kind=OperationKind.SERVICE_FEE, at=clock.now(), legs=legs)
        with pytest.raises(NotEnoughMoney) as refused:
            await reverse(session, key="r", of="t", at=clock.now(), explanation=WHY, respect_floors=True)
        assert refused.value.params == {"missing": Money.uah(15)}
        await reverse(session, key="r", of="t", at=clock.now(), explanation=WHY)
    assert await money(database, *pair) == [Money.uah(50), Money.uah(-15)]


async def test_the_key_of_another_operation_is_refused(database: Database, clock, pair) -> None:
    async with database.unit_of_work() as session:
        with pytest.raises(OperationMismatch):
            await reverse(session, key="t", of="t", at=clock.now(), explanation=WHY)
        # What a reversal undoes belongs to what its key stands for.
        await reverse(session, key="r", of="t", at=clock.now(), explanation=WHY)
        with pytest.raises(OperationMismatch):
            await reverse(session, key="r", of="open:1", at=clock.now(), explanation=WHY)


async def test_neither_a_reversal_nor_what_is_not_there_is_reversed(database: Database, clock, pair) -> None:
    async with database.unit_of_work() as session:
        done = await reverse(session, key="r", of="t", at=clock.now(), explanation=WHY)
        for which in (done.id, "r", "unheard of", 99):
            with pytest.raises(CannotBeReversed):
                await reverse(session, key="rr", of=which, at=clock.now(), explanation=WHY)
