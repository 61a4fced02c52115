"""Giving out the holders of a run in slices: each to one, and again if whoever had it died.

The run's row says how far they are given out. A slice that is given out has a row until the transaction that does it:
there it is held, and gone when that transaction is. A row that nobody holds was left behind, and is given out again.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import delete, text, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import insert_into, table_of
from mykyivstar.domain.billing.models import BillingRun, BillingSlice
from mykyivstar.domain.billing.tallies import Tally
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Slice:
    """Everybody of a stage from the first to the last id."""

    id: int
    run_id: int
    stage: int
    lo: int
    hi: int


@dataclass(frozen=True, slots=True)
class Share:
    """What one batch is about. Batches of different lanes may be done at the same moment."""

    lo: int
    hi: int
    lane: int = 0


#: The run is done.
NOTHING_LEFT: Final = Slice(0, 0, 0, 0, -1)


async def given(
    session: AsyncSession,
    name: str,
    tables: Sequence[str],
    *,
    day: date,
    at: datetime,
    size: int,
    in_hand: Collection[int] = (),
) -> Slice:
    """The next slice of the run of this day, of at most so many holders; what somebody left behind comes first.

    `in_hand` are slices that somebody of ours is about to hold: they look left behind until he does. It is read when
    it is our turn, so it may be a set that others add to meanwhile, before they commit.
    Last come those that others have in their hands: whoever holds them may die yet. With none of them left, the run is
    done.
    """
    run = await _begun(session, name, day, at)
    if run.done_at is not None:
        return NOTHING_LEFT
    theirs = select(BillingSlice).where(BillingSlice.run_id == run.id).order_by(col(BillingSlice.id)).limit(1)
    left_behind = theirs.where(col(BillingSlice.id).not_in(list(in_hand))).with_for_update(skip_locked=True)
    if (found := (await session.exec(left_behind)).first()) is not None:
        return _slice(found)
    while run.stage < len(tables):
        ids = await next_ids(session, tables[run.stage], run.position, size)
        if ids is not None:
            run.position = ids[1]
            taken = BillingSlice(run_id=run.id or 0, stage=run.stage, lo=ids[0], hi=ids[1])
            session.add_all([run, taken])
            await session.flush()
            return _slice(taken)
        run.stage, run.position = run.stage + 1, 0
    session.add(run)
    if (found := (await session.exec(theirs)).first()) is not None:
        return _slice(found)
    run.done_at = at
    return NOTHING_LEFT


async def given_out(session: AsyncSession, run: BillingRun) -> Sequence[Slice]:
    """What of a run is given out and not done."""
    query = select(BillingSlice).where(BillingSlice.run_id == run.id).order_by(col(BillingSlice.id))
    return [_slice(row) for row in await session.exec(query)]


async def held(session: AsyncSession, given: Slice) -> bool:
    """Hold a slice until the transaction ends, as soon as nobody else does; False: somebody else has done it."""
    query = select(BillingSlice.id).where(BillingSlice.id == given.id).with_for_update()
    return (await session.exec(query)).first() is not None


async def done(session: AsyncSession, given: Slice, tally: Tally) -> None:
    """Note what was done of a slice, last of all: whoever wants the next one waits from here to the commit."""
    connection, run = await session.connection(), table_of(BillingRun)
    await connection.execute(delete(table_of(BillingSlice)).where(table_of(BillingSlice).c.id == given.id))
    total = tally.total
    more = {"taken": run.c.taken + total.taken, "waiting": run.c.waiting + total.waiting}
    await connection.execute(
        update(run).where(run.c.id == given.run_id).values(**more, amount=run.c.amount + total.amount)
    )


async def next_ids(session: AsyncSession, table: str, position: int, size: int) -> tuple[int, int] | None:
    """The first and the last of the next so many ids of a table; None: there are no more."""
    query = (
        "SELECT min(b.id), max(b.id) FROM"  # noqa: S608 names of our own tables
        f" (SELECT id FROM {table} WHERE id > :position ORDER BY id LIMIT :size) b"
    )
    connection = await session.connection()
    lo, hi = (await connection.execute(text(query), {"position": position, "size": size})).one()
    return None if hi is None else (int(lo), int(hi))


def row_of(name: str, day: date) -> Any:
    """The query for the run of this name and day."""
    return select(BillingRun).where(col(BillingRun.name) == name, col(BillingRun.day) == day)


async def _begun(session: AsyncSession, name: str, day: date, at: datetime) -> BillingRun:
    """The run's row, held until the transaction ends."""
    new: dict[str, Any] = {"name": name, "day": day, "stage": 0, "position": 0, "started_at": at}
    new |= {"taken": 0, "amount": Money.ZERO, "waiting": 0}
    opening = insert_into(session, BillingRun).on_conflict_do_nothing(index_elements=["name", "day"])
    await (await session.connection()).execute(opening, new)
    held = row_of(name, day).with_for_update().execution_options(populate_existing=True)
    begun: BillingRun = (await session.exec(held)).one()
    return begun


def _slice(row: BillingSlice) -> Slice:
    assert row.id is not None
    return Slice(row.id, row.run_id, row.stage, row.lo, row.hi)
