"""Posting for a hundred thousand accounts at once: the rows are made by the database, from a set that the caller fills.

For the operator's own runs (fees, bonuses), which do the same to many: each account has an entry of its own, and up to
MOST of them share an operation and the system account's entry, which is what they come to. Nobody may see, show or
take back such an operation as a whole (`Operation.is_set`): its entries are of people who have nothing to do with each
other. What holds of `service.post` holds here: an operation sums to zero, entries are never changed, an account's
balance is the sum of its entries and each entry says what stood there after it. Two things are the caller's: floors,
and that nothing is posted twice, by what he notes on rows that he changes in the same transaction.

    POSTINGS = posting_set("my_postings", MINE, …)          # with columns of the caller's own
    async with unit_of_work() as session:
        await begin_set(session, MINE)
        …                                                   # rows of POSTING_REASON, few
        await hold(session, "line_id", "…", {"lo": …, "hi": …}, against=fees)  # their balances stand still
        …                                                   # fill POSTINGS: each account at most once
        await post_set(session, POSTINGS, kind=kind, against=fees, at=at)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import CursorResult, String, Table, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import table_of
from mykyivstar.db.types import BigId, UtcDateTime
from mykyivstar.domain.ledger.models import (
    IDS_OF_ONE,
    OPERATORS_PLACE,
    SET,
    Entry,
    LedgerAccount,
    Operation,
    OperationKind,
)
from mykyivstar.domain.ledger.set_tables import POSTING_CHUNK
from mykyivstar.kit.money import Money

_IN_TURN: Final = "FOR NO KEY UPDATE"
_HELD: Final = f"ORDER BY a.id {_IN_TURN} OF a"

#: So many postings share an operation.
MOST: Final = OPERATORS_PLACE
# Whose they are, and what the operator's account has, now that it is held.
_ABOUT: Final = """
SELECT min(n) AS first, min(account_id) AS lo, max(account_id) AS hi,
       (SELECT balance FROM ledger_account WHERE id = :against) AS had
FROM <postings>
"""
# What each operation holds. Where nothing is posted a place in it stays empty.
_CHUNKS: Final = """
SELECT (n - :first) / :most AS chunk, count(*), CAST(sum(amount) AS bigint)
FROM <postings> WHERE amount <> 0 GROUP BY 1 ORDER BY 1
"""
_IDS: Final = {
    "sqlite": "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < :count)"
    " SELECT n + (SELECT coalesce(max(id), 0) FROM operation) FROM i",
    "postgresql": "SELECT nextval('operation_id_seq') FROM generate_series(1, :count)",
}
_ENTRIES: Final = """
INSERT INTO entry (id, operation_id, account_id, kind, category, amount, balance_after, at, explanation)
SELECT o.operation_id * :ids_of_one + (p.n - :first) % :most, o.operation_id, p.account_id, :kind, :kind, p.amount,
       p.balance + p.amount, :at, r.explanation
