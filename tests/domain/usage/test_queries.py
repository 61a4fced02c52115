"""What the dashboard asks of usage."""

from datetime import UTC, datetime, timedelta

from mykyivstar.db.database import Database
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import Allowance, AllowanceKind, UsageCategory
from mykyivstar.domain.usage.queries import Place, allowances, month_cost, records
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
