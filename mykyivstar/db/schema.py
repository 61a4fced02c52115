"""The shape of the database: bringing it up to date, and telling whether it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel.ext.asyncio.session import AsyncSession

# Any number that no other program on the same database uses for its own lock.
_LOCK = 5_067_001


def alembic_config() -> Config:
    """Alembic's configuration; it needs no file."""
    config = Config()
    config.set_main_option("script_location", "mykyivstar:db/migrations")
    return config


def alembic_config_for(connection: Connection) -> Config:
    """The configuration for commands on a connection that is open already."""
    config = alembic_config()
    config.attributes["connection"] = connection
    return config


@cache
def newest() -> str:
    """The revision this code was written for."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head() or ""


async def upgrade(url: str) -> None:
    """Bring the database to the newest revision; two that try at once do it one after the other."""
    async with migration_connection(url) as connection:
        await connection.run_sync(_upgrade)
        await connection.commit()


async def revision_of(session: AsyncSession) -> str:
    """The revision the database is at, "" for an empty one."""

    def look(connection: Connection) -> str:
        return MigrationContext.configure(connection).get_current_revision() or ""

    return await (await session.connection()).run_sync(look)


@asynccontextmanager
async def migration_connection(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection of its own, outside the application's pools, holding the only right to migrate."""
    engine = create_async_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        _take_transactions_in_hand(engine.sync_engine)
    try:
        async with engine.connect() as connection:
            # Begun here, so that Alembic does not commit on its own: whoever asked for the connection does.
            await connection.begin()
            if engine.dialect.name == "postgresql":
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            yield connection
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    command.upgrade(alembic_config_for(connection), "head")


def _take_transactions_in_hand(engine: Any) -> None:
    """A whole upgrade is one transaction on SQLite too, and nobody else writes meanwhile."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=60000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
