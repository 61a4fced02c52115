"""A customer's tickets; every question starts from who asks."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.support.tickets.models import Ticket, TicketNote
from mykyivstar.kit.errors import NotFound

PAGE = 50


async def tickets(session: AsyncSession, actor: Actor) -> Sequence[Ticket]:
    """The actor's newest tickets."""
    rows = await session.exec(
        select(Ticket).where(Ticket.profile_id == actor.profile_id).order_by(col(Ticket.id).desc()).limit(PAGE)
    )
    return rows.all()


async def ticket_of(session: AsyncSession, actor: Actor, code: str) -> Ticket:
    """The actor's own ticket. Raises NotFound."""
    found = await session.exec(select(Ticket).where(Ticket.code == code, Ticket.profile_id == actor.profile_id))
    if (ticket := found.first()) is None:
        raise NotFound
    return ticket


async def notes(session: AsyncSession, ticket: Ticket, *, for_staff: bool) -> Sequence[TicketNote]:
    """What was written, in order; internal notes are for the staff."""
    statement = select(TicketNote).where(TicketNote.ticket_id == ticket.id).order_by(col(TicketNote.id))
    if not for_staff:
        statement = statement.where(col(TicketNote.is_internal).is_(False))
    return (await session.exec(statement)).all()
