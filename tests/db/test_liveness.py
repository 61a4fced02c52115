"""Connections that lay idle: dead ones are replaced before anybody gets them."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mykyivstar.db import liveness
from mykyivstar.db.database import Database

pytestmark = pytest.mark.postgres


async def kill_all_others(database: Database) -> None:
    """What a restarted server does to those who hold connections."""
    killer = Database(database.url.render_as_string(hide_password=False))
    async with killer.unit_of_work() as session:
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await killer.dispose()


async def ask(database: Database) -> int:
    async with database.unit_of_work() as session:
        return int((await session.execute(text("SELECT 1"))).scalar_one())


@pytest.fixture
async def on_postgres(postgres_url: str) -> AsyncIterator[Database]:
    database = Database(postgres_url)
    yield database
    await database.dispose()


async def test_a_connection_that_died_idle_is_replaced(on_postgres: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liveness, "IDLE_S", 0.0)
    assert await ask(on_postgres) == 1
    await kill_all_others(on_postgres)
    assert await ask(on_postgres) == 1


async def test_one_that_died_a_moment_ago_fails_once(on_postgres: Database) -> None:
    assert await ask(on_postgres) == 1
    await kill_all_others(on_postgres)
    with pytest.raises(DBAPIError):
        await ask(on_postgres)
    assert await ask(on_postgres) == 1
