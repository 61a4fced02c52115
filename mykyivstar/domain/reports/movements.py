"""What moved on an account: the contents of a statement (E5)."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.statements import table_of
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Period

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry: when, of which kind, how much (below zero: taken), why, and what was there after it."""

    at: datetime
    kind: OperationKind
    amount: Money
    explanation: Mapping[str, Any]
    balance: Money


async def money_account(session: AsyncSession, key: HoldingKey) -> int | None:
    """The account of a line's or internet account's money; None where nothing was ever opened."""
    holder = LedgerAccount.line_id if key.kind is HoldingKind.LINE else LedgerAccount.internet_account_id
    query = select(LedgerAccount.id).where(holder == key.id, LedgerAccount.unit == Unit.UAH)
    return (await session.exec(query)).first()


async def balance_before(session: AsyncSession, account_id: int | None, moment: datetime) -> Money:
    """What was there just before this moment: the sum of all earlier entries."""
    query = select(func.sum(col(Entry.amount))).where(Entry.account_id == account_id, Entry.at < moment)
    return (await session.exec(query)).one() or Money.ZERO


async def count_movements(session: AsyncSession, account_id: int | None, period: Period) -> int:
    """How many entries there are."""
    query = select(func.count()).select_from(Entry).where(*_theirs(account_id, period))
    return (await session.exec(query)).one()


async def movement_pages(
    reading: UnitOfWork, account_id: int | None, period: Period, *, opening: Money
) -> AsyncIterator[Sequence[Movement]]:
    """Every entry of the period, the oldest first, a thousand at a time; no transaction is kept.

    Balances are counted from `opening`, so that they always sum up.
    """
    balance = opening
    after: tuple[datetime, int] | None = None
    while True:
        query = select(Entry).where(*_theirs(account_id, period)).order_by(col(Entry.at), col(Entry.id)).limit(AT_ONCE)
        if after is not None:
            query = query.where(_beyond(*after))
        async with reading() as session:
            found = (await session.exec(query)).all()
        page = []
        for entry in found:
            balance += entry.amount
            page.append(Movement(entry.at, entry.kind, entry.amount, entry.explanation, balance))
        if page:
            yield page
        if len(found) < AT_ONCE:
            return
        after = (found[-1].at, found[-1].id or 0)


def _beyond(at: datetime, entry_id: int) -> ColumnElement[bool]:
    table = table_of(Entry)
    return tuple_(table.c.at, table.c.id) > tuple_(literal(at, table.c.at.type), literal(entry_id, table.c.id.type))


def _theirs(account_id: int | None, period: Period) -> tuple[Any, ...]:
    return (Entry.account_id == account_id, col(Entry.at) >= period.start, col(Entry.at) < period.end)
