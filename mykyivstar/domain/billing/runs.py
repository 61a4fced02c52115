"""Runs that go through all lines and accounts in small transactions, and go on where they were when anything dies.

How far a run is stands in the row of its name and day, written by the transaction that did the work: whoever dies
between two of them has lost nothing and done nothing twice. Two that run at the same moment take turns.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NoReturn

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.db.statements import insert_into
from mykyivstar.domain.billing.models import BillingRun
from mykyivstar.domain.billing.tallies import Tally
from mykyivstar.kit.money import Money

#: So many lines or accounts share a transaction: few enough that nobody waits long, on SQLite for the one writer, on
#: PostgreSQL for an account that is held; many enough that what every transaction costs is little beside them.
BATCHES: Final = {"sqlite": 10_000, "postgresql": 20_000}
# States of PostgreSQL after which the same succeeds: somebody else was in the way.
_IN_THE_WAY: Final = {"40P01", "40001"}
_TRIES: Final = 5

Work = Callable[[AsyncSession, int, int, date, datetime], Awaitable[Tally]]


@dataclass(frozen=True, slots=True)
class Stage:
    """Going through one table by its ids."""

    table: str
    # Does everybody from the first to the last id, for a Kyiv day, at a moment.
    work: Work

    @property
    def next_ids(self) -> str:
        """The query for the last id of a batch."""
        return (
            "SELECT min(b.id), max(b.id) FROM"  # noqa: S608 names of our own tables
            f" (SELECT id FROM {self.table} WHERE id > :position ORDER BY id LIMIT :size) b"
        )


@dataclass(frozen=True, slots=True)
class Run:
    """What is done once for each day it is asked for."""

    name: str
    stages: Sequence[Stage]


class _Rehearsed(Exception):
    """Ends the transaction of a rehearsal, so that nothing of it stays."""


async def carry_out(database: Database, run: Run, *, day: date, at: datetime, batch: int | None = None) -> Tally:
    """Do what is left of this day's run; what was done now. Done already, it does nothing."""
    tally, size = Tally(), batch or _batch(database)
    async with database.storing_much():
        while (done := await _tried(database, run, day=day, at=at, batch=size)) is not None:
            tally += done
    return tally


async def rehearse(database: Database, run: Run, *, day: date, at: datetime, batch: int | None = None) -> Tally:
    """What `carry_out` would do now: the same work, each of its transactions taken back."""
    async with database.reading() as session:
        known = (await session.exec(_row(run, day))).first()
    if known is not None and known.done_at is not None:
        return Tally()
    stage, position = (known.stage, known.position) if known is not None else (0, 0)
    tally = Tally()
    while stage < len(run.stages):
        try:
            async with database.unit_of_work() as session:
                ids = await _next_ids(session, run.stages[stage], position, batch or _batch(database))
                if ids is not None:
                    tally += await run.stages[stage].work(session, *ids, day, at)
                _take_back()
        except _Rehearsed:
            stage, position = (stage, ids[1]) if ids is not None else (stage + 1, 0)
    return tally


def _batch(database: Database) -> int:
    return BATCHES["sqlite" if database.is_sqlite else "postgresql"]


def _take_back() -> NoReturn:
    raise _Rehearsed


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


async def _tried(database: Database, run: Run, *, day: date, at: datetime, batch: int) -> Tally | None:
    for left in reversed(range(_TRIES)):
        try:
            async with database.unit_of_work() as session:
                return await _next_batch(session, run, day=day, at=at, batch=batch)
        except DBAPIError as error:
            if not left or getattr(error.orig, "sqlstate", None) not in _IN_THE_WAY:
                raise
    raise AssertionError("the last try answers or raises")


async def _next_batch(session: AsyncSession, run: Run, *, day: date, at: datetime, batch: int) -> Tally | None:
    """Do one batch and note it; None when all is done."""
    standing = await _begun(session, run, day, at)
    if standing.done_at is not None:
        return None
    stage = run.stages[standing.stage]
    ids = await _next_ids(session, stage, standing.position, batch)
    tally = Tally()
    if ids is not None:
        tally = await stage.work(session, *ids, day, at)
        standing.position = ids[1]
        standing.taken += tally.total.taken
        standing.amount += tally.total.amount
        standing.waiting += tally.total.waiting
    elif standing.stage + 1 < len(run.stages):
        standing.stage, standing.position = standing.stage + 1, 0
    else:
        standing.done_at = at
    session.add(standing)
    return tally


async def _next_ids(session: AsyncSession, stage: Stage, position: int, batch: int) -> tuple[int, int] | None:
    connection = await session.connection()
    lo, hi = (await connection.execute(text(stage.next_ids), {"position": position, "size": batch})).one()
    return None if hi is None else (int(lo), int(hi))


async def _begun(session: AsyncSession, run: Run, day: date, at: datetime) -> BillingRun:
    """The run's row, held until the transaction ends."""
    new: dict[str, Any] = {"name": run.name, "day": day, "stage": 0, "position": 0, "started_at": at}
    new |= {"taken": 0, "amount": Money.ZERO, "waiting": 0}
    opening = insert_into(session, BillingRun).on_conflict_do_nothing(index_elements=["name", "day"])
    await (await session.connection()).execute(opening, new)
    held = _row(run, day).with_for_update().execution_options(populate_existing=True)
    begun: BillingRun = (await session.exec(held)).one()
    return begun


def _row(run: Run, day: date) -> Any:
    return select(BillingRun).where(col(BillingRun.name) == run.name, col(BillingRun.day) == day)
