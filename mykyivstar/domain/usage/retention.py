"""How long usage records are kept (E3): whole months are thrown away, their sums stay as they are.

A record of a time that was thrown away is not taken again: nobody could tell whether its month has counted it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate, takewhile

from sqlalchemy import delete, func, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.db.partitions import cover, drop_before, may_have_before
from mykyivstar.db.statements import insert_into, table_of
from mykyivstar.domain.usage.models import UsageMonth, UsageRecord, UsageRetention
from mykyivstar.kit.period import Month

#: How many records, about, one transaction throws away, and of how many lines at most.
BATCH = 5_000
_LINES_AT_ONCE = 500
_MONTHS_AHEAD = 2
_THE_ONE = 1
_EVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cleared:
    """What one run has thrown away."""

    # Of PostgreSQL; what was in them is not counted.
    partitions: int = 0
    records: int = 0


async def kept_since(session: AsyncSession) -> datetime:
    """Records of before this moment are not taken any more. It does not move before this transaction ends."""
    asked = select(col(UsageRetention.kept_since)).with_for_update(read=True, key_share=True)
    return (await (await session.connection()).execute(asked)).scalar_one_or_none() or _EVER


async def make_room(database: Database, *, at: datetime) -> int:
    """Make the partitions of this month and the next two; how many were missing."""
    months = [Month.of(at).shifted(ahead) for ahead in range(_MONTHS_AHEAD + 1)]
    async with database.unit_of_work() as session:
        return await cover(session, UsageRecord, [month.period.start for month in months])


async def throw_away(database: Database, *, months: int, at: datetime) -> Cleared:
    """Throw away the records of before `months` whole months ago in batches; a run that broke off is gone on with.

    Kept longer from now on, what is gone stays gone.
    """
    since = await _since(database, Month.of(at).shifted(-months).period.start)
    if since is None:
        return Cleared()
    async with database.unit_of_work() as session:
        partitions = await drop_before(session, UsageRecord, since)
        if not await may_have_before(session, UsageRecord, since):
            state = await session.get_one(UsageRetention, _THE_ONE, with_for_update=True)
            state.cleared_before = since
            return Cleared(partitions)
    records = 0
    while (gone := await _clear_some(database)) is not None:
        records += gone
    return Cleared(partitions, records)


async def _since(database: Database, wanted: datetime) -> datetime | None:
    """Up to where to throw away, from now on no record of it is taken; None when all of that is done."""
    async with database.reading() as session:
        known = await session.get(UsageRetention, _THE_ONE)
    if known is None or known.kept_since < wanted:
        async with database.unit_of_work() as session:
            await _move(session, wanted)
        return wanted
    return None if known.cleared_before == known.kept_since else known.kept_since


async def _move(session: AsyncSession, since: datetime) -> None:
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        # Waits for those who store records now: they have asked what is still taken, even if no row answered.
        await connection.execute(text(f"LOCK TABLE {UsageRetention.__tablename__} IN EXCLUSIVE MODE"))
    moving = insert_into(session, UsageRetention).values(id=_THE_ONE, kept_since=since, cleared_line=0)
    moved = {"kept_since": since, "cleared_line": 0}
    await connection.execute(moving.on_conflict_do_update(index_elements=["id"], set_=moved))


async def _clear_some(database: Database) -> int | None:
    """Throw away what the next lines have too much; how many records that were, None when no line is left."""
    async with database.unit_of_work() as session:
        state = await session.get_one(UsageRetention, _THE_ONE, with_for_update=True)
        if not (lines := await _next_lines(session, state)):
            state.cleared_before = state.kept_since
            return None
        gone = await session.exec(
            delete(UsageRecord)
            .where(col(UsageRecord.line_id).in_(lines), col(UsageRecord.started_at) < state.kept_since)
            .execution_options(synchronize_session=False)
        )
        state.cleared_line = lines[-1]
        return gone.rowcount


async def _next_lines(session: AsyncSession, state: UsageRetention) -> list[int]:
    """The next lines by their sums, which know who had records then: as many as have a batch of them together."""
    table = table_of(UsageMonth)
    theirs = (
        select(table.c.line_id, func.sum(table.c.records))
        .where(table.c.line_id > state.cleared_line, table.c.month < str(Month.of(state.kept_since)))
        .group_by(table.c.line_id)
        .order_by(table.c.line_id)
        .limit(_LINES_AT_ONCE)
    )
    if state.cleared_before is not None:
        theirs = theirs.where(table.c.month >= str(Month.of(state.cleared_before)))
    found = (await (await session.connection()).execute(theirs)).all()
    before = accumulate((int(records) for _, records in found), initial=0)
    return [line_id for (line_id, _), _ in takewhile(lambda pair: pair[1] < BATCH, zip(found, before, strict=False))]
