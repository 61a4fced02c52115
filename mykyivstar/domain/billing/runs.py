"""Runs that go through all lines and accounts in small transactions, and go on where they were when anything dies.

How far a run is stands in the row of its name and day (`slices`): whoever dies has lost nothing and done nothing twice.
On PostgreSQL two lanes work at the same moment; SQLite has one writer, and there they would only take turns.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NoReturn, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.billing import slices
from mykyivstar.domain.billing.models import BillingRun
from mykyivstar.domain.billing.slices import NOTHING_LEFT, Share, Slice
from mykyivstar.domain.billing.tallies import Tally

#: So many lines or accounts share a transaction: few enough that nobody waits long, on SQLite for the one writer, on
#: PostgreSQL for an account that is held; many enough that what every transaction costs is little beside them.
BATCHES: Final = {"sqlite": 10_000, "postgresql": 20_000}
#: So many batches are done at the same moment, each by a connection of its own.
LANES: Final = {"sqlite": 1, "postgresql": 2}
# States of PostgreSQL after which the same succeeds: somebody else was in the way.
_IN_THE_WAY: Final = {"40P01", "40001"}
_TRIES: Final = 5

T = TypeVar("T")
Work = Callable[[AsyncSession, Share, date, datetime], Awaitable[Tally]]


@dataclass(frozen=True, slots=True)
class Stage:
    """Going through one table by its ids."""

    table: str
    # Does a share of it, for a Kyiv day, at a moment.
    work: Work


@dataclass(frozen=True, slots=True)
class Run:
    """What is done once for each day it is asked for."""

    name: str
    stages: Sequence[Stage]


class _Rehearsed(Exception):
    """Ends the transaction of a rehearsal, so that nothing of it stays."""


async def carry_out(database: Database, run: Run, *, day: date, at: datetime, batch: int | None = None) -> Tally:
    """Do what is left of this day's run; what was done now. Done already, it does nothing.

    What stops one lane stops the others after the batch that each of them is at, and is raised then.
    """
    kind, in_hand = _kind(database), set[int]()
    lanes = [_Lane(database, run, day, at, batch or BATCHES[kind], in_hand, n) for n in range(LANES[kind])]
    async with database.storing_much():
        done = await asyncio.gather(*(lane.go(lanes) for lane in lanes), return_exceptions=True)
    for one in done:
        if isinstance(one, BaseException):
            raise one
    return sum((one for one in done if isinstance(one, Tally)), Tally())


async def rehearse(database: Database, run: Run, *, day: date, at: datetime, batch: int | None = None) -> Tally:
    """What `carry_out` would do now: the same work, each of its transactions taken back."""
    async with database.reading() as session:
        known = (await session.exec(slices.row_of(run.name, day))).first()
        left_behind = [] if known is None else await slices.given_out(session, known)
    if known is not None and known.done_at is not None:
        return Tally()
    tally = Tally()
    for each in left_behind:
        tally += await _rehearsed(database, run.stages[each.stage], day, at, (each.lo, each.hi))
    stage, position = (known.stage, known.position) if known is not None else (0, 0)
    size = batch or BATCHES[_kind(database)]
    while stage < len(run.stages):
        async with database.reading() as session:
            ids = await slices.next_ids(session, run.stages[stage].table, position, size)
        if ids is not None:
            tally += await _rehearsed(database, run.stages[stage], day, at, ids)
        stage, position = (stage, ids[1]) if ids is not None else (stage + 1, 0)
    return tally


async def _rehearsed(database: Database, stage: Stage, day: date, at: datetime, ids: tuple[int, int]) -> Tally:
    tally = Tally()
    with suppress(_Rehearsed):
        async with database.unit_of_work() as session:
            tally = await stage.work(session, Share(*ids), day, at)
            _take_back()
    return tally


def _take_back() -> NoReturn:
    raise _Rehearsed


def _kind(database: Database) -> str:
    return "sqlite" if database.is_sqlite else "postgresql"


async def days_due(database: Database, run: Run, today: date) -> Sequence[date]:
    """The days whose run is not done, oldest first, from the last one that was begun to today; today if none was."""
    async with database.reading() as session:
        last = (
            await session.exec(
                select(BillingRun)
                .where(col(BillingRun.name) == run.name, col(BillingRun.day) <= today)
                .order_by(col(BillingRun.day).desc())
                .limit(1)
            )
        ).first()
    if last is None:
        return [today]
    first = last.day if last.done_at is None else last.day + timedelta(days=1)
    return [first + timedelta(days=days) for days in range((today - first).days + 1)]


@dataclass(slots=True)
class _Lane:
    """One of those who do batches of a run at the same moment."""

    database: Database
    run: Run
    day: date
    at: datetime
    batch: int
    # Slices that any of the lanes has been given and has not done: between the two transactions nobody holds them.
    in_hand: set[int]
    number: int
    has_failed: bool = False

    async def go(self, all_lanes: Sequence["_Lane"]) -> Tally:
        """Batch after batch until nothing is left, or any lane has failed."""
        tally, has_ended = Tally(), False
        try:
            while not any(lane.has_failed for lane in all_lanes):
                done = await self._tried(self._given if len(all_lanes) > 1 else self._given_and_done)
                if done is None:
                    break
                tally += done
            has_ended = True
        finally:
            self.has_failed = not has_ended
        return tally

    async def _given(self) -> Tally | None:
        """A slice by a transaction, so that others can have the next one, and its work by another."""
        given = NOTHING_LEFT
        try:
            async with self.database.unit_of_work() as session:
                given = await self._next(session)
                self.in_hand.add(given.id)
            if given is NOTHING_LEFT:
                return None
            return await self._tried(lambda: self._held_and_done(given))
        finally:
            self.in_hand.discard(given.id)

    async def _held_and_done(self, given: Slice) -> Tally:
        async with self.database.unit_of_work() as session:
            return await self._done(session, given) if await slices.held(session, given) else Tally()

    async def _given_and_done(self) -> Tally | None:
        """Both in one transaction: nobody else could begin meanwhile."""
        async with self.database.unit_of_work() as session:
            given = await self._next(session)
            return None if given is NOTHING_LEFT else await self._done(session, given)

    async def _next(self, session: AsyncSession) -> Slice:
        tables = [stage.table for stage in self.run.stages]
        return await slices.given(
            session, self.run.name, tables, day=self.day, at=self.at, size=self.batch, in_hand=self.in_hand
        )

    async def _done(self, session: AsyncSession, given: Slice) -> Tally:
        work = self.run.stages[given.stage].work
        tally = await work(session, Share(given.lo, given.hi, self.number), self.day, self.at)
        await slices.done(session, given, tally)
        return tally

    async def _tried(self, act: Callable[[], Awaitable[T]]) -> T:
        for left in reversed(range(_TRIES)):
            try:
                return await act()
            except DBAPIError as error:
                if not left or getattr(error.orig, "sqlstate", None) not in _IN_THE_WAY:
                    raise
        raise AssertionError("the last try answers or raises")
