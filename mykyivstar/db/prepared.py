"""Statements that every page and every message needs: translated once and given to the database's driver as they are.

SQLite answers such a statement in twenty microseconds, PostgreSQL's driver in fifty; the session, the pool, the
transaction and the unpacking around it take ten times as long. See
`docs/decisions/0009-a-page-is-loaded-in-one-event.md`.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import psycopg
from sqlalchemy import CompoundSelect, Select, UpdateBase
from sqlalchemy.dialects.postgresql.psycopg import dialect_async
from sqlalchemy.dialects.sqlite import aiosqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.direct import Direct, as_sqlalchemys

# Where a reading session keeps the connection, or the connections, that these statements take.
SHORTCUT = "shortcut"

_Convert = Callable[[Any], Any]
# By the place of the column.
_Outgoing = Sequence[tuple[int, _Convert]]


class Shortcut:
    """The connection of prepared statements on SQLite: one is enough, since nothing waits while it is in use.

    Opened when it is first used; its errors are SQLAlchemy's, as those of every other way to the database.
    """

    def __init__(self, engine: AsyncEngine, pragmas: Sequence[str]) -> None:
        """`pragmas` prepare the connection."""
        self._engine = engine
        self._pragmas = pragmas

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Sequence[Any]:
        """What the statement finds. Raises OperationalError, without the values: they are codes, numbers and sums."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise OperationalError(sql, None, error, hide_parameters=True) from error

    def close(self) -> None:
        """Let go of the connection, if there is one."""
        if (connection := vars(self).pop("_connection", None)) is not None:
            connection.close()

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        arguments, named = self._engine.dialect.create_connect_args(self._engine.url)
        connect: Any = sqlite3.connect
        connection: sqlite3.Connection = connect(*arguments, **named, isolation_level=None)
        for pragma in self._pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection


class Prepared:
    """A statement whose columns have names and whose parameters are values, never lists; a writing one returns some."""

    def __init__(self, statement: Select[Any] | CompoundSelect[Any] | UpdateBase) -> None:
        """Nothing is translated before the first use."""
        self.statement = statement

    def on(self, shortcut: Shortcut, parameters: Mapping[str, Any]) -> Sequence[Any]:
        """The rows, by SQLite's own driver; columns are attributes."""
        return self._for_sqlite.rows(shortcut, parameters)

    async def by(self, driver: Any, parameters: Mapping[str, Any]) -> Sequence[Any]:
        """The rows, by a connection of PostgreSQL's own driver; columns are attributes."""
        return await self._for_postgresql.rows_by(driver, parameters)

    @cached_property
    def _for_sqlite(self) -> "_OnSqlite":
        dialect = aiosqlite.dialect()
        whole = self._compiled(dialect)
        assert whole.positiontup is not None
        types = [column.type for column in self.statement.exported_columns]
        outgoing = [type_.dialect_impl(dialect).result_processor(dialect, None) for type_ in types]
        return _OnSqlite(*self._common(whole), order=tuple(whole.positiontup), outgoing=_numbered(outgoing))

    @cached_property
    def _for_postgresql(self) -> "_OnPostgresql":
        # The package gives its dialect no types of its own.
        dialect: Dialect = dialect_async()  # type: ignore[no-untyped-call]
        types = [column.type.dialect_impl(dialect) for column in self.statement.exported_columns]
        whole = self._compiled(dialect)
        return _OnPostgresql(
            *self._common(whole),
            convert=lambda kinds: _numbered(
                [type_.result_processor(dialect, kind) for type_, kind in zip(types, kinds, strict=True)]
            ),
        )

    def _compiled(self, dialect: Dialect) -> SQLCompiler:
        compiled = self.statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        assert not compiled.post_compile_params, "a list as a parameter is another statement for each length"
        return compiled

    def _common(self, compiled: SQLCompiler) -> tuple[str, Mapping[str, Any], Mapping[str, _Convert], Any]:
        incoming: Mapping[str, Any] = compiled._bind_processors  # noqa: SLF001
        # What the statement itself holds: literals, limits.
        given = {
            name: _converted(incoming.get(name), bind.effective_value)
            for name, bind in compiled.binds.items()
            if not bind.required
        }
        names = [str(column.key) for column in self.statement.exported_columns]
        # A class is made of names that are known only now, once for each statement.
        row: Any = namedtuple("Row", names)  # type: ignore[misc]  # noqa: PYI024
        return str(compiled), given, incoming, row._make


