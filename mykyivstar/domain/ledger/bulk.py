"""Posting for a hundred thousand accounts at once: the rows are made by the database, from a set that the caller fills.

For the operator's own runs (fees, bonuses), where every operation has two legs: an account and one system account.
What holds of `service.post` holds here: a key posts once, entries are never changed, an account's balance is the sum of
its entries and each entry says what stood there after it. Floors are the caller's to ask.

    POSTINGS = posting_set("my_postings", MINE, …)          # with columns of the caller's own
    async with unit_of_work() as session:
        await begin_set(session, MINE)
        …                                                   # rows of POSTING_REASON, few
        await hold(session, "line_id", "…", {"lo": …, "hi": …}, against=fees)  # their balances stand still
        …                                                   # fill POSTINGS: each account at most once
        await post_set(session, POSTINGS, against=fees, at=at)
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, Column, MetaData, PrimaryKeyConstraint, String, Table, bindparam, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateTable
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.types import BigId, MoneyType, UtcDateTime
from mykyivstar.domain.ledger.models import IDS_OF_ONE, LedgerAccount

# Compiling such a statement takes longer than running it. What a run reads of a large table are rows beside each other,
# which come from memory after the first of them; the planner would rather read the table as a whole. Merging would sort
# the postings by their reasons, and then every new row would go to another page of every index.
_PLANNING: Final = ("jit = off", "random_page_cost = 0.5", "work_mem = '32MB'", "enable_mergejoin = off")


def temporary(name: str, tables: MetaData, *columns: Column[Any], key: str = "") -> Table:
    """A table of one connection alone; empty when a transaction begins."""
    # PostgreSQL reads such a table as a whole; a key would only take time.
    keys = [PrimaryKeyConstraint(key).ddl_if(dialect="sqlite")] if key else []
    return Table(name, tables, *columns, *keys, prefixes=["TEMPORARY"], postgresql_on_commit="DELETE ROWS")


def posting_set(name: str, tables: MetaData, *more: Column[Any]) -> Table:
    """A table for postings, each account at most once."""
    columns: list[Column[Any]] = [
        # The database numbers them: entries of the system account are in this order. On PostgreSQL it is the id of the
        # operation as well.
        Column("n", BigId, nullable=False, autoincrement=False, info={_NUMBERED: True}),
        Column("account_id", BigId, nullable=False),
        # What it has before.
        Column("balance", MoneyType, nullable=False),
        Column("key", String(80), nullable=False),
        # What is done to it; where it is zero nothing is posted.
        Column("amount", MoneyType, nullable=False),
        Column("reason", BigId, nullable=False),
    ]
    return temporary(name, tables, *columns, *more, key="n")


_NUMBERED: Final = "numbered"
_OURS: Final = MetaData()
POSTING_REASON: Final = temporary(
    "posting_reason",
    _OURS,
    Column("id", BigId, autoincrement=False, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("category", String(32), nullable=False),
    Column("explanation", JSON, nullable=False),
    # What the operator's entry says: the rest stands in the other entry of the same operation.
    Column("rule", JSON, nullable=False),
    key="id",
)

# Accounts that are held, by their holders, with what they have.
HELD_POT: Final = temporary(
    "held_pot",
    _OURS,
    Column("holder_id", BigId, autoincrement=False, nullable=False),
    Column("account_id", BigId, nullable=False),
    Column("balance", MoneyType, nullable=False),
    Column("floor", MoneyType),
    key="holder_id",
)
_IN_TURN: Final = "FOR NO KEY UPDATE"
_HELD: Final = f"ORDER BY a.id {_IN_TURN}"

# The ids of operations follow n after this one; PostgreSQL has given them as n already.
_LAST_ID: Final = {"sqlite": "SELECT coalesce(max(id), 0) FROM operation", "postgresql": "SELECT 0"}
_OPERATIONS: Final = """
INSERT INTO operation (id, key, request_hash, kind, at)
SELECT :last_id + p.n, p.key, 'set', r.kind, :at
FROM <postings> p JOIN posting_reason r ON r.id = p.reason
WHERE p.amount <> 0
"""
# What was posted before this run is not posted again.
_FORGET_SPENT: Final = """
UPDATE <postings> SET amount = 0 WHERE EXISTS (SELECT 1 FROM operation o WHERE o.key = <postings>.key)
"""
# Both sides at once, so that they lie in the order of their ids.
_ENTRIES: Final = """
INSERT INTO entry (id, operation_id, account_id, kind, category, amount, balance_after, at, explanation)
SELECT (:last_id + p.n) * :ids_of_one + side.n, :last_id + p.n, CASE side.n WHEN 0 THEN p.account_id ELSE :against END,
       r.kind, r.category, CASE side.n WHEN 0 THEN p.amount ELSE -p.amount END,
       CASE side.n WHEN 0 THEN p.balance + p.amount
       ELSE (SELECT s.balance FROM ledger_account s WHERE s.id = :against) - p.total END,
       :at, CASE side.n WHEN 0 THEN r.explanation ELSE r.rule END
