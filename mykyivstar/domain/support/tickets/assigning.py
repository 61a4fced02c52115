"""Whose a ticket is: taken, given to a colleague, given back; each time noted for the staff (K6)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.errors import UnknownStaff
from mykyivstar.domain.staff.models import StaffMember, StaffRole
from mykyivstar.domain.support import desk
from mykyivstar.domain.support.desk import Colleague
from mykyivstar.domain.support.errors import NotTheirSkill, TicketStateUnfit
from mykyivstar.domain.support.models import Author
from mykyivstar.domain.support.tickets.models import Ticket, TicketNote, TicketState
from mykyivstar.domain.support.tickets.telling import tell
from mykyivstar.domain.support.tickets.work import for_staff, locked, move


async def take(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime) -> None:
    """It is this member's now; a lead takes another's too. Raises NotFound, TicketStateUnfit."""
    ticket = await _open_one(session, staff, code)
    if ticket.staff_id is not None:
        _require_theirs(staff, ticket)
    _becomes(session, staff, ticket, staff.staff_id, at=at)


async def give(session: AsyncSession, staff: StaffActor, code: str, *, to: int, at: datetime) -> None:
    """A colleague works on it from now on: by whoever has it, for a lead anybody's and nobody's.

    Raises NotFound, TicketStateUnfit, UnknownStaff, NotTheirSkill.
    """
    ticket = await _open_one(session, staff, code)
    _require_theirs(staff, ticket)
    member = await session.get(StaffMember, to)
    if member is None or not _works(member):
        raise UnknownStaff
    if ticket.specialism.value not in member.skill_list:
        raise NotTheirSkill
    _becomes(session, staff, ticket, to, at=at)


async def give_back(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime) -> None:
    """Nobody's again, in the state it has, with the deadline it has. Raises NotFound, TicketStateUnfit."""
    ticket = await _open_one(session, staff, code)
    _require_theirs(staff, ticket)
    _becomes(session, staff, ticket, None, at=at)


async def colleagues(session: AsyncSession, staff: StaffActor, ticket: Ticket) -> Sequence[Colleague]:
    """To whom this member could give it; nobody where it is not theirs to give."""
    if ticket.state is TicketState.CLOSED or not _is_theirs(staff, ticket):
        return []
    return [
        member
        for member in await desk.colleagues(session, staff, ticket.specialism)
        if member.id != ticket.staff_id and member.can_sign_in
    ]


async def names_in(session: AsyncSession, notes: Sequence[TicketNote]) -> Mapping[int, str]:
    """The names of the members whom these notes speak of."""
    ids = {note.given_to for note in notes} | {note.staff_id for note in notes}
    rows = await session.exec(select(StaffMember).where(col(StaffMember.id).in_(ids - {None})))
    return {member.id or 0: member.name for member in rows}


async def _open_one(session: AsyncSession, staff: StaffActor, code: str) -> Ticket:
    ticket = await locked(session, await for_staff(session, staff, code))
    if ticket.state is TicketState.CLOSED:
        raise TicketStateUnfit
    return ticket


def _works(member: StaffMember) -> bool:
    """Whether they can sign in: the demo's own consultant cannot."""
    return member.closed_at is None and member.password_hash is not None


def _is_theirs(staff: StaffActor, ticket: Ticket) -> bool:
    return ticket.staff_id == staff.staff_id or staff.role.includes(StaffRole.LEAD)


def _require_theirs(staff: StaffActor, ticket: Ticket) -> None:
    if not _is_theirs(staff, ticket):
        raise TicketStateUnfit


def _becomes(session: AsyncSession, staff: StaffActor, ticket: Ticket, to: int | None, *, at: datetime) -> None:
    if ticket.staff_id == to:
        return
    ticket.staff_id = to
    assert ticket.id is not None
    session.add(
        TicketNote(
            ticket_id=ticket.id,
            author=Author.STAFF,
            staff_id=staff.staff_id,
            is_internal=True,
            given_to=to,
            is_given_back=to is None,
            at=at,
        )
    )
    if ticket.state is TicketState.NEW and to is not None:
        move(session, ticket, TicketState.IN_WORK, at=at)
    session.add(ticket)
    tell(session, ticket)
