"""Usage is made room for and thrown away by the night."""

import logging
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.db.partitions import partitions
from mykyivstar.domain.usage.models import UsageMonth, UsageRecord
from mykyivstar.jobs.registry import JobContext
from mykyivstar.jobs.usage import make_room, throw_away
from mykyivstar.kit.clock import FixedClock
from tests.domain.usage.test_ingest import record, stored


@dataclass(frozen=True)
class Months:
    usage_months: int


@pytest.fixture
def context(database: Database, clock: FixedClock) -> JobContext:
    return JobContext(database, Months(30), clock)


async def test_the_setting_says_how_long_records_are_kept(context: JobContext, clock: FixedClock, caplog) -> None:
    # Noon of 22 November 2026: thirty whole months before it begin with May 2024.
    ages = {"kept": 900, "gone": 960}
    await stored(
        context.database, [record(ref=ref, started_at=clock.now() - timedelta(days=days)) for ref, days in ages.items()]
    )
    with caplog.at_level(logging.INFO):
        await throw_away(context, {}, clock.now())
        await throw_away(context, {}, clock.now())
    assert [entry.message for entry in caplog.records if "usage" in entry.name] == ["usage thrown away"]
    async with context.database.reading() as session:
        assert list(await session.exec(select(UsageRecord.ref))) == ["kept"]
        assert sum(month.records for month in await session.exec(select(UsageMonth))) == 2


async def test_the_months_to_come_have_room(context: JobContext, clock: FixedClock) -> None:
    await make_room(context, {}, clock.now())
    async with context.database.reading() as session:
        made = [each.name for each in await partitions(session, UsageRecord)]
    months = ["2026_11", "2026_12", "2027_01"]
    assert made == ([] if context.database.is_sqlite else [f"usage_record_{month}" for month in months])
