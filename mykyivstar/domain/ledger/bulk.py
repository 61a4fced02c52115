"""Posting for a hundred thousand accounts at once: the rows are made by the database, from a set that the caller fills.

For the operator's own runs (fees, bonuses), where every operation has two legs: an account and one system account.
What holds of `service.post` holds here: a key posts once, entries are never changed, an account's balance is the sum of
its entries and each entry says what stood there after it. Floors are the caller's to ask.

    async with unit_of_work() as session:
        await begin_set(session)
        reason = …                           # rows of POSTING_REASON, few
        await hold(session, "SELECT …", …)   # the accounts, so that their balances stand still
        …                                    # fill POSTING_SET: each account at most once
        await post_set(session, against=fees, at=at)
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Connection, MetaData, String, Table, bindparam, text
from sqlalchemy.schema import CreateTable
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.types import BigId, MoneyType, UtcDateTime
from mykyivstar.domain.ledger.models import LedgerAccount

# Tables of one connection alone, empty when a transaction begins.
TEMPORARY = MetaData()
_OPTIONS: Mapping[str, Any] = {"prefixes": ["TEMPORARY"], "postgresql_on_commit": "DELETE ROWS"}

POSTING_SET = Table(
    "posting_set",
    TEMPORARY,
    # Their order, from one: entries of the system account follow it.
    Column("n", BigId, primary_key=True, autoincrement=False),
    Column("account_id", BigId, nullable=False),
    Column("key", String(80), nullable=False),
    # What it does to the account; never zero.
    Column("amount", MoneyType, nullable=False),
    Column("reason", BigId, nullable=False),
    **_OPTIONS,
)
POSTING_REASON = Table(
    "posting_reason",
    TEMPORARY,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("category", String(32), nullable=False),
    Column("explanation", JSON, nullable=False),
    **_OPTIONS,
)

_SPENT = "DELETE FROM posting_set WHERE EXISTS (SELECT 1 FROM operation o WHERE o.key = posting_set.key)"
# `named` gives every posting its operation's id, however the database counts them.
_NAMED = {
    "postgresql": "CREATE TEMPORARY TABLE IF NOT EXISTS posting_named (n bigint PRIMARY KEY, operation_id bigint)"
    " ON COMMIT DELETE ROWS",
    "sqlite": "CREATE TEMPORARY TABLE IF NOT EXISTS posting_named (n INTEGER PRIMARY KEY, operation_id INTEGER)",
}
_NAME = {
    "postgresql": "INSERT INTO posting_named SELECT n, nextval('operation_id_seq') FROM posting_set ORDER BY n",
    "sqlite": "INSERT INTO posting_named SELECT n, n + (SELECT coalesce(max(id), 0) FROM operation) FROM posting_set",
}
_OPERATIONS = """
INSERT INTO operation (id, key, request_hash, kind, at)
SELECT d.operation_id, p.key, 'set:' || p.account_id || ':' || p.amount, r.kind, :at
FROM posting_set p JOIN posting_named d ON d.n = p.n JOIN posting_reason r ON r.id = p.reason
"""
_ENTRIES = """
INSERT INTO entry (operation_id, account_id, kind, category, amount, balance_after, at, explanation)
SELECT d.operation_id, p.account_id, r.kind, r.category, p.amount, a.balance + p.amount, :at, r.explanation
FROM posting_set p JOIN posting_named d ON d.n = p.n JOIN posting_reason r ON r.id = p.reason
     JOIN ledger_account a ON a.id = p.account_id
"""
_OTHER_SIDE = """
INSERT INTO entry (operation_id, account_id, kind, category, amount, balance_after, at, explanation)
SELECT d.operation_id, s.id, r.kind, r.category, -p.amount, s.balance - sum(p.amount) OVER (ORDER BY p.n), :at,
       r.explanation
FROM posting_set p JOIN posting_named d ON d.n = p.n JOIN posting_reason r ON r.id = p.reason
     JOIN ledger_account s ON s.id = :against
ORDER BY p.n
"""
_BALANCES = """
UPDATE ledger_account SET balance = balance + p.amount FROM posting_set p WHERE p.account_id = ledger_account.id
"""
_ITS_BALANCE = """
UPDATE ledger_account SET balance = balance - (SELECT sum(amount) FROM posting_set) WHERE id = :against
"""


async def begin_set(session: AsyncSession) -> None:
    """Have an empty set in this transaction."""
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        # Compiling such a statement takes longer than running it.
        await connection.execute(text("SET LOCAL jit = off"))
    await connection.run_sync(make_temporary, TEMPORARY)
    await connection.execute(text(_NAMED[connection.dialect.name]))


def make_temporary(connection: Connection, tables: MetaData) -> None:
    """Make these tables for this connection, or empty them."""
    for table in tables.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        connection.execute(table.delete())


async def hold(session: AsyncSession, accounts: str, values: Mapping[str, Any], *, against: LedgerAccount) -> None:
    """Hold the accounts whose ids this query finds, and the system account, until the transaction ends.

    In the order of their ids, as everybody does: whoever transfers at this moment waits, and does not wait for us.
    """
    connection = await session.connection()
    if connection.dialect.name == "sqlite":
        return  # nobody else writes
    theirs = (
        f"SELECT count(*) FROM (SELECT id FROM ledger_account WHERE id = :against OR id IN ({accounts})"  # noqa: S608
        " ORDER BY id FOR NO KEY UPDATE) held"
    )
    await connection.execute(text(theirs), {**values, "against": against.id})


async def measure(session: AsyncSession, *tables: str) -> None:
    """Let PostgreSQL know how much was put into these temporary tables, or it plans for a handful of rows."""
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"ANALYZE {', '.join(tables)}"))


async def post_set(session: AsyncSession, *, against: LedgerAccount, at: datetime) -> int:
    """Post what the set holds and the books do not have yet; how many operations that was. The set is empty then."""
    connection = await session.connection()
    dialect = connection.dialect.name
    await connection.execute(text(_SPENT))
    count = (await connection.execute(text("SELECT count(*) FROM posting_set"))).scalar_one()
    if count:
        await connection.execute(text("DELETE FROM posting_named"))
        await connection.execute(text(_NAME[dialect]))
        await measure(session, "posting_set", "posting_named")
        for statement in (_OPERATIONS, _ENTRIES, _OTHER_SIDE, _BALANCES, _ITS_BALANCE):
            values = {"against": against.id, "at": at}
            asked = {name: value for name, value in values.items() if f":{name}" in statement}
            typed = [bindparam("at", type_=UtcDateTime())] if "at" in asked else []
            await connection.execute(text(statement).bindparams(*typed), asked)
        await connection.execute(text("DELETE FROM posting_set"))
    return int(count)
