"""Data that is paused: since when, until when, and whether it was at a moment (N5)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.usage_limits.models import DataPause, PauseCause

#: The rule of what was used while data was paused: it costs nothing.
PAUSED_RULE = "data paused"


async def pause_in_force(session: AsyncSession, line_id: int, at: datetime) -> DataPause | None:
    """The pause that holds at this moment, the longest if several do."""
    found = (await session.exec(select(DataPause).where(*_in_force(line_id, at)))).all()
    return min(found, key=lambda each: (each.until is not None, -(each.until or at).timestamp()), default=None)


async def begin(
    session: AsyncSession, line_id: int, cause: PauseCause, *, until: datetime | None, at: datetime
) -> DataPause:
    """Pause data from now on; None: until it is resumed."""
    pause = DataPause(line_id=line_id, cause=cause, since=at, until=until)
    session.add(pause)
    await session.flush()
    return pause


async def end(session: AsyncSession, line_id: int, *, at: datetime, cause: PauseCause | None = None) -> bool:
    """End what is in force, all of it or what is of this cause; whether anything was."""
    which = (*_in_force(line_id, at), *(() if cause is None else (col(DataPause.cause) == cause,)))
    ended = await session.exec(update(DataPause).where(*which).values(until=at).returning(col(DataPause.id)))
    return bool(ended.all())


async def pauses_since(session: AsyncSession, line_id: int, since: datetime) -> Sequence[DataPause]:
    """Every pause that held at this moment or began later; for pricing, which comes after the fact."""
    still = or_(col(DataPause.until).is_(None), col(DataPause.until) > since)
    return (await session.exec(select(DataPause).where(DataPause.line_id == line_id, still))).all()


def was_paused(pauses: Sequence[DataPause], at: datetime) -> bool:
    """Whether data was paused at this moment: from the first moment of a pause, until just before its last."""
    return any(each.since <= at and (each.until is None or at < each.until) for each in pauses)


def _in_force(line_id: int, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(DataPause.line_id) == line_id,
        col(DataPause.since) <= at,
        or_(col(DataPause.until).is_(None), col(DataPause.until) > at),
    )
