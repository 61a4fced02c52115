"""Postings by the set: operations of up to 1,023 customers, of which each customer sees and gets back only his own."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import MetaData, text
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.bulk import MOST, post_set
from mykyivstar.domain.ledger.errors import CannotBeReversed
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, OperationKind, Unit
from mykyivstar.domain.ledger.queries import proof
from mykyivstar.domain.ledger.reversal import reverse, reverse_entry
from mykyivstar.domain.ledger.service import SystemAccount, system_account
from mykyivstar.domain.ledger.set_tables import POSTING_REASON, begin_set, posting_set
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money

TABLES = MetaData()
POSTINGS = posting_set("test_posting", TABLES)
WHY = {"rule": "test", "reason": "asked"}


async def accounts(session: AsyncSession, count: int) -> list[int]:
    session.add_all(LedgerAccount(code=f"pot:{number}", unit=Unit.UAH, floor=None) for number in range(count))
    await session.flush()
    return list(
        await session.exec(
            select(LedgerAccount.id).where(col(LedgerAccount.code).like("pot:%")).order_by(col(LedgerAccount.id))
        )
    )


async def take(session: AsyncSession, amounts: Sequence[tuple[int, int]], at: datetime) -> None:
    """Post so many kopiykas to each of these accounts, as one set; none where it is zero."""
    await begin_set(session, TABLES)
    operators = await system_account(session, SystemAccount.FEES)
    connection = await session.connection()
    kind = OperationKind.SERVICE_FEE
    await connection.execute(POSTING_REASON.insert(), [{"id": 1, "explanation": {"rule": "test"}}])
    filling = text(
        f"INSERT INTO {POSTINGS.name} (account_id, balance, amount, reason)"
        " SELECT id, balance, :amount, 1 FROM ledger_account WHERE id = :id"
    )
    if amounts:
        await connection.execute(filling, [{"id": account_id, "amount": amount} for account_id, amount in amounts])
    await post_set(session, POSTINGS, kind=kind, against=operators, at=at)


async def of_customers(session: AsyncSession, operation_id: int | None = None) -> Sequence[Entry]:
    """Entries of the set but the operator's."""
    operators = await system_account(session, SystemAccount.FEES)
    query = select(Entry).where(Entry.account_id != operators.id).order_by(col(Entry.id))
    if operation_id is not None:
        query = query.where(Entry.operation_id == operation_id)
    return (await session.exec(query)).all()


