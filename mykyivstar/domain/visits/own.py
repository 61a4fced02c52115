"""A booked visit, for whoever knows its address: looked at, moved, cancelled (A8)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import limits
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.visits import notices, slots
from mykyivstar.domain.visits.booking import demand_time
from mykyivstar.domain.visits.errors import VisitOver
from mykyivstar.domain.visits.models import Visit, VisitState
from mykyivstar.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class VisitAt:
    """A visit and where it is."""

    visit: Visit
    store: Store

    def is_open(self, at: datetime) -> bool:
        """Whether it is still to come, and may be changed."""
        return self.visit.state is VisitState.BOOKED and at < self.visit.starts_at


def address_of(site: str, code: str) -> str:
    """Its page ("https://my.example.ua/visits/…"), for SMS."""
    return f"{site}/visits/{code}"


async def visit_of(session: AsyncSession, code: str, *, for_change: bool = False) -> VisitAt:
    """The visit of this address. Raises NotFound."""
    query = select(Visit).where(Visit.code == code)
    found = (await session.exec(query.with_for_update() if for_change else query)).first()
    if found is None:
        raise NotFound
    return VisitAt(found, await session.get_one(Store, found.store_id))


async def move(unit_of_work: UnitOfWork, code: str, starts_at: datetime, *, places: int, at: datetime) -> Visit:
    """Another time at the same place, told by SMS; the same time again changes nothing.

    Raises NotFound, VisitOver, NoVisitsHere, NoSuchTime, TimeTaken, TooManyTries.
    """
    async with unit_of_work() as session:
        found = await _open(session, code, at)
        if found.visit.starts_at == starts_at:
            return found.visit
        demand_time(found.store, starts_at, at)
        wait = await limits.hit(session, at, (Rule.VISIT_MOVES, code))
        if not wait:
            await _to(session, found, starts_at, places=places, at=at)
    limits.refuse_if_over(wait)
    return found.visit


async def cancel(session: AsyncSession, code: str, *, at: datetime) -> Visit:
    """Give it up; its place is free again. Twice is once. Raises NotFound, VisitOver."""
    found = await visit_of(session, code, for_change=True)
    visit = found.visit
    if visit.state is VisitState.CANCELLED:
        return visit
    if not found.is_open(at):
        raise VisitOver
    visit.state, visit.state_at, visit.open_phone = VisitState.CANCELLED, at, None
    session.add(visit)
    await slots.give_back(session, visit.store_id, visit.starts_at)
    return visit


async def _to(session: AsyncSession, found: VisitAt, starts_at: datetime, *, places: int, at: datetime) -> None:
    visit = found.visit
    await slots.take(session, visit.store_id, starts_at, places=places, instead_of=visit.starts_at)
    visit.starts_at, visit.state_at = starts_at, at
    session.add(visit)
    await notices.booked(session, visit, found.store, is_moved=True, at=at)


async def _open(session: AsyncSession, code: str, at: datetime) -> VisitAt:
    found = await visit_of(session, code, for_change=True)
    if not found.is_open(at):
        raise VisitOver
    return found
