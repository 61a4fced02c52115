"""One measurement of one database, in a process of its own; prints what it found as JSON."""

import asyncio
import gc
import json
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import Any

from sqlalchemy import func, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks.usage.data import FIRST_MONTH, HEAVY_LINE, LAST_MONTH, MONTHS, batches, moments_between
from mykyivstar.db import schema
from mykyivstar.db.database import Database
from mykyivstar.db.registry import metadata  # noqa: F401  -- relations between tables need all of them
from mykyivstar.domain.usage import ingest, retention
from mykyivstar.domain.usage.models import UsageMonth, UsageRecord
from mykyivstar.domain.usage.queries import Place, months_by_category, records
from mykyivstar.domain.usage.stored import NewRecord
from mykyivstar.kit.period import Period

PAGE = 50
FAR_PAGE = 100
YEAR = Period(FIRST_MONTH.period.start, LAST_MONTH.period.end)
_LAST_BATCHES = 5

# Milliseconds by the clock and of our processor, of each question.
Times = list[tuple[float, float]]


class Bench:
    """A database full of records, and what is asked of it."""

    def __init__(self, database: Database, lines: int, queries: int) -> None:
        self._database = database
        self._lines = lines
        self._queries = queries
        self._rng = Random(2)

    async def filled(self, count: int) -> dict[str, Any]:
        """Store them; how many a second, the first tenth and the last tenth apart, and the same ones once more."""
        times: list[float] = []
        cpu = 0.0
        last: list[list[NewRecord]] = []
        # As the import itself: a batch lives and dies together.
        usual = gc.get_threshold()
        gc.set_threshold(10_000, 10, 10)
        async with self._database.storing_much():
            for batch in batches(count, self._lines):
                before = time.process_time()
                times.append(await self._stored(batch))
                cpu += time.process_time() - before
                last = [*last[-_LAST_BATCHES + 1 :], batch]
            seconds = sum(times)
            repeated = [await self._stored(batch) for batch in last]
        gc.set_threshold(*usual)
        tenth = max(1, len(times) // 10)
        return {
            "rows_per_second": count / seconds,
            "cpu_us": cpu / count * 1e6,
            "first_tenth": min(count, tenth * ingest.BATCH) / sum(times[:tenth]),
            "last_tenth": min(count, tenth * ingest.BATCH) / sum(times[-tenth:]),
            "repeated_per_second": sum(map(len, last)) / sum(repeated),
        }

    async def _stored(self, batch: Sequence[NewRecord]) -> float:
        began = time.perf_counter()
        async with self._database.unit_of_work() as session:
            await ingest.store(session, batch)
        return time.perf_counter() - began

    async def settled(self) -> None:
        """What the database does by itself in a while: PostgreSQL's autovacuum, SQLite's copying of its log."""
        if not self._database.is_sqlite:
            async with self._database.writer.connect() as connection:
                plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await plain.execute(text("VACUUM ANALYZE"))

    async def proved(self, count: int) -> None:
        """Everything is there and summed."""
        async with self._database.reading() as session:
            assert (await session.exec(select(func.sum(col(UsageMonth.records))))).one() == count

    async def pages(self) -> dict[str, Times]:
        """Of a month: of any line, from anywhere in it, and of the heavy line. Of its year: the first and a far one."""
        far = await self._far_place()
        found: dict[str, Times] = {"any": [], "heavy": [], "first": [], "far": [], "offset": [], "nothing": []}
        for _ in range(self._queries):
            month = self._rng.choice(MONTHS)
            line = HEAVY_LINE + 1 + self._rng.randrange(self._lines)
            place = Place(moments_between(month.period.start, month.period.end, self._rng), "")
            found["any"].append(await self._timed(_page(line, month.period, place)))
            found["heavy"].append(await self._timed(_page(HEAVY_LINE, month.period, place)))
            found["nothing"].append(await self._timed(_nothing))
            # By turns, so that whatever else the machine does meets both.
            found["first"].append(await self._timed(_page(HEAVY_LINE, YEAR, None)))
            found["far"].append(await self._timed(_page(HEAVY_LINE, YEAR, far)))
            if len(found["offset"]) < self._queries // 10:
                found["offset"].append(await self._timed(_by_offset))
        return found

    async def _far_place(self) -> Place:
        async with self._database.reading() as session:
            before = await records(session, HEAVY_LINE, YEAR, limit=PAGE * (FAR_PAGE - 1))
        assert len(before) == PAGE * (FAR_PAGE - 1), "too few records for a far page"
        return Place(before[-1].started_at, before[-1].ref)

    async def sums(self) -> dict[str, Times]:
        """Twelve months by category: of any line, of the heavy one, and of it by adding up its records."""
        found: dict[str, Times] = {"any": [], "heavy": [], "added_up": []}
        for _ in range(self._queries):
            line = HEAVY_LINE + 1 + self._rng.randrange(self._lines)
            found["any"].append(await self._timed(_months(line)))
            found["heavy"].append(await self._timed(_months(HEAVY_LINE)))
            if len(found["added_up"]) < self._queries // 10:
                found["added_up"].append(await self._timed(_added_up))
        return found

    async def thrown_away(self) -> dict[str, Any]:
        """The oldest month goes; how long that takes, and that the sums stay."""
        async with self._database.reading() as session:
            before = (await session.exec(select(func.sum(col(UsageMonth.records))))).one()
        began = time.perf_counter()
        gone = await retention.throw_away(self._database, months=10, at=LAST_MONTH.period.start)
        seconds = time.perf_counter() - began
        async with self._database.reading() as session:
            assert (await session.exec(select(func.sum(col(UsageMonth.records))))).one() == before
            assert await records(session, HEAVY_LINE, FIRST_MONTH.period) == []
        return {"seconds": seconds, "partitions": gone.partitions, "records": gone.records}

    async def _timed(self, question: Callable[[AsyncSession], Awaitable[Any]]) -> tuple[float, float]:
        """As a page of the application asks: a session of its own."""
        began, cpu = time.perf_counter(), time.process_time()
        async with self._database.reading() as session:
            await question(session)
        return (time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000


def _page(line: int, period: Period, after: Place | None) -> Callable[[AsyncSession], Awaitable[Any]]:
    return lambda session: records(session, line, period, after=after, limit=PAGE)


def _months(line: int) -> Callable[[AsyncSession], Awaitable[Any]]:
    return lambda session: months_by_category(session, [line], FIRST_MONTH, LAST_MONTH)


async def _nothing(session: AsyncSession) -> None:
    """How long any question takes at least, here and now."""
    await (await session.connection()).execute(text("SELECT 1"))


async def _by_offset(session: AsyncSession) -> None:
    newest_first = (col(UsageRecord.started_at).desc(), col(UsageRecord.ref).desc())
    theirs = select(UsageRecord).where(UsageRecord.line_id == HEAVY_LINE, UsageRecord.started_at < YEAR.end)
    far = theirs.order_by(*newest_first).offset(PAGE * (FAR_PAGE - 1)).limit(PAGE)
    assert len((await session.exec(far)).all()) == PAGE


async def _added_up(session: AsyncSession) -> None:
    """What the monthly sums spare us, even without the months."""
    totals = (func.count(), func.sum(col(UsageRecord.quantity)), func.sum(col(UsageRecord.cost)))
    theirs = select(UsageRecord.category, *totals).where(UsageRecord.line_id == HEAVY_LINE)
    assert (await session.exec(theirs.group_by(col(UsageRecord.category)))).all()


async def measured(url: str, count: int, lines: int, queries: int) -> dict[str, Any]:
    """Everything about one database."""
    await schema.upgrade(url)
    database = Database(url)
    bench = Bench(database, lines, queries)
    try:
        stored = await bench.filled(count)
        await bench.settled()
        await bench.proved(count)
        # Once for the caches of statements and of the database.
        await bench.sums()
        return {
            "stored": stored,
            "pages": await bench.pages(),
            "sums": await bench.sums(),
            "thrown_away": await bench.thrown_away(),
        }
    finally:
        await database.dispose()


def main() -> None:
    url, (count, lines, queries) = sys.argv[1], map(int, sys.argv[2:5])
    print(json.dumps(asyncio.run(measured(url, count, lines, queries))))


if __name__ == "__main__":
    main()
