"""PostgreSQL asked by its own driver.

A row that the driver fetches for fifty microseconds of processor costs ten times that by way of a session, a pool, a
transaction begun and one rolled back. Statements that only look need none of these.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

# How many statements of one process are asked at the same time; a few do for thousands a second.
CONNECTIONS = 4

T = TypeVar("T")
Work = Callable[[Any], Awaitable[T]]


class Direct:
    """A few connections on which each statement is a transaction of its own; whoever finds all in use waits.

    Errors are SQLAlchemy's, as those of every other way to the database.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        """The engine commits by itself, and has CONNECTIONS to spare."""
        self._engine = engine
        self._free: list[Any] = []
        self._room = asyncio.Semaphore(CONNECTIONS)

    async def run(self, work: Work[T]) -> T:
        """What `work` finds on one of the connections; it must bear being repeated: a dead connection is replaced."""
        try:
            return await self._run(work)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return await self._run(work)

    async def close(self) -> None:
        """Let go of the connections."""
        free, self._free = self._free, []
        for connection in free:
            await greenlet_spawn(connection.invalidate)

    async def _run(self, work: Work[T]) -> T:
        connection: Any = None
        is_whole = False
        async with self._room:
            try:
                # Kept, not given back to the pool in between: that takes longer than the statement.
                connection = self._free.pop() if self._free else await self._engine.raw_connection()
                found = await work(connection.driver_connection)
                is_whole = True
            except psycopg.Error as error:
                raise as_sqlalchemys(
                    error, is_lost=connection is not None and connection.driver_connection.closed
                ) from error
            finally:
                if is_whole:
                    self._free.append(connection)
                elif connection is not None:
                    await self._drop(connection)
            return found

    async def _drop(self, connection: Any) -> None:
        """Somebody went in the middle of an answer, or there was none; what ended this one ended the others too."""
        if connection.driver_connection.closed:
            await self.close()
        await greenlet_spawn(connection.invalidate)


def as_sqlalchemys(error: psycopg.Error, *, is_lost: bool = False) -> BaseException:
    """The driver's error as SQLAlchemy raises it; without the values, which are codes, numbers and sums."""
    return DBAPIError.instance(
        "a prepared statement", None, error, psycopg.Error, hide_parameters=True, connection_invalidated=is_lost
    )
