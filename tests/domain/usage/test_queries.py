"""What the dashboard asks of usage."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import event

from mykyivstar.db.database import Database
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import Allowance, AllowanceKind, UsageCategory
from mykyivstar.domain.usage.queries import MonthSum, Place, allowances, month_cost, months_by_category, records
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.period import Month, Period
from tests.domain.usage.test_ingest import record


async def test_the_months_cost_is_of_the_kyiv_month_and_of_every_category(database: Database):
    just_before = datetime(2026, 10, 31, 21, 59, tzinfo=UTC)
    async with database.unit_of_work() as session:
        later = just_before + timedelta(minutes=1)
        await store(session, [record(cost=Money(1), started_at=just_before), record(cost=Money(20), started_at=later)])
        await store(session, [record(cost=Money(300)), record(cost=None), record(cost=Money(4000), line_id=2)])
    async with database.reading() as session:
        costs = await month_cost(session, [1, 2, 3], Month(2026, 11))
        assert costs == {1: Money(320), 2: Money(4000), 3: Money.ZERO}
        assert await month_cost(session, [1], Month(2026, 10)) == {1: Money(1)}


async def test_what_is_left_is_shown_until_it_expires_soonest_first(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        line, other = Line(msisdn=Msisdn("380676000001")), Line(msisdn=Msisdn("380676000002"))
        session.add_all([line, other])
        await session.flush()
        for days, kind in ((30, AllowanceKind.DATA), (7, AllowanceKind.SMS), (0, AllowanceKind.MINUTES_UKRAINE)):
            expires_at = clock.now() + timedelta(days=days)
            session.add(
                Allowance(line_id=line.id, kind=kind, source="base", granted=9, left=days, expires_at=expires_at)
            )
    async with database.reading() as session:
        found = await allowances(session, [line.id, other.id], clock.now())
        assert [one.kind for one in found[line.id]] == [AllowanceKind.SMS, AllowanceKind.DATA]
        assert found[other.id] == []


async def test_pages_of_records_hold_each_once_and_in_order_however_small_they_are(database: Database):
    start = datetime(2026, 11, 1, tzinfo=UTC)
    # Several begin in the same second.
    whole = [record(ref=f"r{n:02d}", started_at=start + timedelta(seconds=n // 3)) for n in range(20)]
    async with database.unit_of_work() as session:
        await store(session, [*whole, record(ref="other", line_id=2, started_at=start)])
    async with database.reading() as session:
        seen: list[str] = []
        place = None
        while page := await records(session, 1, Month(2026, 11).period, after=place, limit=7):
            seen += [each.ref for each in page]
            place = Place(page[-1].started_at, page[-1].ref)
    assert seen == [f"r{n:02d}" for n in reversed(range(20))]


async def test_records_are_of_the_period_and_of_the_categories_asked_for(database: Database):
    start = datetime(2026, 11, 1, tzinfo=UTC)
    async with database.unit_of_work() as session:
        await store(
            session,
            [
                record(ref="before", started_at=start - timedelta(seconds=1)),
                record(ref="first", started_at=start),
                record(ref="sms", started_at=start + timedelta(seconds=1), category=UsageCategory.SMS),
                record(ref="end", started_at=start + timedelta(days=1)),
            ],
        )
    async with database.reading() as session:
        period = Period(start, start + timedelta(days=1))
        assert [each.ref for each in await records(session, 1, period)] == ["sms", "first"]
        assert [each.ref for each in await records(session, 1, period, categories=[UsageCategory.SMS])] == ["sms"]


async def test_a_place_after_the_period_does_not_lead_out_of_it(database: Database):
    start = datetime(2026, 11, 1, tzinfo=UTC)
    async with database.unit_of_work() as session:
        await store(session, [record(ref=f"d{n}", started_at=start + timedelta(days=n)) for n in range(3)])
    async with database.reading() as session:
        period = Period(start, start + timedelta(days=2))
        beyond = Place(start + timedelta(days=9), "z")
        assert [each.ref for each in await records(session, 1, period, after=beyond)] == ["d1", "d0"]


async def test_a_page_far_down_reads_no_more_than_the_first_one(sqlite_url: str):
    database = Database(sqlite_url)
    start = datetime(2026, 11, 1, tzinfo=UTC)
    asked: list[tuple[str, tuple]] = []
    async with database.unit_of_work() as session:
        await store(session, [record(ref=f"r{n}", started_at=start + timedelta(seconds=n)) for n in range(3_000)])
    event.listen(database.reader.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
    async with database.reading() as session:
        for place in (None, Place(start + timedelta(seconds=60), "r60")):
            assert len(await records(session, 1, Month(2026, 11).period, after=place, limit=50)) == 50
    await database.dispose()
    first, deep = (steps_of(sqlite_url, *each) for each in asked if each[0].startswith("SELECT"))
    assert deep <= first * 1.5


def steps_of(url: str, sql: str, values: tuple) -> int:
    """How many tens of instructions SQLite takes for this query."""
    steps = count()
    with closing(sqlite3.connect(url.partition("///")[2])) as connection:
        connection.set_progress_handler(lambda: next(steps) and None, 10)
        connection.execute(sql, values).fetchall()
    return next(steps)


async def test_months_are_told_by_line_month_and_category_with_roaming_apart(database: Database):
    october, november = datetime(2026, 10, 9, tzinfo=UTC), datetime(2026, 11, 9, tzinfo=UTC)
    async with database.unit_of_work() as session:
        await store(
            session,
            [
                record(started_at=november, category=UsageCategory.ROAMING_DATA, quantity=500, cost=Money(90)),
                record(started_at=november, category=UsageCategory.DATA, quantity=700, cost=None),
                record(started_at=november, category=UsageCategory.DATA, quantity=300, cost=Money(5)),
                record(started_at=october, category=UsageCategory.SMS, quantity=1, cost=Money(100)),
                record(started_at=datetime(2026, 8, 9, tzinfo=UTC)),
                record(started_at=november, line_id=2, quantity=7, cost=Money(8)),
                record(started_at=november, line_id=3),
            ],
        )
    async with database.reading() as session:
        found = await months_by_category(session, [2, 1], Month(2026, 9), Month(2026, 11))
    assert found == [
        MonthSum(1, Month(2026, 10), UsageCategory.SMS, 1, 1, Money(100)),
        MonthSum(1, Month(2026, 11), UsageCategory.DATA, 2, 1_000, Money(5)),
        MonthSum(1, Month(2026, 11), UsageCategory.ROAMING_DATA, 1, 500, Money(90)),
        MonthSum(2, Month(2026, 11), UsageCategory.CALL_OFF_NET, 1, 7, Money(8)),
    ]
    assert [each.category.is_roaming for each in found] == [False, False, True, False]


async def test_a_category_whose_records_were_all_corrected_away_is_not_told(database: Database):
    mistaken = record(category=UsageCategory.CALL_ABROAD)
    async with database.unit_of_work() as session:
        await store(session, [mistaken])
        await store(session, [{**mistaken, "category": UsageCategory.CALL_ON_NET}])
    async with database.reading() as session:
        found = await months_by_category(session, [1], Month(2026, 11), Month(2026, 11))
    assert [each.category for each in found] == [UsageCategory.CALL_ON_NET]
