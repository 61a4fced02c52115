"""SQL that both databases know but SQLAlchemy spells once per dialect."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.types import UtcDateTime

_NAMES_PER_QUERY = 500


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    table = model.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table)
    return table


def insert_into(session: AsyncSession, model: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(table_of(model))


async def run_for_many(session: AsyncSession, sql: str, rows: Sequence[tuple[Any, ...]]) -> int:
    """Run SQL with `?` marks for each row, and say how many rows of the table it touched in all.

    For hundreds of thousands of rows: the values go to the driver as they are (see `driver_moment`), which takes
    half the time of a Core statement.
    """
    connection = await session.connection()
    if connection.dialect.paramstyle != "qmark":
        sql = sql.replace("?", "%s")
    result = await connection.exec_driver_sql(sql, list(rows), execution_options={"preserve_rowcount": True})
    return result.rowcount


async def rows_for(session: AsyncSession, sql: str, names: Collection[Any]) -> Sequence[Sequence[Any]]:
    """The rows of a query whose `(?)` is a list, for lists so long that building the statement would take longer."""
    connection = await session.connection()
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    sql = sql.replace("?", ",".join([mark] * _NAMES_PER_QUERY))
    found: list[Sequence[Any]] = []
    ordered = list(names)
    for start in range(0, len(ordered), _NAMES_PER_QUERY):
        part = ordered[start : start + _NAMES_PER_QUERY]
        # Always as many: the driver keeps every statement it has seen, and these are large.
        part += part[-1:] * (_NAMES_PER_QUERY - len(part))
        found += (await connection.exec_driver_sql(sql, tuple(part))).all()
    return found


async def driver_moment(session: AsyncSession) -> Callable[[datetime], Any]:
    """What turns an aware moment into what this database's driver stores."""
    dialect = (await session.connection()).dialect
    convert = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)
    assert convert is not None
    return convert