FROM (SELECT n, account_id, balance, amount, reason, sum(amount) OVER (ORDER BY n) AS total
      FROM <postings> WHERE amount <> 0) p
     CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1) side CROSS JOIN posting_reason r
WHERE r.id = p.reason
"""
_BALANCES: Final = """
UPDATE ledger_account SET balance = ledger_account.balance + p.amount
FROM <postings> p WHERE p.account_id = ledger_account.id AND p.amount <> 0
"""
_ITS_BALANCE: Final = """
UPDATE ledger_account SET balance = balance - (SELECT coalesce(sum(amount), 0) FROM <postings>) WHERE id = :against
"""


def explained(explanation: Mapping[str, Any]) -> dict[str, Any]:
    """What a row of POSTING_REASON says of why: for the account, and for the operator's side of the same operation."""
    return {"explanation": dict(explanation), "rule": {"rule": explanation["rule"]}}


async def begin_set(session: AsyncSession, *tables: MetaData) -> None:
    """Have these tables and POSTING_REASON, empty, in this transaction."""
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        await connection.exec_driver_sql("; ".join(f"SET LOCAL {setting}" for setting in _PLANNING))
    for each in (_OURS, *tables):
        await _have(connection, each)


async def hold(
    session: AsyncSession, column: str, condition: str, between: Mapping[str, int], *, against: LedgerAccount
) -> None:
    """Put accounts `a` into HELD_POT: whose holders, by this column, are `between` lo and hi, and who meet a condition.

    They and the system account are held until the transaction ends, in the order of their ids, as everybody does:
    whoever transfers at this moment waits, and does not wait for us.
    """
    connection = await session.connection()
    filling = (
        f"INSERT INTO held_pot SELECT a.{column}, a.id, a.balance, a.floor FROM ledger_account a"  # noqa: S608
        f" WHERE a.{column} BETWEEN :lo AND :hi AND {condition}"
    )
    if connection.dialect.name == "sqlite":
        await connection.execute(text(f"{filling} ORDER BY a.{column}"), between)  # nobody else writes
        return
    among = {**between, "against": against.id}
    await connection.execute(text(f"{filling} AND a.id < :against {_HELD}"), among)
    await connection.execute(text(f"SELECT id FROM ledger_account WHERE id = :against {_IN_TURN}"), among)  # noqa: S608
    await connection.execute(text(f"{filling} AND a.id > :against {_HELD}"), among)


async def measure(session: AsyncSession, *tables: str) -> None:
    """Let PostgreSQL know how much was put into these temporary tables, or it plans for a handful of rows."""
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        await connection.exec_driver_sql(f"ANALYZE {', '.join(tables)}")


async def post_set(session: AsyncSession, postings: Table, *, against: LedgerAccount, at: datetime) -> None:
    """Post what the set holds and the books do not have yet; amounts of what they have are zero in the set then."""
    connection = await session.connection()
    last_id = (await connection.execute(text(_LAST_ID[connection.dialect.name]))).scalar_one()
    values = {"last_id": last_id, "against": against.id, "at": at, "ids_of_one": IDS_OF_ONE}

    async def run(statement: str) -> None:
        asked = {name: value for name, value in values.items() if f":{name}" in statement}
        typed = [bindparam(name, type_=_TYPES[name]) for name in asked if name in _TYPES]
        await connection.execute(text(statement.replace("<postings>", postings.name)).bindparams(*typed), asked)

    try:
        async with connection.begin_nested():
            await run(_OPERATIONS)
    except IntegrityError:
        # Somebody's key is spent; almost always nobody's is, and looking them all up takes as long as posting.
        await run(_FORGET_SPENT)
        await run(_OPERATIONS)
    for statement in (_ENTRIES, _BALANCES, _ITS_BALANCE):
        await run(statement)


_TYPES: Final[Mapping[str, Any]] = {"at": UtcDateTime(), "last_id": BigId, "ids_of_one": BigId}


async def _have(connection: AsyncConnection, tables: MetaData) -> None:
    ordered, is_sqlite = tables.sorted_tables, connection.dialect.name == "sqlite"
    known = "SELECT max(name) FROM sqlite_temp_master WHERE name = :name"
    if not is_sqlite:
        known = "SELECT to_regclass('pg_temp.' || :name)"
    # They are made by one transaction, so where one of them is, all are.
    if (await connection.execute(text(known), {"name": ordered[0].name})).scalar_one() is not None:
        emptying = [f"DELETE FROM {table.name}" for table in ordered]  # noqa: S608
        for statement in emptying if is_sqlite else ["; ".join(emptying)]:
            await connection.exec_driver_sql(statement)
        return
    for table in ordered:
        await connection.execute(CreateTable(table))
        for column in table.columns:
            if _NUMBERED in column.info and not is_sqlite:
                numbers = "SET DEFAULT nextval('operation_id_seq')"
                await connection.exec_driver_sql(f"ALTER TABLE {table.name} ALTER COLUMN {column.name} {numbers}")
