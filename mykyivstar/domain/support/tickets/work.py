"""A ticket's life: taken, answered, waited for, solved, closed; by both sides (K5)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support.desk import member_of
from mykyivstar.domain.support.errors import TicketClosed, TicketStateUnfit
from mykyivstar.domain.support.models import Author
from mykyivstar.domain.support.texts import message_text
from mykyivstar.domain.support.tickets.disputes import answer_on_the_dispute
from mykyivstar.domain.support.tickets.models import Ticket, TicketNote, TicketSource, TicketState
from mykyivstar.domain.support.tickets.queries import ticket_of
from mykyivstar.domain.support.tickets.telling import answered, tell
from mykyivstar.kit.errors import NotFound

# A solved ticket that nobody speaks of any more is closed.
CLOSES_AFTER = timedelta(days=3)
_BY_STAFF = {TicketState.IN_WORK, TicketState.WAITS_FOR_CUSTOMER, TicketState.SOLVED}
_LIST_MOST = 200
_ONE_PRESS = timedelta(minutes=1)
Whose = Literal["anybodys", "mine", "nobodys"]


async def customer_writes(session: AsyncSession, actor: Actor, code: str, *, text: str, at: datetime) -> None:
    """The customer adds something; a ticket that waited for them, or was solved, goes on.

    Raises NotFound, TicketClosed, MessageEmpty, MessageTooLong.
    """
    await asker_writes(session, await ticket_of(session, actor, code), text=text, at=at)


async def asker_writes(session: AsyncSession, ticket: Ticket, *, text: str, at: datetime) -> None:
    """The same by whoever the caller found to be its asker; what was just said is not said twice.

    Raises TicketClosed, MessageEmpty, MessageTooLong.
    """
    ticket, said = await locked(session, ticket), message_text(text)
    if ticket.state is TicketState.CLOSED:
        raise TicketClosed
    if await _has_just_said(session, ticket, Author.CUSTOMER, said, at):
        return
    _note(session, ticket, Author.CUSTOMER, said, at=at)
    if ticket.state in {TicketState.WAITS_FOR_CUSTOMER, TicketState.SOLVED}:
        move(session, ticket, TicketState.IN_WORK, at=at)
        ticket.deadline_at = at + ticket.source.answered_within
    tell(session, ticket)


async def customer_accepts(session: AsyncSession, actor: Actor, code: str, *, at: datetime) -> None:
    """It is solved indeed. Raises NotFound, TicketStateUnfit."""
    await asker_accepts(session, await ticket_of(session, actor, code), at=at)


async def asker_accepts(session: AsyncSession, ticket: Ticket, *, at: datetime) -> None:
    """The same by whoever the caller found to be its asker; once more it stays so. Raises TicketStateUnfit."""
    ticket = await locked(session, ticket)
    if ticket.state is TicketState.CLOSED:
        return
    if ticket.state is not TicketState.SOLVED:
        raise TicketStateUnfit
    move(session, ticket, TicketState.CLOSED, at=at)
    tell(session, ticket)


async def work_list(
    session: AsyncSession, staff: StaffActor, *, whose: Whose = "anybodys", open_only: bool = True
) -> Sequence[Ticket]:
    """Tickets that this member may work on, the soonest deadline first; a lead's list has every specialism."""
    statement = select(Ticket).order_by(col(Ticket.deadline_at), col(Ticket.id)).limit(_LIST_MOST)
    if whose == "mine":
        statement = statement.where(Ticket.staff_id == staff.staff_id)
    elif not staff.role.includes(StaffRole.LEAD):
        skills = (await member_of(session, staff)).skill_list
        statement = statement.where(or_(col(Ticket.specialism).in_(skills), Ticket.staff_id == staff.staff_id))
    if whose == "nobodys":
        statement = statement.where(col(Ticket.staff_id).is_(None))
    if open_only:
        statement = statement.where(col(Ticket.state).not_in([TicketState.SOLVED, TicketState.CLOSED]))
    return (await session.exec(statement)).all()


async def for_staff(session: AsyncSession, staff: StaffActor, code: str) -> Ticket:
    """A ticket that this member may work on. Raises NotFound."""
    ticket = (await session.exec(select(Ticket).where(Ticket.code == code))).first()
    if ticket is None:
        raise NotFound
    if staff.role.includes(StaffRole.LEAD) or ticket.staff_id == staff.staff_id:
        return ticket
    if ticket.specialism.value not in (await member_of(session, staff)).skill_list:
        raise NotFound
    return ticket


