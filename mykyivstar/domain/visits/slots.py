"""Places of half-hours: taken and given back, never more than there are."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import insert_into
from mykyivstar.domain.visits.errors import TimeTaken
from mykyivstar.domain.visits.models import VisitSlot


async def take(
    session: AsyncSession, store_id: int, starts_at: datetime, *, places: int, instead_of: datetime | None = None
) -> None:
    """One place of this half-hour; the one of another is given back with it. Raises TimeTaken, and nothing is taken."""
    values = {"store_id": store_id, "starts_at": starts_at, "booked": 0}
    await session.exec(insert_into(session, VisitSlot).values(**values).on_conflict_do_nothing())
    # In one order of rows for everybody who changes two of them.
    both = [starts_at, *([instead_of] if instead_of else [])]
    held = select(col(VisitSlot.id)).where(VisitSlot.store_id == store_id, col(VisitSlot.starts_at).in_(both))
    await session.exec(held.order_by(col(VisitSlot.id)).with_for_update())
    one_more = (
        update(VisitSlot)
        .where(
            col(VisitSlot.store_id) == store_id,
            col(VisitSlot.starts_at) == starts_at,
            col(VisitSlot.booked) < places,
        )
        .values(booked=col(VisitSlot.booked) + 1)
        .returning(col(VisitSlot.id))
    )
    if (await session.exec(one_more)).scalar_one_or_none() is None:
        raise TimeTaken
    if instead_of is not None:
        await give_back(session, store_id, instead_of)


async def give_back(session: AsyncSession, store_id: int, starts_at: datetime) -> None:
    """Its place is somebody else's now."""
    await session.exec(
        update(VisitSlot)
        .where(col(VisitSlot.store_id) == store_id, col(VisitSlot.starts_at) == starts_at, col(VisitSlot.booked) > 0)
        .values(booked=col(VisitSlot.booked) - 1)
    )