@pytest.mark.parametrize("count", [1, MOST - 1, MOST, MOST + 1, 2 * MOST, 2 * MOST + 1])
async def test_a_set_is_as_few_operations_as_hold_it(database: Database, clock: FixedClock, count: int) -> None:
    async with database.unit_of_work() as session:
        ids = await accounts(session, count)
        await take(session, [(account_id, -(place + 1)) for place, account_id in enumerate(ids)], clock.now())
    async with database.reading() as session:
        operations = (await session.exec(select(Operation).order_by(col(Operation.id)))).all()
        assert len(operations) == -(-count // MOST)
        assert all(each.is_set for each in operations)
        entries = await of_customers(session)
        # In the order of their numbers, each with what stands there now.
        assert [(e.account_id, e.amount, e.balance_after) for e in entries] == [
            (account_id, Money(-place), Money(-place)) for place, account_id in enumerate(ids, 1)
        ]
        operators = await system_account(session, SystemAccount.FEES)
        theirs = (
            await session.exec(select(Entry).where(Entry.account_id == operators.id).order_by(col(Entry.id)))
        ).all()
        stands = Money.ZERO
        for operation, entry in zip(operations, theirs, strict=True):
            own = await of_customers(session, operation.id)
            assert (entry.operation_id, len(own)) == (operation.id, entry.explanation["entries"])
            assert entry.amount == -sum((each.amount for each in own), Money.ZERO)
            stands += entry.amount
            assert entry.balance_after == stands
        assert operators.balance == stands
        assert (await proof(session)).holds


async def test_who_has_nothing_to_pay_has_no_entry_and_a_slice_of_them_no_operation(
    database: Database, clock: FixedClock
) -> None:
    """The second of three operations would hold nothing."""
    async with database.unit_of_work() as session:
        ids = await accounts(session, 3 * MOST)
        amounts = [0 if MOST <= place < 2 * MOST or place % 5 == 0 else -7 for place in range(len(ids))]
        await take(session, list(zip(ids, amounts, strict=True)), clock.now())
    async with database.reading() as session:
        assert len((await session.exec(select(Operation))).all()) == 2
        assert len(await of_customers(session)) == sum(bool(amount) for amount in amounts)
        assert (await proof(session)).holds


async def test_a_set_of_nothing_posts_nothing(database: Database, clock: FixedClock) -> None:
    async with database.unit_of_work() as session:
        await take(session, [(account_id, 0) for account_id in await accounts(session, 2)], clock.now())
        await take(session, [], clock.now())
        assert (await session.exec(select(func.count()).select_from(Operation))).one() == 0


async def test_sets_one_after_another_continue_the_books(database: Database, clock: FixedClock) -> None:
    """Two of one transaction, then one of another."""
    async with database.unit_of_work() as session:
        ids = await accounts(session, 3)
        for amount in (-5, -6):
            await take(session, [(account_id, amount) for account_id in ids], clock.now())
    async with database.unit_of_work() as session:
        await take(session, [(ids[0], -7)], clock.now())
    async with database.reading() as session:
        operators = await system_account(session, SystemAccount.FEES)
        theirs = await session.exec(select(Entry).where(Entry.account_id == operators.id).order_by(col(Entry.id)))
        assert [entry.balance_after for entry in theirs] == [Money(15), Money(33), Money(40)]
        first = await session.exec(select(Entry).where(Entry.account_id == ids[0]).order_by(col(Entry.id)))
        assert [entry.balance_after for entry in first] == [Money(-5), Money(-11), Money(-18)]
        assert (await proof(session)).holds


async def test_a_set_is_not_taken_back_as_a_whole(database: Database, clock: FixedClock) -> None:
    async with database.unit_of_work() as session:
        await take(session, [(account_id, -5) for account_id in await accounts(session, 3)], clock.now())
    async with database.unit_of_work() as session:
        operation = (await session.exec(select(Operation))).one()
        for of in (operation.id, operation.key):
            with pytest.raises(CannotBeReversed, match="of many accounts"):
                await reverse(session, key="r", of=of, at=clock.now(), explanation=WHY)
        operators = await system_account(session, SystemAccount.FEES)
        theirs = (await session.exec(select(Entry).where(Entry.account_id == operators.id))).one()
        with pytest.raises(CannotBeReversed, match="of many accounts"):
            await reverse_entry(session, theirs, key="r", at=clock.now(), explanation=WHY)
        assert (await session.exec(select(func.count()).select_from(Operation))).one() == 1


async def test_an_entry_of_it_is_taken_back_alone_and_once(database: Database, clock: FixedClock) -> None:
    async with database.unit_of_work() as session:
        ids = await accounts(session, 3)
        await take(session, [(account_id, -5) for account_id in ids], clock.now())
    async with database.reading() as session:
        entries = await of_customers(session)

    async def attempt(entry: Entry, key: str) -> bool:
        async with database.unit_of_work() as session:
            at = clock.now() + timedelta(hours=1)
            return (await reverse_entry(session, entry, key=key, at=at, explanation=WHY)).is_new

    assert sorted(await asyncio.gather(*(attempt(entries[1], f"r{n}") for n in range(6)))) == [False] * 5 + [True]
    assert await attempt(entries[2], "another")
    async with database.reading() as session:
        balances = [(await session.get_one(LedgerAccount, account_id)).balance for account_id in ids]
        operators = await system_account(session, SystemAccount.FEES)
        back = (await session.exec(select(Operation).where(Operation.reverses_entry_id == entries[1].id))).one()
        said = (await session.exec(select(Entry).where(Entry.operation_id == back.id).order_by(col(Entry.id)))).all()
        assert (await proof(session)).holds
    assert (balances, operators.balance) == ([Money(-5), Money.ZERO, Money.ZERO], Money(5))
    assert [(entry.account_id, entry.amount) for entry in said] == [(operators.id, Money(-5)), (ids[1], Money(5))]
    assert said[0].explanation == {**WHY, "reverses": entries[1].operation_id, "reverses_entry": entries[1].id}


async def test_the_proof_finds_a_set_that_does_not_sum_to_zero(database: Database, clock: FixedClock) -> None:
    async with database.unit_of_work() as session:
        ids = await accounts(session, MOST + 5)
        await take(session, [(account_id, -5) for account_id in ids], clock.now())
        entry = (await of_customers(session))[-1]
        wrong = Entry.model_validate({**entry.model_dump(), "id": (entry.id or 0) + 1})
        session.add(wrong)
    async with database.reading() as session:
        found = await proof(session)
    assert list(found.wrong_operations) == [entry.operation_id]
    assert [wrong.account for wrong in found.wrong_balances] == [f"pot:{MOST + 4}"]
