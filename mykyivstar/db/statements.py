"""SQL that both databases know but SQLAlchemy spells once per dialect."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.types import UtcDateTime

_NAMES_PER_QUERY = 500
_WITHOUT_OFFSET = len("2026-11-22 10:00:00.000000")


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    table = model.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table)
    return table


def insert_into(session: AsyncSession, model: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(table_of(model))


@dataclass(frozen=True)
class ManyRows:
    """An INSERT of rows by the ten thousand. `columns` say what PostgreSQL calls their types."""

    table: str
    columns: Mapping[str, str]
    # What follows the rows: ON CONFLICT …
    then: str

    @cached_property
    def on_sqlite(self) -> str:
        """For one row."""
        marks = ", ".join("?" * len(self.columns))
        return f"INSERT INTO {self.table} ({', '.join(self.columns)}) VALUES ({marks}) {self.then}"  # noqa: S608 no data

    @cached_property
    def on_postgresql(self) -> str:
        """For all rows at once, a list for each column."""
        lists = ", ".join(f"%s::{kind}[]" for kind in self.columns.values())
        names = ", ".join(self.columns)
        return f"INSERT INTO {self.table} ({names}) SELECT * FROM unnest({lists}) {self.then}"  # noqa: S608 no data


async def insert_many(session: AsyncSession, many: ManyRows, rows: Sequence[tuple[Any, ...]]) -> int:
    """Insert these rows in their order, and say how many rows of the table that touched.

    The values go to the driver as they are (see `driver_moment`), which takes half the time of a Core statement; on
    PostgreSQL, whose server would parse a statement for each row, half of that again. No two rows may meet in `then`.
    """
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        lists = tuple(map(list, zip(*rows, strict=True)))
        return (await connection.exec_driver_sql(many.on_postgresql, lists)).rowcount
    options = {"preserve_rowcount": True}
    return (await connection.exec_driver_sql(many.on_sqlite, list(rows), execution_options=options)).rowcount


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
    if dialect.name == "sqlite":
        return _written_for_sqlite
    convert = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)
    assert convert is not None
    return convert


def _written_for_sqlite(moment: datetime) -> str:
    """What SQLAlchemy writes, in a tenth of the time."""
    if moment.tzinfo is None:
        raise TypeError("a naive datetime cannot be stored")
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[:_WITHOUT_OFFSET]
