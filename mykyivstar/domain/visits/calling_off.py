"""Visits that cannot be kept: their centre closes, is closed then after all, or receives nobody any more (A8)."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.visits import notices, slots
from mykyivstar.domain.visits.models import Visit, VisitState
from mykyivstar.domain.visits.times import can_be_kept


async def call_off(session: AsyncSession, store_id: int, *, at: datetime) -> int:
    """Cancel what is still to come at this store and cannot be kept, and tell whoever booked it; how many there were.

    Their numbers may book anew. A store that is not there any more has none.
    """
    store = await session.get(Store, store_id)
    if store is None:
        return 0
    to_come = (Visit.store_id == store_id, Visit.state == VisitState.BOOKED, col(Visit.starts_at) > at)
    rows = await session.exec(select(Visit).where(*to_come).order_by(col(Visit.id)).with_for_update())
    off = [visit for visit in rows if not can_be_kept(store, visit.starts_at)]
    for visit in off:
        visit.state, visit.state_at, visit.open_phone = VisitState.CANCELLED, at, None
        session.add(visit)
        await slots.give_back(session, store_id, visit.starts_at)
        await notices.called_off(session, visit, store, at=at)
    return len(off)
