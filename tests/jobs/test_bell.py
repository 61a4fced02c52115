"""Between processes: a bell over Redis makes the others look at once, and carries what is not kept."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import Database
from mykyivstar.integrations.bell.redis import RedisBell
from mykyivstar.jobs.live import ChangeFeed
from mykyivstar.kit.clock import FixedClock
from tests.jobs.test_live import Reader, change

TALK, TYPES = Subject(Topic.CONVERSATION, 5), Subject(Topic.STAFF_TYPES, 5)
# The others look by themselves only this often, so that what is sooner came by the bell.
POLL_S = 30.0


class Process:
    """One process of an installation: its database door, its feed, and what it has heard."""

    def __init__(self, url: str, clock: FixedClock, redis_url: str) -> None:
        self.database = Database(url, clock=clock, published=self._publish)
        self.feed = ChangeFeed(self.database, clock, poll_s=POLL_S, bell=RedisBell(redis_url))
        self.reader = Reader(self.feed)

    def _publish(self, subjects: list[Subject]) -> None:
        self.feed.publish(subjects)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Process"]:
        task = asyncio.create_task(self.reader.read())
        await asyncio.sleep(0.5)
        yield self
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await self.database.dispose()


async def test_another_process_hears_of_a_commit_at_once_and_once(
    sqlite_url: str, clock: FixedClock, redis_url: str
) -> None:
    one, two = (Process(sqlite_url, clock, redis_url) for _ in range(2))
    async with one.running(), two.running():
        started = time.monotonic()
        await change(one.database, TALK)
        await asyncio.gather(one.reader.hears(1), two.reader.hears(1))
        assert time.monotonic() - started < POLL_S / 6
        await asyncio.sleep(0.3)
        assert (one.reader.heard, two.reader.heard) == ([TALK], [TALK])


async def test_what_is_not_kept_reaches_the_others_too(sqlite_url: str, clock: FixedClock, redis_url: str) -> None:
    one, two = (Process(sqlite_url, clock, redis_url) for _ in range(2))
    async with one.running(), two.running():
        one.feed.pass_on([TYPES])
        await asyncio.gather(one.reader.hears(1), two.reader.hears(1))
        assert (one.reader.heard, two.reader.heard) == ([TYPES], [TYPES])


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0"])
async def test_without_redis_everything_goes_on_at_the_pace_of_looking(
    sqlite_url: str, clock: FixedClock, url: str
) -> None:
    one = Process(sqlite_url, clock, url)
    async with one.running():
        await change(one.database, TALK)
        await one.reader.hears(1)
        assert one.reader.heard == [TALK]
