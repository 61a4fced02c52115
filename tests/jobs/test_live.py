"""Who hears of changes, and how often."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import Database, changed
from mykyivstar.jobs.live import POLL_S, ChangeFeed
from mykyivstar.jobs.retention import changes_of_the_past, forget
from mykyivstar.kit.clock import FixedClock

LINE, PROFILE = Subject(Topic.LINE, 12), Subject(Topic.PROFILE, 7)

# What is not told within two looks is not told: these look more often than `POLL_S`, so that nobody waits for it long.
OFTEN_S = 0.1


class Reader:
    """Reads a feed and keeps what it was told."""

    def __init__(self, feed: ChangeFeed) -> None:
        self.feed, self.batches = feed, []
        self._heard = asyncio.Event()

    @property
    def heard(self) -> list[Subject]:
        return [subject for batch in self.batches for subject in batch]

    async def read(self) -> None:
        async for subjects in self.feed.changes():
            self.batches.append(subjects)
            self._heard.set()

    async def hears(self, count: int) -> None:
        async with asyncio.timeout(30):
            while len(self.heard) < count:
                self._heard.clear()
                await self._heard.wait()


@asynccontextmanager
async def reading(database: Database, clock: FixedClock, *, poll_s: float = OFTEN_S) -> AsyncIterator[Reader]:
    feed = ChangeFeed(database, clock, poll_s=poll_s)
    reader, begun, begin = Reader(feed), asyncio.Event(), feed._begin

    async def begin_and_say_so() -> None:
        await begin()
        begun.set()

    feed._begin = begin_and_say_so  # type: ignore[method-assign]
    task = asyncio.create_task(reader.read())
    await asyncio.wait_for(begun.wait(), 30)
    yield reader
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def reader(database: Database, clock: FixedClock) -> AsyncIterator[Reader]:
    async with reading(database, clock) as reader:
        yield reader


@pytest.fixture
async def other_process(database_url: str, clock: FixedClock) -> AsyncIterator[Database]:
    """Somebody else who writes to the same database."""
    database = Database(database_url, clock=clock)
    yield database
    await database.dispose()


async def change(database: Database, *subjects: Subject) -> None:
    async with database.unit_of_work() as session:
        changed(session, *subjects)


async def two_polls() -> None:
    await asyncio.sleep(OFTEN_S * 2.2)


async def test_a_change_of_another_process_is_told_once_within_two_seconds(database, clock, other_process) -> None:
    async with reading(database, clock, poll_s=POLL_S) as reader:
        started = asyncio.get_running_loop().time()
        await change(other_process, LINE, PROFILE)
        await reader.hears(2)
        assert asyncio.get_running_loop().time() - started < 2
        await asyncio.sleep(POLL_S * 2.2)
        assert reader.heard == [LINE, PROFILE]


async def test_a_change_of_this_process_is_told_at_once(database: Database, database_url: str, clock) -> None:
    async with reading(database, clock, poll_s=60) as reader:
        here = Database(database_url, clock=clock, published=reader.feed.publish)
        await change(here, LINE)
        await reader.hears(1)
        assert reader.heard == [LINE]
        await here.dispose()


async def test_a_change_of_this_process_is_not_told_again_when_it_is_read(
    reader: Reader, database_url: str, clock: FixedClock
) -> None:
    here = Database(database_url, clock=clock, published=reader.feed.publish)
    await change(here, LINE)
    await two_polls()
    assert reader.heard == [LINE]
    await here.dispose()


async def test_the_same_thing_changed_here_and_elsewhere_is_told_after_both(
    reader: Reader, database_url: str, other_process: Database, clock: FixedClock
) -> None:
    here = Database(database_url, clock=clock, published=reader.feed.publish)
    await change(here, LINE)
    await reader.hears(1)
    clock.moment += timedelta(milliseconds=1)
    await change(other_process, LINE)
    await reader.hears(2)
    await two_polls()
    assert reader.heard == [LINE, LINE]
    await here.dispose()


async def test_a_rolled_back_change_is_not_told(reader: Reader, other_process: Database) -> None:
    async def change_my_mind() -> None:
        async with other_process.unit_of_work() as session:
            changed(session, LINE)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await change_my_mind()
    await change(other_process, PROFILE)
    await reader.hears(1)
    assert reader.heard == [PROFILE]


async def test_what_changed_before_the_start_is_not_told(database: Database, clock: FixedClock) -> None:
    await change(database, LINE)
    async with reading(database, clock) as reader:
        await change(database, PROFILE)
        await reader.hears(1)
        assert reader.heard == [PROFILE]


async def test_more_changes_than_a_batch_are_all_told(reader: Reader, other_process: Database) -> None:
    many = [Subject(Topic.LINE, number) for number in range(1, 2501)]
    await change(other_process, *many)
    await reader.hears(2500)
    assert reader.heard == many


async def test_changes_go_on_after_the_old_ones_were_dropped(
    reader: Reader, other_process: Database, clock: FixedClock
) -> None:
    await change(other_process, LINE)
    await change(other_process, LINE)
    await reader.hears(1)
    clock.moment += timedelta(hours=2)
    await forget(other_process, changes_of_the_past(clock.now()))
    await change(other_process, PROFILE)
    await reader.hears(len(reader.heard) + 1)
    assert reader.heard[-1] == PROFILE


@pytest.mark.postgres
async def test_a_row_committed_out_of_order_is_told(postgres_url: str, clock: FixedClock) -> None:
    """A transaction takes its id, another one takes the next and commits first, and is read first."""
    database = Database(postgres_url, clock=clock)
    async with reading(database, clock) as reader:
        slow = await database.writer.connect()
        await slow.execute(text("INSERT INTO change (subject, at) VALUES ('line:1', now())"))
        await change(database, Subject(Topic.LINE, 2))
        await reader.hears(1)
        await two_polls()
        assert reader.heard == [Subject(Topic.LINE, 2)]
        await slow.commit()
        await reader.hears(2)
        await two_polls()
        assert reader.heard == [Subject(Topic.LINE, 2), Subject(Topic.LINE, 1)]
        await slow.close()
    await database.dispose()


@pytest.mark.postgres
async def test_a_row_that_was_being_committed_at_the_start_is_told(postgres_url: str, clock: FixedClock) -> None:
    database = Database(postgres_url, clock=clock)
    slow = await database.writer.connect()
    await slow.execute(text("INSERT INTO change (subject, at) VALUES ('line:1', now())"))
    await change(database, Subject(Topic.LINE, 2))
    async with reading(database, clock) as reader:
        await slow.commit()
        await reader.hears(1)
        assert reader.heard == [Subject(Topic.LINE, 1)]
    await slow.close()
    await database.dispose()
