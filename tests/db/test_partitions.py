"""Large tables have a partition for each Kyiv month on PostgreSQL, made when needed and dropped when useless."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError
from sqlmodel import func, select

from mykyivstar.db import partitions as partitions_module
from mykyivstar.db import schema
from mykyivstar.db.database import Database
from mykyivstar.db.migrations.references_sql import is_compared
from mykyivstar.db.partitions import cover, drop_before, names_of_partitions, partitions
from mykyivstar.db.registry import metadata
from mykyivstar.domain.usage.models import UsageRecord
from mykyivstar.kit.period import Month, Period
from tests.domain.usage.test_ingest import record, stored

JULY = datetime(2026, 7, 9, tzinfo=UTC)
# Midnight of 1 August in Kyiv, in summer.
AUGUST = datetime(2026, 7, 31, 21, tzinfo=UTC)


@pytest.fixture
async def postgres(postgres_url: str):
    database = Database(postgres_url)
    yield database
    await database.dispose()


async def there(database: Database) -> list[tuple[str, Period]]:
    async with database.reading() as session:
        return [(each.name, each.period) for each in await partitions(session, UsageRecord)]


async def made(database: Database, *moments: datetime) -> int:
    async with database.unit_of_work() as session:
        return await cover(session, UsageRecord, moments)


async def dropped(database: Database, moment: datetime) -> int:
    async with database.unit_of_work() as session:
        return await drop_before(session, UsageRecord, moment)


@pytest.mark.postgres
async def test_a_partition_is_a_kyiv_month(postgres: Database):
    assert await made(postgres, JULY, AUGUST - timedelta(microseconds=1), AUGUST) == 2
    assert await there(postgres) == [
        ("usage_record_2026_07", Month(2026, 7).period),
        ("usage_record_2026_08", Month(2026, 8).period),
    ]
    assert await made(postgres, AUGUST, JULY) == 0


@pytest.mark.postgres
async def test_records_of_any_month_find_their_partition_late_and_early_ones_too(postgres: Database):
    moments = (JULY, AUGUST - timedelta(seconds=1), AUGUST, datetime(2019, 1, 5, tzinfo=UTC))
    await stored(postgres, [record(started_at=moment) for moment in moments])
    async with postgres.reading() as session:
        connection = await session.connection()
        count = select(func.count()).select_from(text("usage_record_2026_07"))
        assert (await connection.execute(count)).scalar_one() == 2
    assert [name for name, _ in await there(postgres)] == [
        f"usage_record_{m}" for m in ("2019_01", "2026_07", "2026_08")
    ]


@pytest.mark.postgres
async def test_two_who_need_the_same_partition_at_once_both_go_on(postgres: Database):
    await asyncio.gather(*(stored(postgres, [record(line_id=line)]) for line in range(1, 6)))
    assert len(await there(postgres)) == 1
    async with postgres.reading() as session:
        assert (await session.exec(select(func.count()).select_from(UsageRecord))).one() == 5


@pytest.mark.postgres
async def test_a_partition_that_was_not_to_be_kept_is_not(postgres: Database):
    async def fail() -> None:
        async with postgres.unit_of_work() as session:
            await cover(session, UsageRecord, [JULY])
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await there(postgres) == []


@pytest.mark.postgres
async def test_when_kyivs_midnight_moves_months_have_neither_gap_nor_overlap(postgres: Database):
    hour = timedelta(hours=1)
    async with postgres.unit_of_work() as session:
        connection = await session.connection()
        for name, start, end in (
            ("usage_record_2026_07", Month(2026, 7).period.start, AUGUST + hour),
            ("usage_record_2026_09", Month(2026, 9).period.start + hour, Month(2026, 9).period.end),
        ):
            await connection.exec_driver_sql(
                f"CREATE TABLE {name} PARTITION OF usage_record FOR VALUES FROM ('{start}') TO ('{end}')"
            )
    await stored(postgres, [record(started_at=AUGUST + hour), record(started_at=Month(2026, 9).period.start)])
    periods = [period for _, period in await there(postgres)]
    assert [later.start for later in periods[1:]] == [earlier.end for earlier in periods[:-1]]
    assert [name for name, _ in await there(postgres)][1:3] == ["usage_record_2026_08", "usage_record_2026_09_2"]


@pytest.mark.postgres
async def test_only_what_lies_wholly_before_is_dropped(postgres: Database):
    await stored(postgres, [record(started_at=JULY), record(started_at=AUGUST)])
    assert await dropped(postgres, AUGUST - timedelta(seconds=1)) == 0
    assert await dropped(postgres, AUGUST) == 1
    assert [name for name, _ in await there(postgres)] == ["usage_record_2026_08"]


@pytest.mark.postgres
async def test_whoever_reads_is_not_disturbed_by_dropping(postgres: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(partitions_module, "_PATIENCE", "50ms")
    await stored(postgres, [record(started_at=JULY)])
    async with postgres.reading() as reader:
        assert len((await reader.exec(select(UsageRecord))).all()) == 1
        with pytest.raises(OperationalError, match="lock timeout"):
            await dropped(postgres, AUGUST)
        assert await made(postgres, AUGUST) == 1, "making one does not wait for readers"


@pytest.mark.postgres
async def test_partitions_are_no_drift(bare_postgres_url: str):
    await schema.upgrade(bare_postgres_url)
    database = Database(bare_postgres_url)
    await stored(database, [record()])
    await database.dispose()

    def differences(connection: Connection) -> list:
        ours = names_of_partitions(connection)
        assert ours == {"usage_record_2026_11"}
        options = {"compare_type": True, "include_name": lambda name, _kind, _parents: name not in ours}
        options["include_object"] = is_compared
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    async with schema.migration_connection(bare_postgres_url) as connection:
        assert await connection.run_sync(differences) == []


async def test_sqlite_has_no_partitions_and_needs_none(sqlite_url: str):
    database = Database(sqlite_url)
    assert await made(database, JULY) == 0
    await stored(database, [record(started_at=JULY)])
    assert await dropped(database, AUGUST) == 0
    assert await there(database) == []
    await database.dispose()
