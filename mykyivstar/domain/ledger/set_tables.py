"""The tables of one connection in which a set of postings is gathered (`bulk`)."""

from typing import Any, Final

from sqlalchemy import JSON, Column, MetaData, PrimaryKeyConstraint, Table, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateTable
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.types import BigId, MoneyType

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
        # The database numbers them, one after another: this is the order of their entries.
        Column("n", BigId, nullable=False, autoincrement=False, info={_NUMBERED: True}),
        Column("account_id", BigId, nullable=False),
        # What it has before.
        Column("balance", MoneyType, nullable=False),
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
    Column("explanation", JSON, nullable=False),
    key="id",
)

# Which operation holds which postings, by their numbers.
POSTING_CHUNK: Final = temporary(
    "posting_chunk",
    _OURS,
    Column("n", BigId, autoincrement=False, nullable=False),
    Column("operation_id", BigId, nullable=False),
    key="n",
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


async def begin_set(session: AsyncSession, *tables: MetaData) -> None:
    """Have these tables and POSTING_REASON, empty, in this transaction."""
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        await connection.exec_driver_sql("; ".join(f"SET LOCAL {setting}" for setting in _PLANNING))
    for each in (_OURS, *tables):
        await _have(connection, each)


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
                # Of this connection alone, so that nobody else's numbers come between.
                await connection.exec_driver_sql("CREATE TEMPORARY SEQUENCE IF NOT EXISTS posting_n CACHE 1024")
                numbers = "SET DEFAULT nextval('pg_temp.posting_n')"
                await connection.exec_driver_sql(f"ALTER TABLE {table.name} ALTER COLUMN {column.name} {numbers}")
