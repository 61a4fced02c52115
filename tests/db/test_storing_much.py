"""SQLite copies its log less often while much is stored, and as usual afterwards."""

import pytest
from sqlalchemy import text

from mykyivstar.db.database import Database


async def pages(database: Database) -> int:
    async with database.unit_of_work() as session:
        return (await (await session.connection()).execute(text("PRAGMA wal_autocheckpoint"))).scalar_one()


async def test_the_log_is_copied_seldom_while_much_is_stored_and_at_the_end(sqlite_url: str):
    database = Database(sqlite_url)
    assert await pages(database) == 1_000
    async with database.storing_much():
        assert await pages(database) == 50_000
    assert await pages(database) == 1_000
    await database.dispose()


async def test_it_is_undone_when_storing_fails(sqlite_url: str):
    database = Database(sqlite_url)

    async def fail() -> None:
        async with database.storing_much():
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await pages(database) == 1_000
    await database.dispose()


async def test_other_databases_need_nothing(database: Database):
    async with database.storing_much(), database.unit_of_work() as session:
        assert (await (await session.connection()).execute(text("SELECT 1"))).scalar_one() == 1
