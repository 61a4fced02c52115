"""SQLite reads without a thread.

The asynchronous driver gives every connection a thread, and a statement crosses over four times: about a millisecond
for a row that SQLite finds in twenty microseconds. Reads here are bounded (a row, a page), so doing them where we stand
stops nobody longer than the crossing itself would; writes, which wait for the disk, keep their thread.
"""

import sqlite3
from asyncio import Future
from collections.abc import Callable, Iterable
from typing import Any, Self


class InlineCursor:
    """A cursor with the asynchronous driver's interface."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Iterable[Any] = ()) -> Self:
        self._cursor.execute(statement, tuple(parameters))
        return self

    async def executemany(self, statement: str, parameters: Iterable[Iterable[Any]]) -> Self:
        self._cursor.executemany(statement, [tuple(row) for row in parameters])
        return self

    async def fetchone(self) -> Any:
        return self._cursor.fetchone()

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        return self._cursor.fetchmany(size or self._cursor.arraysize)

    async def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    async def close(self) -> None:
        self._cursor.close()

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid

    @property
    def arraysize(self) -> int:
        return self._cursor.arraysize

    @arraysize.setter
    def arraysize(self, size: int) -> None:
        self._cursor.arraysize = size


class InlineConnection:
    """A connection with the parts of the asynchronous driver's interface that SQLAlchemy uses, its queue included."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._conn = self._connection = connection

    @property
    def _tx(self) -> Self:
        return self

    def put_nowait(self, item: tuple[Future[Any], Callable[[], Any]]) -> None:
        """What SQLAlchemy puts on the driver's queue is done at once."""
        future, function = item
        future.set_result(function())

    def cursor(self) -> InlineCursor:
        return InlineCursor(self._connection.cursor())

    async def create_function(self, *arguments: Any, **named: Any) -> None:
        self._connection.create_function(*arguments, **named)

    async def commit(self) -> None:
        self._connection.commit()

    async def rollback(self) -> None:
        self._connection.rollback()

    async def close(self) -> None:
        self._connection.close()

    def stop(self) -> None:
        self._connection.close()

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    @property
    def isolation_level(self) -> str | None:
        return self._connection.isolation_level


async def connect(*arguments: Any, **named: Any) -> InlineConnection:
    """What SQLAlchemy calls in the asynchronous driver's place."""
    return InlineConnection(sqlite3.connect(*arguments, **named))
