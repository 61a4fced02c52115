"""Records are thrown away after their time, their sums never."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.usage import retention
from mykyivstar.domain.usage.ingest import Stored, store
from mykyivstar.domain.usage.models import UsageMonth, UsageRecord
from mykyivstar.domain.usage.retention import Cleared, kept_since, make_room, throw_away
from mykyivstar.domain.usage.stored import NewRecord
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.domain.usage.test_ingest import months, record, stored

MONTHS = 25
# The first moment of October 2024 in Kyiv.
KEPT = Month(2024, 10).period.start


async def refs(database: Database) -> list[str]:
    async with database.reading() as session:
        return list(await session.exec(select(UsageRecord.ref).order_by(col(UsageRecord.ref))))


async def history(database: Database, lines: Sequence[int] = (1, 2, 3)) -> list[NewRecord]:
    """Three records of each line: long ago, just before what is kept, and the first that is kept."""
    moments = {"a": datetime(2021, 5, 6, tzinfo=UTC), "b": KEPT - timedelta(seconds=1), "c": KEPT}
    given = [record(line_id=line, ref=f"{ref}{line}", started_at=at) for line in lines for ref, at in moments.items()]
    await stored(database, given)
    return given


async def test_what_is_older_than_so_many_whole_months_goes_and_the_sums_stay(database: Database, clock: FixedClock):
    await history(database)
    async with database.reading() as session:
        before = await months(session)
    await throw_away(database, months=MONTHS, at=clock.now())
    assert await refs(database) == ["c1", "c2", "c3"]
    async with database.reading() as session:
        assert await months(session) == before
        assert len(before) == 9


async def test_the_second_run_finds_nothing_to_do_and_a_month_later_another_month_goes(
    database: Database, clock: FixedClock
):
    await history(database)
    await throw_away(database, months=MONTHS, at=clock.now())
    assert await throw_away(database, months=MONTHS, at=clock.now()) == Cleared()
    done = await throw_away(database, months=MONTHS, at=Month(2026, 12).period.start)
    assert (done.partitions or done.records) == (1 if done.partitions else 3)
    assert await refs(database) == []


async def test_a_run_that_broke_off_is_gone_on_with(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
):
    await history(database, range(1, 30))
    monkeypatch.setattr(retention, "BATCH", 4)
    # As on a database without partitions: they would take everything at once.
    monkeypatch.setattr(retention, "drop_before", no_partitions)
    monkeypatch.setattr(retention, "may_have_before", may_be)
    steps = 0
    whole = retention._clear_some

    async def breaking(given: Database) -> int | None:
        nonlocal steps
        steps += 1
        if steps % 3 == 0:
            raise ConnectionError
        return await whole(given)

    monkeypatch.setattr(retention, "_clear_some", breaking)
    total = 0
    for _ in range(20):
        try:
            await throw_away(database, months=MONTHS, at=clock.now())
        except ConnectionError:
            total += 1
    assert total > 3, "a batch is a few lines only"
    assert await refs(database) == sorted(f"c{line}" for line in range(1, 30))


async def no_partitions(*_given: object) -> int:
    return 0


async def may_be(*_given: object) -> bool:
    return True


async def test_a_record_of_a_time_that_was_thrown_away_is_not_taken_again(database: Database, clock: FixedClock):
    given = await history(database, [1])
    await throw_away(database, months=MONTHS, at=clock.now())
    async with database.reading() as session:
        before = await months(session)
    done = await stored(database, given)
    assert done == Stored(unchanged=1, too_old=tuple(given[:2]))
    assert await refs(database) == ["c1"]
    async with database.reading() as session:
        assert await months(session) == before


async def test_a_late_record_of_a_month_that_is_kept_is_counted_in_it(database: Database, clock: FixedClock):
    await history(database, [1])
    await throw_away(database, months=MONTHS, at=clock.now())
    late = record(ref="late", started_at=KEPT + timedelta(hours=1), cost=Money(7))
    assert await stored(database, [late]) == Stored(created=1)
    async with database.reading() as session:
        [month] = (await session.exec(select(UsageMonth).where(UsageMonth.month == "2024-10"))).all()
    assert (month.records, month.cost) == (2, Money(157))


async def test_throwing_away_waits_for_those_who_are_storing(database: Database, clock: FixedClock):
    late = record(ref="late", started_at=KEPT - timedelta(days=40))
    async with database.unit_of_work() as session:
        await store(session, [late])
        throwing = asyncio.create_task(throw_away(database, months=MONTHS, at=clock.now()))
        await asyncio.sleep(0.2)
        assert not throwing.done()
    await throwing
    assert await refs(database) == []
    assert await stored(database, [late]) == Stored(too_old=(late,))
    async with database.reading() as session:
        assert {(month, records) for _, month, _, records, _, _ in await months(session)} == {("2024-08", 1)}


async def test_what_is_gone_stays_gone_when_more_is_kept_from_now_on(database: Database, clock: FixedClock):
    await history(database, [1])
    await throw_away(database, months=MONTHS, at=clock.now())
    assert await throw_away(database, months=60, at=clock.now()) == Cleared()
    async with database.unit_of_work() as session:
        assert await kept_since(session) == KEPT


async def test_before_the_first_time_everything_is_taken(database: Database):
    async with database.unit_of_work() as session:
        assert await kept_since(session) < datetime(1900, 1, 1, tzinfo=UTC)
        assert (await store(session, [record(started_at=datetime(1999, 1, 1, tzinfo=UTC))])).created == 1


async def test_there_is_room_for_this_month_and_the_next_two(database: Database, clock: FixedClock):
    made = 0 if database.is_sqlite else 3
    assert await make_room(database, at=clock.now()) == made
    assert await make_room(database, at=clock.now()) == 0
    assert await make_room(database, at=Month(2026, 12).period.start) == min(made, 1)
