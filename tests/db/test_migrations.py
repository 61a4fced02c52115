"""The migrations make, on both kinds of database, exactly the tables that the code expects."""

import asyncio
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from mykyivstar.db import schema
from mykyivstar.db.database import Database
from mykyivstar.db.migrations.references_sql import is_compared
from mykyivstar.db.registry import metadata


async def in_database(url: str, call: Any) -> Any:
    async with schema.migration_connection(url) as connection:
        result = await connection.run_sync(call)
        await connection.commit()
        return result


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": is_compared})
    return list(compare_metadata(context, metadata))


async def test_the_migrations_make_what_the_models_say(bare_database_url: str) -> None:
    await schema.upgrade(bare_database_url)
    assert await in_database(bare_database_url, differences) == []


async def test_a_second_migration_changes_nothing(bare_database_url: str) -> None:
    await schema.upgrade(bare_database_url)
    await schema.upgrade(bare_database_url)
    database = Database(bare_database_url)
    async with database.reading() as session:
        assert await schema.revision_of(session) == schema.newest()
    await database.dispose()


async def test_two_migrations_at_once_do_not_collide(bare_database_url: str) -> None:
    await asyncio.gather(schema.upgrade(bare_database_url), schema.upgrade(bare_database_url))
    assert await in_database(bare_database_url, differences) == []


async def test_every_migration_can_be_taken_back(bare_database_url: str) -> None:
    await schema.upgrade(bare_database_url)

    def take_back(connection: Connection) -> None:
        command.downgrade(schema.alembic_config_for(connection), "base")

    def tables(connection: Connection) -> set[str]:
        return set(connection.dialect.get_table_names(connection)) - {"alembic_version", "sqlite_sequence"}

    await in_database(bare_database_url, take_back)
    assert await in_database(bare_database_url, tables) == set()


async def test_a_failed_migration_leaves_nothing_behind(bare_database_url: str) -> None:
    def fail_at_the_end(connection: Connection) -> None:
        command.upgrade(schema.alembic_config_for(connection), "head")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await in_database(bare_database_url, fail_at_the_end)
    database = Database(bare_database_url)
    async with database.reading() as session:
        assert await schema.revision_of(session) == ""
    await database.dispose()


def test_the_history_is_one_line() -> None:
    assert len(ScriptDirectory.from_config(schema.alembic_config()).get_heads()) == 1


async def test_usage_records_are_clustered_on_sqlite(tmp_path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'clustered.db'}"
    await schema.upgrade(url)

    def definition(connection: Connection) -> str:
        statement = text("SELECT sql FROM sqlite_master WHERE name = 'usage_record'")
        return str(connection.execute(statement).scalar_one())

    assert "WITHOUT ROWID" in await in_database(url, definition)
