"""Reads that every page makes: translated once and, on SQLite, given to its driver as they are.

SQLite answers such a statement in twenty microseconds; the session, the pool, the transaction and the unpacking around
it take ten times as long. See `docs/decisions/0009-a-page-is-loaded-in-one-event.md`.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import CompoundSelect, Select
from sqlalchemy.dialects.sqlite import aiosqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel.ext.asyncio.session import AsyncSession

# Where a reading session keeps the connection that these statements take on SQLite.
SHORTCUT = "shortcut"

_Convert = Callable[[Any], Any]


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
    """A SELECT whose columns have names and whose parameters are values, never lists."""

    def __init__(self, statement: Select[Any] | CompoundSelect[Any]) -> None:
        """Nothing is translated before the first use."""
        self.statement = statement

    def on(self, shortcut: Shortcut, parameters: Mapping[str, Any]) -> Sequence[Any]:
        """The rows, by SQLite's own driver; columns are attributes."""
        return self._for_sqlite.rows(shortcut, parameters)

    @cached_property
    def _for_sqlite(self) -> "_Translated":
        dialect = aiosqlite.dialect()
        compiled = self.statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        assert compiled.positiontup is not None
        assert not compiled.post_compile_params, "a list as a parameter is another statement for each length"
        incoming: Mapping[str, Any] = compiled._bind_processors  # noqa: SLF001
        names = [str(column.key) for column in self.statement.selected_columns]
        # A class is made of names that are known only now, once for each statement.
        row: Any = namedtuple("Row", names)  # type: ignore[misc]  # noqa: PYI024
        types = [column.type for column in self.statement.selected_columns]
        outgoing = [type_.dialect_impl(dialect).result_processor(dialect, None) for type_ in types]
        return _Translated(
            sql=str(compiled),
            order=tuple(compiled.positiontup),
            # What the statement itself holds: literals, limits.
            given={
                name: _converted(incoming.get(name), bind.effective_value)
                for name, bind in compiled.binds.items()
                if not bind.required
            },
            incoming=incoming,
            outgoing=tuple((place, convert) for place, convert in enumerate(outgoing) if convert is not None),
            row=row._make,
        )


@dataclass(frozen=True, slots=True)
class _Translated:
    """A statement as SQLite's driver takes it, and what turns values into what it stores and back."""

    sql: str
    order: tuple[str, ...]
    given: Mapping[str, Any]
    incoming: Mapping[str, _Convert]
    # By the place of the column. NULL is None whatever the type.
    outgoing: Sequence[tuple[int, _Convert]]
    row: Callable[[Any], Any]

    def rows(self, shortcut: Shortcut, parameters: Mapping[str, Any]) -> Sequence[Any]:
        values = {name: _converted(self.incoming.get(name), value) for name, value in parameters.items()}
        known = {**self.given, **values}
        found = shortcut.rows(self.sql, [known[name] for name in self.order])
        return [self.row(self._unpacked(list(values))) for values in found]

    def _unpacked(self, values: list[Any]) -> list[Any]:
        for place, convert in self.outgoing:
            if values[place] is not None:
                values[place] = convert(values[place])
        return values


async def ask(session: AsyncSession, *questions: tuple[Prepared, Mapping[str, Any]]) -> list[Sequence[Any]]:
    """The rows of each statement with its parameters, all as of one moment on SQLite.

    In a session that has read or written before, they see what that session sees.
    """
    shortcut: Shortcut | None = session.info.get(SHORTCUT)
    if shortcut is None or session.in_transaction():
        await session.flush()
        connection = await session.connection()
        return [(await connection.execute(each.statement, parameters)).all() for each, parameters in questions]
    if len(questions) == 1:
        return [each.on(shortcut, parameters) for each, parameters in questions]
    shortcut.rows("BEGIN")
    try:
        return [each.on(shortcut, parameters) for each, parameters in questions]
    finally:
        shortcut.rows("ROLLBACK")


def _converted(convert: _Convert | None, value: Any) -> Any:
    return value if convert is None else convert(value)
