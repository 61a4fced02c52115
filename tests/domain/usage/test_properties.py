"""Whatever comes in, however often and corrected however, the monthly sums are those of the records."""

import asyncio
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory, UsageRecord
from mykyivstar.domain.usage.retention import throw_away
from mykyivstar.domain.usage.stored import NewRecord
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.conftest import EachUrl
from tests.domain.usage.test_ingest import months, record, sums_of_records

# Around the end of October by the Kyiv clock; few keys, so that repeats and corrections happen.
MIDNIGHT = datetime(2026, 10, 31, 22, 0, tzinfo=UTC)

records = st.builds(
    NewRecord,
    line_id=st.integers(1, 2),
    started_at=st.integers(-1, 1).map(lambda minutes: MIDNIGHT + timedelta(minutes=minutes)),
    ref=st.sampled_from(["a", "b"]),
    category=st.sampled_from([UsageCategory.DATA, UsageCategory.SMS]),
    quantity=st.integers(0, 10**12),
    other_party=st.just(""),
    cost=st.none() | st.integers(0, 10**9).map(Money),
    rule=st.just(""),
)


async def play(url: str, batches: list[list[NewRecord]]) -> None:
    database = Database(url)
    last: dict[tuple[int, datetime, str], NewRecord] = {}
    for batch in batches:
        before = len(last)
        last |= {(one["line_id"], one["started_at"], one["ref"]): one for one in batch}
        async with database.unit_of_work() as session:
            stored = await store(session, batch)
        assert stored.created == len(last) - before
        assert stored.created + stored.updated + stored.unchanged == len(batch)
        async with database.reading() as session:
            kept = {
                (one.line_id, one.started_at, one.ref): one.model_dump()
                for one in await session.exec(select(UsageRecord))
            }
            assert kept == {key: UsageRecord(**one).model_dump() for key, one in last.items()}
            assert await months(session) == await sums_of_records(session)
    await database.dispose()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(records, max_size=6), max_size=5))
def test_any_batches_in_any_order_leave_right_sums(each_sqlite_url: EachUrl, batches):
    with each_sqlite_url() as url:
        asyncio.run(play(url, batches))


NIGHT = Month(2026, 11).period.start
YEARS = 5
old_records = st.integers(0, YEARS * 365 * 24).map(
    lambda hours: record(ref=f"h{hours}", line_id=hours % 3 + 1, started_at=NIGHT - timedelta(hours=hours))
)
# Records that come in, or a night some months from now with so many months to keep.
nights = st.tuples(st.integers(0, 24), st.integers(25, 40))


async def live(url: str, acts: list[list[NewRecord] | tuple[int, int]]) -> None:
    """The sums are those of all that was ever taken; what is kept is what of it is young enough."""
    database = Database(url)
    since, taken = datetime(1900, 1, 1, tzinfo=UTC), dict[str, NewRecord]()
    for act in acts:
        if isinstance(act, tuple):
            month = Month(2026, 11).shifted(act[0])
            await throw_away(database, months=act[1], at=month.period.start)
            since = max(since, month.shifted(-act[1]).period.start)
        else:
            young = {one["ref"]: one for one in act if one["started_at"] >= since}
            async with database.unit_of_work() as session:
                assert (await store(session, act)).created == len(young.keys() - taken.keys())
            taken |= young
        async with database.reading() as session:
            kept = {one.ref for one in await session.exec(select(UsageRecord))}
            assert kept == {ref for ref, one in taken.items() if one["started_at"] >= since}
            assert sum(each[3] for each in await months(session)) == len(taken)
    await database.dispose()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(old_records, max_size=6) | nights, max_size=7))
def test_whatever_is_thrown_away_and_whenever_no_sum_changes(each_sqlite_url: EachUrl, acts):
    with each_sqlite_url() as url:
        asyncio.run(live(url, acts))
