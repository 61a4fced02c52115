"""The database itself refuses to change what was posted, whoever asks."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mykyivstar.db import schema
from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.queries import proof
from mykyivstar.domain.ledger.service import Leg, post
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.domain.ledger.conftest import MakeAccount

EDITS = [
    "UPDATE entry SET amount = amount + 1",
    "UPDATE entry SET explanation = '{}' WHERE id = (SELECT min(id) FROM entry)",
    "DELETE FROM entry WHERE id = (SELECT min(id) FROM entry)",
    "UPDATE operation SET key = 'other'",
    "DELETE FROM operation",
]
ON_ONE = {
    "sqlite": [
        "REPLACE INTO entry SELECT id, operation_id, kind, '', account_id, 7, 7, at, '{}' FROM entry",
        "REPLACE INTO operation (id, key, request_hash, kind, at) SELECT id, 'k', 'h', kind, at FROM operation",
        "REPLACE INTO operation (id, key, request_hash, kind, at) SELECT id + 99, key, 'h', kind, at FROM operation",
    ],
    "postgresql": ["TRUNCATE entry CASCADE", "TRUNCATE operation CASCADE"],
}


async def attempt(database: Database, edit: str) -> None:
    async with database.unit_of_work() as session:
        await (await session.connection()).execute(text(edit))


async def refused(database: Database, edits: list[str]) -> None:
    edits = edits + ON_ONE["sqlite" if database.is_sqlite else "postgresql"]
    for edit in edits:
        with pytest.raises(DBAPIError, match="append-only"):
            await attempt(database, edit)


async def test_entries_and_operations_can_be_neither_changed_nor_deleted(
    database: Database, clock: FixedClock, account: MakeAccount
) -> None:
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        legs = [Leg(source.id, Money.uah(-1)), Leg(target.id, Money.uah(1))]
        await post(session, key="t", kind=OperationKind.TRANSFER, at=clock.now(), legs=legs)
    await refused(database, EDITS)
    async with database.reading() as session:
        assert (await proof(session)).holds


async def test_the_migration_guards_the_books_too(bare_database_url: str, clock: FixedClock, account) -> None:
    await schema.upgrade(bare_database_url)
    database = Database(bare_database_url, clock=clock)
    async with database.unit_of_work() as session:
        await account(session, Money.uah(50))
    await refused(database, EDITS)
    await database.dispose()