@dataclass(slots=True)
class _Translated:
    """A statement as a driver takes it, and what turns values into what it stores and back."""

    sql: str
    given: Mapping[str, Any]
    incoming: Mapping[str, _Convert]
    row: Callable[[Any], Any]

    def known(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        values = {name: _converted(self.incoming.get(name), value) for name, value in parameters.items()}
        return {**self.given, **values}


@dataclass(slots=True)
class _OnSqlite(_Translated):
    order: tuple[str, ...]
    outgoing: _Outgoing

    def rows(self, shortcut: Shortcut, parameters: Mapping[str, Any]) -> Sequence[Any]:
        known = self.known(parameters)
        found = shortcut.rows(self.sql, [known[name] for name in self.order])
        return [self.row(_unpacked(list(values), self.outgoing)) for values in found]


@dataclass(slots=True)
class _OnPostgresql(_Translated):
    # What converts the columns, by what the database calls their types, which only an answer says.
    convert: Callable[[Sequence[int]], _Outgoing]
    outgoing: _Outgoing | None = field(default=None, init=False)

    async def rows_by(self, driver: Any, parameters: Mapping[str, Any]) -> Sequence[Any]:
        cursor = await driver.execute(self.sql, self.known(parameters))
        found = await cursor.fetchall()
        if self.outgoing is None:
            self.outgoing = self.convert([column.type_code for column in cursor.description])
        outgoing = self.outgoing
        return [self.row(_unpacked(list(values), outgoing)) for values in found]


def _numbered(outgoing: Sequence[_Convert | None]) -> _Outgoing:
    return tuple((place, convert) for place, convert in enumerate(outgoing) if convert is not None)


def _unpacked(values: list[Any], outgoing: _Outgoing) -> list[Any]:
    # NULL is None whatever the type.
    for place, convert in outgoing:
        if values[place] is not None:
            values[place] = convert(values[place])
    return values


async def ask(session: AsyncSession, *questions: tuple[Prepared, Mapping[str, Any]]) -> list[Sequence[Any]]:
    """The rows of each statement with its parameters, all as of one moment on SQLite.

    In a session that has read or written before, they see what that session sees.
    """
    shortcut: Shortcut | Direct | None = session.info.get(SHORTCUT)
    if shortcut is None or session.in_transaction():
        await session.flush()
        connection = await session.connection()
        return [(await connection.execute(each.statement, parameters)).all() for each, parameters in questions]
    if isinstance(shortcut, Direct):
        return await shortcut.run(lambda driver: _by(driver, questions))
    if len(questions) == 1:
        return [each.on(shortcut, parameters) for each, parameters in questions]
    shortcut.rows("BEGIN")
    try:
        return [each.on(shortcut, parameters) for each, parameters in questions]
    finally:
        shortcut.rows("ROLLBACK")


async def do(session: AsyncSession, which: Prepared, parameters: Mapping[str, Any]) -> Sequence[Any]:
    """The rows of a statement that writes, in the session's transaction. Raises SQLAlchemy's errors."""
    await session.flush()
    connection = await session.connection()
    if connection.dialect.name == "sqlite":
        return (await connection.execute(which.statement, parameters)).all()
    driver = (await connection.get_raw_connection()).driver_connection
    try:
        return await which.by(driver, parameters)
    except psycopg.Error as error:
        raise as_sqlalchemys(error) from error


async def _by(driver: Any, questions: Sequence[tuple[Prepared, Mapping[str, Any]]]) -> list[Sequence[Any]]:
    return [await each.by(driver, parameters) for each, parameters in questions]


def _converted(convert: _Convert | None, value: Any) -> Any:
    return value if convert is None else convert(value)
