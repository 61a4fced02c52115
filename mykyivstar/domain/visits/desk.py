"""Visits at the desk: who comes to which store on which day, and whether they came; each look is written down."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.visits.errors import VisitNotToday, VisitOver
from mykyivstar.domain.visits.models import Visit, VisitLook, VisitState
from mykyivstar.domain.visits.times import SERVICE, takes_visits
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.errors import NotFound


async def centres(session: AsyncSession, at: datetime) -> Sequence[Store]:
    """The places that take visits, by city and name; two thousand stores are read in no time, and rarely."""
    rows = (await session.exec(select(Store).order_by(col(Store.search_key), col(Store.id)))).all()
    return [store for store in rows if SERVICE in store.services and takes_visits(store, at)]


async def of_day(
    session: AsyncSession, staff: StaffActor, store_code: str, day: date, *, at: datetime
) -> Sequence[Visit]:
    """Who comes there that day, in their order; the look is written down with it. Raises StaffRoleNeeded, NotFound."""
    staff.require(StaffRole.CONSULTANT)
    store = (await session.exec(select(Store).where(Store.code == store_code))).first()
    if store is None:
        raise NotFound
    session.add(VisitLook(staff_id=staff.staff_id, store_id=store.id, day=day, at=at))
    rows = await session.exec(
        select(Visit)
        .where(
            Visit.store_id == store.id,
            col(Visit.starts_at) >= kyiv_midnight(day),
            col(Visit.starts_at) < kyiv_midnight(day + timedelta(days=1)),
        )
        .order_by(col(Visit.starts_at), col(Visit.id))
    )
    return rows.all()


async def mark(session: AsyncSession, staff: StaffActor, number: str, state: VisitState, *, at: datetime) -> Visit:
    """They came, or did not; a slip is put right by marking it again. The number may then book anew.

    Raises StaffRoleNeeded, NotFound, VisitOver for a cancelled one, VisitNotToday.
    """
    assert state in {VisitState.CAME, VisitState.ABSENT}
    staff.require(StaffRole.CONSULTANT)
    visit = (await session.exec(select(Visit).where(Visit.number == number).with_for_update())).first()
    if visit is None:
        raise NotFound
    if visit.state is VisitState.CANCELLED:
        raise VisitOver
    if kyiv_date(visit.starts_at) > kyiv_date(at):
        raise VisitNotToday
    visit.state, visit.state_at, visit.staff_id, visit.open_phone = state, at, staff.staff_id, None
    session.add(visit)
    return visit