async def staff_writes(
    session: AsyncSession,
    staff: StaffActor,
    code: str,
    *,
    text: str,
    is_internal: bool,
    state: TicketState | None,
    at: datetime,
) -> None:
    """An answer, or a note for the staff alone; perhaps a new state with it. What was just said is not said twice.

    Raises NotFound, TicketClosed, TicketStateUnfit, MessageEmpty, MessageTooLong.
    """
    ticket = await locked(session, await for_staff(session, staff, code))
    if ticket.state is TicketState.CLOSED:
        raise TicketClosed
    if state is not None and state not in _BY_STAFF:
        raise TicketStateUnfit
    is_the_same = (state is None or state is ticket.state) and await _has_just_said(
        session, ticket, Author.STAFF, message_text(text), at, staff_id=staff.staff_id, is_internal=is_internal
    )
    if is_the_same:
        return
    said = _note(session, ticket, Author.STAFF, message_text(text), at=at, staff=staff, is_internal=is_internal)
    ticket.staff_id = ticket.staff_id or staff.staff_id
    if state is not None and state is not ticket.state:
        move(session, ticket, state, at=at)
    elif ticket.state is TicketState.NEW:
        move(session, ticket, TicketState.IN_WORK, at=at)
    if not is_internal:
        ticket.answered_at, ticket.last_answer_at = ticket.answered_at or at, at
        if ticket.source is TicketSource.DISPUTE:
            await answer_on_the_dispute(session, ticket, message_text(text), at=at)
        await answered(session, ticket, said, at=at)
    session.add(ticket)
    tell(session, ticket)


async def solve(session: AsyncSession, source: TicketSource, source_ref: str, *, at: datetime) -> None:
    """What it came from has ended: an open ticket of it is solved; where there is none, nothing happens."""
    rows = await session.exec(
        select(Ticket).where(Ticket.source == source, Ticket.source_ref == source_ref).with_for_update()
    )
    if (ticket := rows.first()) is not None and ticket.state.is_open:
        move(session, ticket, TicketState.SOLVED, at=at)
        tell(session, ticket)


async def close_the_solved(session: AsyncSession, *, at: datetime) -> int:
    """Close what was solved and not spoken of for three days; how many."""
    rows = await session.exec(
        select(Ticket)
        .where(Ticket.state == TicketState.SOLVED, col(Ticket.state_at) < at - CLOSES_AFTER)
        .limit(_LIST_MOST)
        .with_for_update(skip_locked=True)
    )
    found = rows.all()
    for ticket in found:
        move(session, ticket, TicketState.CLOSED, at=at)
        tell(session, ticket)
    return len(found)


async def locked(session: AsyncSession, ticket: Ticket) -> Ticket:
    """The same, with nobody else changing it until the end of the transaction."""
    rows = await session.exec(
        select(Ticket).where(Ticket.id == ticket.id).with_for_update().execution_options(populate_existing=True)
    )
    return rows.one()


def move(session: AsyncSession, ticket: Ticket, state: TicketState, *, at: datetime) -> None:
    """Into this state, with a note that it is so."""
    ticket.state, ticket.state_at = state, at
    session.add(ticket)
    assert ticket.id is not None
    session.add(TicketNote(ticket_id=ticket.id, author=Author.SYSTEM, state=state, at=at))


def _note(
    session: AsyncSession,
    ticket: Ticket,
    author: Author,
    text: str,
    *,
    at: datetime,
    staff: StaffActor | None = None,
    is_internal: bool = False,
) -> TicketNote:
    assert ticket.id is not None
    note = TicketNote(ticket_id=ticket.id, author=author, text=text, is_internal=is_internal, at=at)
    note.staff_id = staff.staff_id if staff else None
    session.add(note)
    return note


async def _has_just_said(
    session: AsyncSession,
    ticket: Ticket,
    author: Author,
    text: str,
    at: datetime,
    *,
    staff_id: int | None = None,
    is_internal: bool = False,
) -> bool:
    """A form that was sent twice: the same words, with nobody's between them."""
    said = (TicketNote.ticket_id == ticket.id, TicketNote.author != Author.SYSTEM)
    newest = select(TicketNote).where(*said).order_by(col(TicketNote.id).desc()).limit(1)
    last = (await session.exec(newest)).first()
    if last is None or at - last.at >= _ONE_PRESS:
        return False
    return (last.author, last.staff_id, last.is_internal, last.text) == (author, staff_id, is_internal, text)
