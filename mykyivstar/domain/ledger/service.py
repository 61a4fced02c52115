"""Posting: the only way in which balances change."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from sqlalchemy import bindparam, insert, or_, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.statements import insert_into, table_of
from mykyivstar.domain.ledger.accounts import Holder, SystemAccount, account_for, accounts_for, system_account
from mykyivstar.domain.ledger.errors import NotEnoughMoney, OperationMismatch, UnbalancedLegs
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, OperationKind, Unit
from mykyivstar.kit.money import Money

__all__ = [
    "Holder",
    "Leg",
    "Posted",
    "Posting",
    "SystemAccount",
    "account_for",
    "accounts_for",
    "locked",
    "post",
    "post_many",
    "system_account",
]


@dataclass(frozen=True, slots=True)
class Leg:
    """What an operation does to one account, and why (O1: rule, period, net, VAT, duty as far as they apply)."""

    account_id: int
    amount: Money
    explanation: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Posting:
    """One operation to post. `key` is made by whoever starts it, before it starts, and survives every retry.

    Without legs nothing moves, and the key is spent all the same: it was looked, and there was nothing to do.
    """

    key: str
    kind: OperationKind
    at: datetime
    legs: Sequence[Leg]

    @property
    def request_hash(self) -> str:
        """What must be the same when the key is: why and what moves. Not the time and the wording, a retry's differ."""
        moves = [[leg.account_id, leg.amount.kopiykas] for leg in self.legs]
        return hashlib.sha256(json.dumps([self.kind.value, moves]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Posted:
    """The operation of a posting; `is_new` is False when it had been posted before and nothing moved now."""

    operation: Operation
    is_new: bool


async def post(
    session: AsyncSession,
    *,
    key: str,
    kind: OperationKind,
    at: datetime,
    legs: Sequence[Leg],
    respect_floors: bool = True,
) -> Operation:
    """Move money once (O1, I1): the legs sum to zero in each unit, all of them are posted or none.

    The same key with the same moves returns the old operation and posts nothing. A customer's own act respects
    the floors of the accounts; the operator's (a fee, usage, a correction) does not.
    Raises NotEnoughMoney, OperationMismatch, both before anything is written; UnbalancedLegs is our mistake.
    """
    posted = await post_many(session, [Posting(key, kind, at, legs)], respect_floors=respect_floors)
    return posted[0].operation


async def post_many(
    session: AsyncSession, postings: Sequence[Posting], *, respect_floors: bool = True
) -> Sequence[Posted]:
    """Post several operations, in this order, in five statements however many they are; see `post`.

    One refusal refuses them all.
    """
    accounts = await locked(session, {leg.account_id for posting in postings for leg in posting.legs})
    for posting in postings:
        _demand_balance(posting, accounts)
    repeats = await _posted_before(session, postings)
    fresh = [posting for posting in postings if posting.key not in repeats]
    assert len({posting.key for posting in fresh}) == len(fresh), "a key twice in one call"
    books = _Books.of(accounts.values(), respect_floors=respect_floors)
    # Decided before the first write, so that a caller may catch the refusal and go on with its transaction.
    rows = [row for posting in fresh for row in books.entered(posting)]
    operations = repeats | await _opened(session, fresh)
    for row in rows:
        row["operation_id"] = operations[row.pop("key")].id
    if rows:
        await _moved(session, books, accounts)
        await (await session.connection()).execute(insert(table_of(Entry)), rows)
    return [Posted(operations[p.key], is_new=p.key not in repeats) for p in postings]


@dataclass(slots=True)
class _Books:
    """The balances as they will be."""

    balances: dict[int, Money]
    floors: Mapping[int, Money | None]
    moved: dict[int, Money] = field(default_factory=dict)

    @classmethod
    def of(cls, accounts: Iterable[LedgerAccount], *, respect_floors: bool) -> Self:
        known = {account.id: account for account in accounts if account.id is not None}
        floors = {key: account.floor if respect_floors else None for key, account in known.items()}
        return cls({key: account.balance for key, account in known.items()}, floors)

    def entered(self, posting: Posting) -> Iterable[dict[str, Any]]:
        """The entries of this posting, its operation still to be named."""
        for leg in posting.legs:
            balance = self.balances[leg.account_id] + leg.amount
            floor = self.floors[leg.account_id]
            if floor is not None and leg.amount < Money.ZERO and balance < floor:
                raise NotEnoughMoney(missing=floor - balance)
            self.balances[leg.account_id] = balance
            self.moved[leg.account_id] = self.moved.get(leg.account_id, Money.ZERO) + leg.amount
            yield {
                "key": posting.key,
                "account_id": leg.account_id,
                "amount": leg.amount,
                "balance_after": balance,
                "at": posting.at,
                "explanation": dict(leg.explanation),
            }


async def locked(session: AsyncSession, account_ids: Iterable[int]) -> dict[int, LedgerAccount]:
    """The accounts as they are now, held until the transaction ends; in the order of their ids, against deadlocks."""
    query = select(LedgerAccount).where(col(LedgerAccount.id).in_(sorted(account_ids))).order_by(col(LedgerAccount.id))
    locked = await session.exec(query.with_for_update().execution_options(populate_existing=True))
    return {account.id: account for account in locked if account.id is not None}


def _demand_balance(posting: Posting, accounts: Mapping[int, LedgerAccount]) -> None:
    totals: dict[Unit, Money] = {}
    for leg in posting.legs:
        if leg.account_id not in accounts:
            raise UnbalancedLegs(f"{posting.key}: no account {leg.account_id}")
        unit = accounts[leg.account_id].unit
        totals[unit] = totals.get(unit, Money.ZERO) + leg.amount
    if any(totals.values()) or not all(leg.amount for leg in posting.legs):
        raise UnbalancedLegs(f"{posting.key}: the legs of an operation sum to zero and none of them is empty")


async def _posted_before(session: AsyncSession, postings: Sequence[Posting]) -> dict[str, Operation]:
    """Operations with these keys. Repeats touch the same accounts, so the lock on those makes this look reliable."""
    keys = [posting.key for posting in postings]
    found = {operation.key: operation for operation in await session.exec(_operations(keys))}
    for posting in postings:
        if posting.key in found and found[posting.key].request_hash != posting.request_hash:
            raise OperationMismatch
    return found


def _operations(keys: Sequence[str]) -> Any:
    return select(Operation).where(col(Operation.key).in_(keys))


async def _opened(session: AsyncSession, postings: Sequence[Posting]) -> dict[str, Operation]:
    if not postings:
        return {}
    operations = [Operation(key=p.key, request_hash=p.request_hash, kind=p.kind, at=p.at) for p in postings]
    table = table_of(Operation)
    opening = insert_into(session, Operation).on_conflict_do_nothing(index_elements=["key"])
    rows = [operation.model_dump(exclude={"id"}) for operation in operations]
    result = await (await session.connection()).execute(opening.returning(table.c.key, table.c.id), rows)
    ids: dict[str, int] = {row.key: row.id for row in result}
    if len(ids) < len(rows):
        # Only one that moves other accounts can have slipped in beside our lock.
        raise OperationMismatch
    for operation in operations:
        operation.id = ids[operation.key]
    return {operation.key: operation for operation in operations}


async def _moved(session: AsyncSession, books: _Books, accounts: Mapping[int, LedgerAccount]) -> None:
    """Write the balances. The condition repeats the floor: no code path can take what is not there."""
    table = table_of(LedgerAccount)
    after = table.c.balance + bindparam("moved", type_=table.c.balance.type)
    within = or_(bindparam("free", False), table.c.floor.is_(None), after >= table.c.floor)
    moving = update(table).where(table.c.id == bindparam("account"), within).values(balance=after)
    rows = [
        {"account": key, "moved": moved, "free": books.floors[key] is None or moved > Money.ZERO}
        for key, moved in sorted(books.moved.items())
    ]
    result = await (await session.connection()).execute(moving, rows)
    assert result.rowcount == len(rows), "a locked account changed"
    for key in books.moved:
        account = accounts[key]
        set_committed_value(account, "balance", books.balances[key])
        if account.line_id is not None:
            changed(session, Subject(Topic.LINE, account.line_id))
        if account.internet_account_id is not None:
            changed(session, Subject(Topic.INTERNET, account.internet_account_id))