FROM <postings> p CROSS JOIN posting_chunk o CROSS JOIN posting_reason r
WHERE p.amount <> 0 AND o.n = (p.n - :first) / :most AND r.id = p.reason
"""
_BALANCES: Final = """
UPDATE ledger_account SET balance = ledger_account.balance + p.amount<marks>
FROM <postings> p WHERE p.account_id = ledger_account.id AND p.amount <> 0<near>
"""
# Accounts of a range of holders are near each other: reading them in turn is faster than looking for each.
_NEAR: Final = {"sqlite": "", "postgresql": " AND ledger_account.id BETWEEN :lo AND :hi"}
_ITS_BALANCE: Final = """
UPDATE ledger_account SET balance = balance - :total WHERE id = :against
"""


async def hold(
    session: AsyncSession,
    column: str,
    condition: str,
    between: Mapping[str, int],
    *,
    against: LedgerAccount,
    among: str = "",
) -> None:
    """Put accounts `a` into HELD_POT: whose holders, by this column, are `between` lo and hi, and who meet a condition.

    `among` is a table with the ids of the holders, where not all of them are meant.

    They and the system account are held until the transaction ends, in the order of their ids, as everybody does:
    whoever transfers at this moment waits, and does not wait for us.
    """
    connection = await session.connection()
    # Joined, because the planner takes EXISTS of a table that it has not counted for a few rows.
    joined = f" JOIN {among} d ON d.id = a.{column}" if among else ""
    filling = (
        f"INSERT INTO held_pot SELECT a.{column}, a.id, a.balance, a.floor FROM ledger_account a{joined}"  # noqa: S608
        f" WHERE a.{column} BETWEEN :lo AND :hi AND {condition}"
    )
    if connection.dialect.name == "sqlite":
        await connection.execute(text(f"{filling} ORDER BY a.{column}"), between)  # nobody else writes
        return
    asked = {**between, "against": against.id}
    await connection.execute(text(f"{filling} AND a.id < :against {_HELD}"), asked)
    await connection.execute(text(f"SELECT id FROM ledger_account WHERE id = :against {_IN_TURN}"), asked)  # noqa: S608
    await connection.execute(text(f"{filling} AND a.id > :against {_HELD}"), asked)


async def post_set(
    session: AsyncSession,
    postings: Table,
    *,
    kind: OperationKind,
    against: LedgerAccount,
    at: datetime,
    mark: Mapping[str, int] | None = None,
) -> None:
    """Post what the set holds, in operations of `kind` that each stand for up to MOST of its postings.

    `mark` are columns of the accounts that are set besides: what tells the caller's next run that they have had it.
    """
    connection = await session.connection()
    values: dict[str, Any] = {
        "against": against.id,
        "at": at,
        "ids_of_one": IDS_OF_ONE,
        "most": MOST,
        "kind": kind.value,
    }
    values |= mark or {}

    async def run(statement: str) -> CursorResult[Any]:
        asked = {name: value for name, value in values.items() if f":{name}" in statement}
        typed = [bindparam(name, type_=_TYPES[name]) for name in asked if name in _TYPES]
        return await connection.execute(text(statement.replace("<postings>", postings.name)).bindparams(*typed), asked)

    about = (await run(_ABOUT)).one()
    values |= {"first": about.first, "lo": about.lo, "hi": about.hi}
    chunks = [_Chunk(*map(int, row)) for row in await run(_CHUNKS)] if about.first is not None else []
    if not chunks:
        return
    values |= {"count": len(chunks), "total": sum(chunk.total for chunk in chunks)}
    operations = list(zip((await run(_IDS[connection.dialect.name])).scalars().all(), chunks, strict=True))
    await _open(connection, operations, kind, at)
    await run(_ENTRIES)
    if theirs := list(_others(operations, kind, against.id or 0, Money(about.had), at)):
        await connection.execute(table_of(Entry).insert(), theirs)
    marks = "".join(f", {name} = :{name}" for name in mark or {})
    await run(_BALANCES.replace("<marks>", marks).replace("<near>", _NEAR[connection.dialect.name]))
    await run(_ITS_BALANCE)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What one operation has of the set."""

    n: int
    count: int
    total: int


_TYPES: Final[Mapping[str, Any]] = {
    "at": UtcDateTime(),
    "first": BigId,
    "most": BigId,
    "ids_of_one": BigId,
    "kind": String(),
}


async def _open(
    connection: AsyncConnection, operations: Sequence[tuple[int, _Chunk]], kind: OperationKind, at: datetime
) -> None:
    rows = [
        {"id": number, "key": f"set:{kind.value}:{number}", "request_hash": SET, "kind": kind, "at": at}
        for number, _ in operations
    ]
    await connection.execute(table_of(Operation).insert(), rows)
    await connection.execute(POSTING_CHUNK.delete())
    places = [{"n": chunk.n, "operation_id": number} for number, chunk in operations]
    await connection.execute(POSTING_CHUNK.insert(), places)


def _others(
    operations: Sequence[tuple[int, _Chunk]], kind: OperationKind, against: int, balance: Money, at: datetime
) -> Iterator[dict[str, Any]]:
    """The operator's entries: what all postings of an operation come to."""
    for number, chunk in operations:
        amount = Money(-chunk.total)
        balance += amount
        if amount:
            yield {
                "id": number * IDS_OF_ONE + OPERATORS_PLACE,
                "operation_id": number,
                "account_id": against,
                "kind": kind,
                "category": kind.value,
                "amount": amount,
                "balance_after": balance,
                "at": at,
                "explanation": {"entries": chunk.count},
            }
