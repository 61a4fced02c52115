"""Technicians' visits: chosen, moved, cancelled, done. The last place of a window goes to one person (H4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import insert_into
from mykyivstar.domain.faults import notices
from mykyivstar.domain.faults.errors import (
    CapacityTooSmall,
    NoSuchVisit,
    NotBooked,
    RequestOver,
    VisitMovedOften,
    VisitTaken,
    VisitTooClose,
)
from mykyivstar.domain.faults.models import FaultRequest, RequestState, StepBy, StepKind, TechnicianSlot
from mykyivstar.domain.faults.places import parse_address
from mykyivstar.domain.faults.requests import any_request, enter, note, owned_request, times_chosen
from mykyivstar.domain.faults.terms import VisitTerms
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.support.tickets.models import TicketSource
from mykyivstar.domain.support.tickets.work import solve

_NOTE_MAX = 500


@dataclass(frozen=True, slots=True)
class Window:
    """A time that can be chosen, and how many technicians are free then."""

    starts_at: datetime
    ends_at: datetime
    free: int


async def windows(session: AsyncSession, account: InternetAccount, *, terms: VisitTerms, at: datetime) -> list[Window]:
    """The times of the next days for the city of this account, full ones included."""
    upcoming = list(terms.upcoming(at))
    city = parse_address(account.address).city
    known = {slot.starts_at: slot for slot in await _slots(session, city, [first for first, _ in upcoming])}
    return [
        Window(first, last, max(slot.capacity - slot.booked, 0) if (slot := known.get(first)) else terms.capacity)
        for first, last in upcoming
    ]


async def book(
    session: AsyncSession, actor: Actor, code: str, starts_at: datetime, *, terms: VisitTerms, at: datetime
) -> FaultRequest:
    """Choose the visit of a request, or move it; the same again changes nothing.

    Raises NotFound, RequestOver, NoSuchVisit, VisitTaken, VisitTooClose, VisitMovedOften.
    """
    request = await owned_request(session, actor, code)
    _demand_not_over(request)
    old = await session.get(TechnicianSlot, request.slot_id) if request.slot_id else None
    if old is not None and old.starts_at == starts_at:
        return request
    _demand_changeable(old, terms, at)
    if (window := terms.window(starts_at)) not in list(terms.upcoming(at)) or window is None:
        raise NoSuchVisit
    if await times_chosen(session, request) >= terms.choices:
        raise VisitMovedOften(most=terms.choices)
    account = await session.get_one(InternetAccount, request.internet_account_id)
    slot = await _taken(session, parse_address(account.address).city, window, old, terms)
    request.slot_id = slot.id
    enter(session, request, RequestState.BOOKED, at=at)
    note(session, request, StepKind.MOVED if old else StepKind.BOOKED, StepBy.SUBSCRIBER, at=at, slot=slot)
    await notices.booked(session, request, slot, is_moved=old is not None, at=at)
    return request


async def cancel(session: AsyncSession, actor: Actor, code: str, *, terms: VisitTerms, at: datetime) -> FaultRequest:
    """Give the request up; its technician is free again. Raises NotFound, RequestOver, VisitTooClose."""
    request = await owned_request(session, actor, code)
    _demand_not_over(request)
    slot = await session.get(TechnicianSlot, request.slot_id) if request.slot_id else None
    _demand_changeable(slot, terms, at)
    await _end(session, request, RequestState.CANCELLED, slot)
    enter(session, request, RequestState.CANCELLED, at=at)
    note(session, request, StepKind.CANCELLED, StepBy.SUBSCRIBER, at=at, slot=slot)
    await notices.cancelled(session, request, at=at)
    await solve(session, TicketSource.FAULT, str(request.id), at=at)
    return request


async def confirm(session: AsyncSession, code: str, *, at: datetime) -> FaultRequest:
    """The operator says that a technician will come. Raises NotFound, RequestOver, NotBooked."""
    request = await any_request(session, code)
    _demand_not_over(request)
    if request.state is RequestState.CONFIRMED:
        return request
    if request.slot_id is None:
        raise NotBooked
    slot = await session.get_one(TechnicianSlot, request.slot_id)
    enter(session, request, RequestState.CONFIRMED, at=at)
    note(session, request, StepKind.CONFIRMED, StepBy.OPERATOR, at=at, slot=slot)
    await notices.confirmed(session, request, slot, at=at)
    return request


async def finish(session: AsyncSession, code: str, *, words: str = "", at: datetime) -> FaultRequest:
    """The operator says that it works again, by a visit or without one. Raises NotFound, RequestOver."""
    request = await any_request(session, code)
    _demand_not_over(request)
    slot = await session.get(TechnicianSlot, request.slot_id) if request.slot_id else None
    # A visit that is not needed any more is somebody else's; one that has begun was made.
    await _end(session, request, RequestState.DONE, slot if slot is not None and slot.starts_at > at else None)
    enter(session, request, RequestState.DONE, at=at)
    note(session, request, StepKind.DONE, StepBy.OPERATOR, at=at, slot=slot, words=words.strip()[:_NOTE_MAX])
    await notices.done(session, request, at=at)
    await solve(session, TicketSource.FAULT, str(request.id), at=at)
    return request


async def call_off(session: AsyncSession, code: str, *, words: str, at: datetime) -> FaultRequest:
    """The operator cannot come: the request goes on without a visit, and another one is chosen.

    Raises NotFound, RequestOver, NotBooked.
    """
    request = await any_request(session, code)
    _demand_not_over(request)
    if request.slot_id is None:
        raise NotBooked
    slot = await session.get_one(TechnicianSlot, request.slot_id)
    await _end(session, request, RequestState.OPEN, slot)
    enter(session, request, RequestState.OPEN, at=at)
    note(session, request, StepKind.CANCELLED, StepBy.OPERATOR, at=at, slot=slot, words=words.strip()[:_NOTE_MAX])
    await notices.called_off(session, request, slot, at=at)
    return request


async def set_capacity(
    session: AsyncSession, city: str, starts_at: datetime, capacity: int, *, terms: VisitTerms
) -> TechnicianSlot:
    """How many visits fit into one window of a city (its key); 0 closes it. Raises NoSuchVisit, CapacityTooSmall."""
    if (window := terms.window(starts_at)) is None:
        raise NoSuchVisit
    await _opened(session, city, window, terms)
    fits = (*_of(city, window[0]), col(TechnicianSlot.booked) <= capacity)
    done = update(TechnicianSlot).where(*fits).values(capacity=capacity).returning(col(TechnicianSlot.id))
    is_done = (await session.exec(done)).scalar_one_or_none() is not None
    slot = await _slot(session, city, window[0])
    if not is_done:
        raise CapacityTooSmall(booked=slot.booked)
    return slot


async def _taken(
    session: AsyncSession,
    city: str,
    window: tuple[datetime, datetime],
    old: TechnicianSlot | None,
    terms: VisitTerms,
) -> TechnicianSlot:
    """One place of the window taken, and the old one given back, in one order of rows for everybody."""
    await _opened(session, city, window, terms)
    slot = await _slot(session, city, window[0])
    ids = sorted({slot.id or 0, *([old.id or 0] if old else [])})
    held = select(col(TechnicianSlot.id)).where(col(TechnicianSlot.id).in_(ids)).order_by(col(TechnicianSlot.id))
    await session.exec(held.with_for_update())
    free = (col(TechnicianSlot.id) == slot.id, col(TechnicianSlot.booked) < col(TechnicianSlot.capacity))
    taking = update(TechnicianSlot).where(*free).values(booked=col(TechnicianSlot.booked) + 1)
    if (await session.exec(taking.returning(col(TechnicianSlot.id)))).scalar_one_or_none() is None:
        raise VisitTaken
    if old is not None:
        await _give_back(session, old)
    return slot


async def _end(session: AsyncSession, request: FaultRequest, state: RequestState, slot: TechnicianSlot | None) -> None:
    if slot is not None:
        await _give_back(session, slot)
    if state is not RequestState.DONE:
        request.slot_id = None


async def _give_back(session: AsyncSession, slot: TechnicianSlot) -> None:
    less = update(TechnicianSlot).where(col(TechnicianSlot.id) == slot.id).values(booked=col(TechnicianSlot.booked) - 1)
    await session.exec(less)


async def _opened(session: AsyncSession, city: str, window: tuple[datetime, datetime], terms: VisitTerms) -> None:
    values = {"city_key": city, "starts_at": window[0], "ends_at": window[1], "capacity": terms.capacity, "booked": 0}
    await session.exec(insert_into(session, TechnicianSlot).values(**values).on_conflict_do_nothing())


async def _slot(session: AsyncSession, city: str, starts_at: datetime) -> TechnicianSlot:
    query = select(TechnicianSlot).where(*_of(city, starts_at)).execution_options(populate_existing=True)
    return (await session.exec(query)).one()


async def _slots(session: AsyncSession, city: str, starts: Sequence[datetime]) -> Sequence[TechnicianSlot]:
    if not starts:
        return []
    between = (col(TechnicianSlot.starts_at) >= min(starts), col(TechnicianSlot.starts_at) <= max(starts))
    return (await session.exec(select(TechnicianSlot).where(TechnicianSlot.city_key == city, *between))).all()


def _of(city: str, starts_at: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(TechnicianSlot.city_key) == city, col(TechnicianSlot.starts_at) == starts_at


def _demand_not_over(request: FaultRequest) -> None:
    if request.state.is_over:
        raise RequestOver


def _demand_changeable(slot: TechnicianSlot | None, terms: VisitTerms, at: datetime) -> None:
    """A visit that nobody made stays movable once its window is over: the technician did not come."""
    if slot is None or slot.ends_at <= at:
        return
    until = slot.starts_at - terms.change_until
    if at > until:
        raise VisitTooClose(until=until)
