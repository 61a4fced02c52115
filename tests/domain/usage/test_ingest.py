"""Usage records are stored once, and the monthly sums are always those of the records."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Change
from mykyivstar.db.database import Database
from mykyivstar.domain.usage.ingest import Stored, month_of, store
from mykyivstar.domain.usage.models import UsageCategory, UsageMonth, UsageRecord
from mykyivstar.domain.usage.stored import NewRecord
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

NOON = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
_numbers = count(1)


def record(**fields) -> NewRecord:
    ordinary = NewRecord(
        line_id=1,
        started_at=NOON,
        ref=f"R{next(_numbers)}",
        category=UsageCategory.CALL_OFF_NET,
        quantity=60,
        other_party="380676000002",
        cost=Money(150),
        rule="off_net",
    )
    return {**ordinary, **fields}


async def months(session: AsyncSession) -> set[tuple[int, str, UsageCategory, int, int, Money]]:
    kept = (await session.exec(select(UsageMonth))).all()
    return {(m.line_id, m.month, m.category, m.records, m.quantity, m.cost) for m in kept if m.records}


async def sums_of_records(session: AsyncSession) -> set[tuple[int, str, UsageCategory, int, int, Money]]:
    sums: dict[tuple[int, str, UsageCategory], Counter[str]] = {}
    for one in await session.exec(select(UsageRecord)):
        cost = one.cost.kopiykas if one.cost else 0
        total = sums.setdefault((one.line_id, str(Month.of(one.started_at)), one.category), Counter())
        total.update(records=1, quantity=one.quantity, cost=cost)
    return {(*key, t["records"], t["quantity"], Money(t["cost"])) for key, t in sums.items()}


async def stored(database: Database, records: Sequence[NewRecord]) -> Stored:
    async with database.unit_of_work() as session:
        return await store(session, records)


async def test_records_are_kept_as_given_and_summed_by_month_and_category(database: Database):
    records = [
        record(),
        record(quantity=30, cost=Money(75)),
        record(category=UsageCategory.DATA, quantity=5_000_000_000, other_party="", cost=None),
        record(line_id=2),
    ]
    assert await stored(database, records) == Stored(created=4)
    async with database.reading() as session:
        kept = [one.model_dump() for one in await session.exec(select(UsageRecord))]
        assert sorted(kept, key=lambda one: one["ref"]) == [dumped(one) for one in records]
        assert await months(session) == {
            (1, "2026-11", UsageCategory.CALL_OFF_NET, 2, 90, Money(225)),
            (1, "2026-11", UsageCategory.DATA, 1, 5_000_000_000, Money.ZERO),
            (2, "2026-11", UsageCategory.CALL_OFF_NET, 1, 60, Money(150)),
        }


def dumped(one: NewRecord) -> dict:
    return UsageRecord(**one).model_dump()


async def test_the_same_records_again_change_nothing(database: Database):
    records = [record(), record(line_id=2), record(started_at=NOON + timedelta(days=30))]
    await stored(database, records)
    async with database.reading() as session:
        before, announced = await months(session), len((await session.exec(select(Change))).all())
    assert await stored(database, records) == Stored(unchanged=3)
    async with database.reading() as session:
        assert await months(session) == before
        assert len((await session.exec(select(Change))).all()) == announced


async def test_new_records_among_old_ones_are_added(database: Database):
    old = [record(), record()]
    await stored(database, old)
    assert await stored(database, [*old, record(), record()]) == Stored(created=2, unchanged=2)
    async with database.reading() as session:
        assert await months(session) == {(1, "2026-11", UsageCategory.CALL_OFF_NET, 4, 240, Money(600))}


async def test_a_corrected_record_replaces_the_old_one_in_the_sums_too(database: Database):
    old = record(cost=None)
    await stored(database, [old, record(cost=Money(5))])
    corrected = {**old, "cost": Money(99), "category": UsageCategory.CALL_ABROAD, "quantity": 61}
    assert await stored(database, [corrected]) == Stored(updated=1)
    async with database.reading() as session:
        assert await months(session) == {
            (1, "2026-11", UsageCategory.CALL_OFF_NET, 1, 60, Money(5)),
            (1, "2026-11", UsageCategory.CALL_ABROAD, 1, 61, Money(99)),
        }
        assert await months(session) == await sums_of_records(session)


async def test_a_record_twice_in_one_batch_counts_once_and_the_last_one_wins(database: Database):
    first = record()
    changed = {**first, "quantity": 90}
    assert await stored(database, [first, dict(first), changed]) == Stored(created=1, updated=1, unchanged=1)
    async with database.reading() as session:
        assert await months(session) == {(1, "2026-11", UsageCategory.CALL_OFF_NET, 1, 90, Money(150))}


async def test_records_at_one_moment_differ_by_their_reference(database: Database):
    assert await stored(database, [record(ref="a"), record(ref="b")]) == Stored(created=2)


async def test_months_begin_at_midnight_in_kyiv_not_in_utc(database: Database):
    # 1 November 2026 begins in Kyiv at 22:00 UTC (winter time since 25 October), 1 July at 21:00 UTC.
    moments = {
        datetime(2026, 10, 31, 21, 59, 59, tzinfo=UTC): "2026-10",
        datetime(2026, 10, 31, 22, 0, tzinfo=UTC): "2026-11",
        datetime(2026, 6, 30, 20, 59, 59, tzinfo=UTC): "2026-06",
        datetime(2026, 6, 30, 21, 0, tzinfo=UTC): "2026-07",
    }
    await stored(database, [record(started_at=moment) for moment in moments])
    async with database.reading() as session:
        assert {m.month for m in await session.exec(select(UsageMonth))} == set(moments.values())


@given(st.integers(800_000_000, 2_800_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_the_quick_month_is_the_calendars_month(moment: datetime):
    assert month_of(moment) == str(Month.of(moment))


async def test_lines_with_something_new_are_announced_and_no_others(database: Database):
    old = record(line_id=7)
    await stored(database, [old])
    await stored(database, [old, record(line_id=8), record(line_id=8), record(line_id=9)])
    async with database.reading() as session:
        subjects = [change.subject for change in await session.exec(select(Change))]
        assert subjects == ["line:7", "line:8", "line:9"]


async def test_nothing_to_store_is_fine(database: Database):
    assert await stored(database, []) == Stored()


async def test_what_was_stored_goes_with_the_transaction(database: Database):
    async def fail() -> None:
        async with database.unit_of_work() as session:
            await store(session, [record(), record()])
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with database.reading() as session:
        assert await months(session) == set()
        assert (await session.exec(select(UsageRecord))).all() == []


async def test_a_batch_beyond_the_limits_of_one_query_is_compared_whole(database: Database):
    records = [record(started_at=NOON + timedelta(seconds=n), line_id=n % 7 + 1) for n in range(5_000)]
    assert await stored(database, records) == Stored(created=5_000)
    altered = [{**one, "quantity": 1} if n % 10 == 0 else one for n, one in enumerate(records)]
    assert await stored(database, [*altered, record()]) == Stored(created=1, updated=500, unchanged=4_500)
    async with database.reading() as session:
        assert await months(session) == await sums_of_records(session)
