"""Prepared statements on PostgreSQL: no transaction stays open, dead connections are replaced, errors are as ever."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, func, literal_column, select, text
from sqlalchemy.exc import DBAPIError

from mykyivstar.db import direct
from mykyivstar.db.database import Database
from mykyivstar.db.prepared import Prepared, ask
from mykyivstar.db.statements import table_of
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.kit.money import Money
from tests.db.test_liveness import kill_all_others

pytestmark = pytest.mark.postgres

_profile, _account = table_of(Profile).c, table_of(LedgerAccount).c
LOGINS = Prepared(select(_profile.login).order_by(_profile.login))
# Cannot be computed for 0.
PART = Prepared(select((literal_column("10") / bindparam("by", type_=_profile.id.type)).label("part")))
NAP = Prepared(select(func.pg_sleep(bindparam("seconds", type_=_profile.id.type)).label("nothing")))
# What PostgreSQL makes of whole numbers is not one: numeric.
SUM = Prepared(select(func.sum(_account.balance).label("balance"), func.count().label("count")))


@pytest.fixture
async def on_postgres(postgres_url: str) -> AsyncIterator[Database]:
    database = Database(postgres_url)
    async with database.unit_of_work() as session:
        session.add(Profile(login="olena", login_key="olena", created_at=datetime(2026, 1, 1, tzinfo=UTC)))
    yield database
    await database.dispose()


async def logins(database: Database) -> list[str]:
    async with database.reading() as session:
        [rows] = await ask(session, (LOGINS, {}))
    return [row.login for row in rows]


async def in_transactions(database: Database) -> int:
    async with database.unit_of_work() as session:
        asked = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND state LIKE 'idle in transaction%'"
        )
        return int((await session.execute(asked)).scalar_one())


async def test_nothing_is_left_open_and_no_session_is_spent(on_postgres: Database) -> None:
    async with on_postgres.reading() as first:
        assert len(await ask(first, (LOGINS, {}), (LOGINS, {}))) == 2
        assert not first.in_transaction()
        assert await in_transactions(on_postgres) == 0
    async with on_postgres.reading() as second:
        assert second is first


async def test_connections_that_died_are_replaced_and_nobody_notices(on_postgres: Database) -> None:
    assert await asyncio.gather(*(logins(on_postgres) for _ in range(2 * direct.CONNECTIONS))) == [["olena"]] * 8
    await kill_all_others(on_postgres)
    assert await asyncio.gather(*(logins(on_postgres) for _ in range(2 * direct.CONNECTIONS))) == [["olena"]] * 8


async def test_a_refusal_is_sqlalchemys_without_values_and_hurts_nobody_else(on_postgres: Database) -> None:
    for _ in range(2 * direct.CONNECTIONS):
        async with on_postgres.reading() as session:
            with pytest.raises(DBAPIError, match="division by zero") as refused:
                await ask(session, (PART, {"by": 0}))
        assert "'by'" not in str(refused.value)
    assert await logins(on_postgres) == ["olena"]


async def test_whoever_goes_while_asking_leaves_no_answer_to_the_next(on_postgres: Database) -> None:
    async def nap() -> None:
        async with on_postgres.reading() as session:
            await ask(session, (NAP, {"seconds": 30}))

    naps = [asyncio.create_task(nap()) for _ in range(2 * direct.CONNECTIONS)]
    await asyncio.sleep(0.2)
    for each in naps:
        each.cancel()
    assert all(isinstance(each, asyncio.CancelledError) for each in await asyncio.gather(*naps, return_exceptions=True))
    async with asyncio.timeout(20):
        assert await asyncio.gather(*(logins(on_postgres) for _ in range(8))) == [["olena"]] * 8


async def test_values_are_ours_whatever_the_database_calls_them(on_postgres: Database) -> None:
    async with on_postgres.unit_of_work() as session:
        session.add(LedgerAccount(code="test:1", unit=Unit.UAH, balance=Money(150)))
        session.add(LedgerAccount(code="test:2", unit=Unit.UAH, balance=Money(-30)))
    async with on_postgres.reading() as session:
        [[found]] = await ask(session, (SUM, {}))
    assert (found.balance, found.count) == (Money(120), 2)
