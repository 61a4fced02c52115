"""Work that the database does in one round trip, deciding and writing at once, however many rows it touches."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn
from sqlmodel.ext.asyncio.session import AsyncSession

OnSqlite = Callable[[sqlite3.Connection], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Call:
    """The same work for each kind of database; both answer with one row of the same columns.

    PostgreSQL runs `sql` with `values`; SQLite, which has no functions of its own to run, runs `on_sqlite` in the
    driver's thread: one crossing instead of one for each statement.
    """

    sql: str
    values: tuple[Any, ...]
    on_sqlite: OnSqlite


async def run_in(session: AsyncSession, call: Call) -> Sequence[Any]:
    """Do the work in the session's transaction."""
    connection = await session.connection()
    if connection.dialect.name == "sqlite":
        return await in_the_drivers_thread((await connection.get_raw_connection()).driver_connection, call.on_sqlite)
    row: Sequence[Any] = (await connection.exec_driver_sql(call.sql, call.values)).one()
    return row


async def in_the_drivers_thread(driver: Any, work: OnSqlite) -> Sequence[Any]:
    """Run this with the plain connection inside the asynchronous driver; errors are SQLAlchemy's, as everywhere."""

    def done() -> Sequence[Any]:
        try:
            return work(driver._conn)  # noqa: SLF001 the driver has no public way to run more than a statement
        except sqlite3.Error as error:
            raise DBAPIError.instance("a call", None, error, sqlite3.Error, hide_parameters=True) from error

    answer: Sequence[Any] = await driver._execute(done)  # noqa: SLF001
    return answer


async def alone_on_sqlite(writer: AsyncEngine, call: Call) -> Sequence[Any]:
    """Do the work in a transaction of its own; past SQLAlchemy's connection, which takes longer than the work."""
    connection = await writer.raw_connection()
    try:
        return await in_the_drivers_thread(connection.driver_connection, _whole(call.on_sqlite))
    finally:
        await greenlet_spawn(connection.close)


async def alone_on_postgresql(autocommit: AsyncEngine, call: Call) -> Sequence[Any]:
    """Do the work in a transaction of its own: PostgreSQL makes one of a statement that comes without."""
    connection = None
    try:
        connection = await autocommit.raw_connection()
        driver: Any = connection.driver_connection
        row: Sequence[Any] = await (await driver.execute(call.sql, call.values)).fetchone()
    except psycopg.Error as error:
        if is_lost := connection is not None and driver.closed:
            await greenlet_spawn(connection.invalidate)
        raise DBAPIError.instance(
            "a call", None, error, psycopg.Error, hide_parameters=True, connection_invalidated=is_lost
        ) from error
    finally:
        if connection is not None:
            await greenlet_spawn(connection.close)
    return row


def _whole(work: OnSqlite) -> OnSqlite:
    def done(connection: sqlite3.Connection) -> Sequence[Any]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            answer = work(connection)
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        return answer

    return done
