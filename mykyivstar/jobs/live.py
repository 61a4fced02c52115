"""What has just changed, in this process or any other, for whoever keeps screens up to date."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, func, select

from mykyivstar.db.changes import Change, Subject
from mykyivstar.db.database import Database
from mykyivstar.kit.clock import Clock, monotonic
from mykyivstar.kit.trouble import Trouble
from mykyivstar.ports.bell import Bell

POLL_S = 0.5
BATCH = 1000
# PostgreSQL gives ids before it commits: a lower id may appear after a higher one, but not later than this.
GAPS_CLOSE_WITHIN_S = 60.0
GAPS_AT_START = 200
GAPS_MAX = 10_000
# How long a change told at once is remembered, so that it is not told again when it is read.
TOLD_FOR = timedelta(minutes=1)

log = logging.getLogger(__name__)


class ChangeFeed:
    """Every committed change, told at least once to one reader: own ones at once, others at the next poll."""

    def __init__(self, database: Database, clock: Clock, *, poll_s: float = POLL_S, bell: Bell | None = None) -> None:
        """`bell` makes other processes look at once instead of at their next poll."""
        self._database = database
        self._clock = clock
        self._poll_s = poll_s
        self._bell = bell
        self._look_now = False
        # Kept while they run.
        self._ringing: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stirred = asyncio.Event()
        self._published: list[Subject] = []
        self._told: defaultdict[Subject, list[datetime]] = defaultdict(list)
        self._newest = 0
        # Ids below the newest that were not there yet, and when we missed them first.
        self._gaps: dict[int, float] = {}

    def publish(self, subjects: Sequence[Subject]) -> None:
        """Tell of changes that this process has just committed. Does not block; may be called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._tell_at_once, tuple(subjects), self._clock.now())

    def pass_on(self, subjects: Sequence[Subject]) -> None:
        """Tell, here and in the other processes, of what is not written anywhere. As `publish` otherwise."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._tell_in_passing, tuple(subjects))

    async def changes(self) -> AsyncIterator[list[Subject]]:
        """What changed from now on, each thing once a batch. For one reader."""
        assert self._loop is None, "a feed has one reader"
        self._loop = asyncio.get_running_loop()
        begun, next_poll, trouble = False, self._loop.time(), Trouble(log, "changes cannot be read")
        listening = [asyncio.create_task(self._listen(self._bell))] if self._bell else []
        try:
            while True:
                found: list[Subject] = []
                if self._look_now or self._loop.time() >= next_poll:
                    self._look_now = False
                    try:
                        if begun:
                            found = await self._read()
                        else:
                            await self._begin()
                            begun = True
                        trouble.over()
                    except (SQLAlchemyError, OSError) as error:
                        trouble.met(error)
                    next_poll = self._loop.time() + self._poll_s
                found, self._published = [*self._published, *found], []
                if found:
                    yield list(dict.fromkeys(found))
                # Not wait_for: until Python 3.12 it can swallow a cancellation that comes together with the event.
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(next_poll):
                        await self._stirred.wait()
                self._stirred.clear()
        finally:
            for task in listening:
                task.cancel()

    def _tell_at_once(self, subjects: Iterable[Subject], at: datetime) -> None:
        for subject in subjects:
            self._published.append(subject)
            self._told[subject].append(at)
        self._stirred.set()
        self._ring("")

    def _tell_in_passing(self, subjects: Iterable[Subject]) -> None:
        self._published.extend(subjects)
        self._stirred.set()
        self._ring(" ".join(subject.key for subject in subjects))

    def _ring(self, message: str) -> None:
        if self._bell is not None:
            task = asyncio.get_running_loop().create_task(self._bell.ring(message))
            self._ringing.add(task)
            task.add_done_callback(self._ringing.discard)

    async def _listen(self, bell: Bell) -> None:
        """An empty ring: rows have been written, look. Otherwise it is the subjects themselves."""
        async for message in bell.rings():
            if message:
                self._published.extend(map(Subject.of, message.split()))
            else:
                self._look_now = True
            self._stirred.set()

    async def _begin(self) -> None:
        """Start behind the newest change, minding those that were being committed just now."""
        async with self._database.reading() as session:
            self._newest = (await session.exec(select(func.max(Change.id)))).one() or 0
            recent = select(Change.id).where(col(Change.id) > self._newest - GAPS_AT_START)
            present = set((await session.exec(recent)).all())
        if not self._database.is_sqlite:
            self._note_gaps(max(0, self._newest - GAPS_AT_START), present)

    async def _read(self) -> list[Subject]:
        """Subjects of rows that were not read yet, without those that were told at once."""
        found: list[Subject] = []
        while True:
            async with self._database.reading() as session:
                unread = or_(col(Change.id) > self._newest, col(Change.id).in_(list(self._gaps)))
                rows = (await session.exec(select(Change).where(unread).order_by(col(Change.id)).limit(BATCH))).all()
            ids = {row.id for row in rows}
            for row in rows:
                self._gaps.pop(row.id or 0, None)
                subject = Subject.of(row.subject)
                if not self._was_told(subject, row.at):
                    found.append(subject)
            before, self._newest = self._newest, max(self._newest, *(row.id or 0 for row in rows), 0)
            if not self._database.is_sqlite:
                self._note_gaps(before, ids)
            if len(rows) < BATCH:
                self._forget_the_old()
                return found

    def _was_told(self, subject: Subject, committed_at: datetime) -> bool:
        """Whether this row is one of ours: as many rows of a subject are passed over as were told of at once."""
        told = self._told.get(subject, [])
        for index, at in enumerate(told):
            if committed_at <= at:
                del told[index]
                return True
        return False

    def _note_gaps(self, after: int, present: set[int | None]) -> None:
        now = monotonic()
        first = max(after + 1, self._newest - GAPS_MAX)
        self._gaps |= {missing: now for missing in range(first, self._newest) if missing not in present}

    def _forget_the_old(self) -> None:
        now, oldest = monotonic(), self._clock.now() - TOLD_FOR
        self._gaps = {gap: since for gap, since in self._gaps.items() if now - since < GAPS_CLOSE_WITHIN_S}
        for subject in list(self._told):
            self._told[subject] = [at for at in self._told[subject] if at > oldest]
            if not self._told[subject]:
                del self._told[subject]
