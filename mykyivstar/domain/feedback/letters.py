"""What a letter about an answer says. Of what whoever asked has typed there is nothing in it: no name, no words."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.support.tickets.models import Ticket, TicketNote


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the staff to a ticket."""

    number: str
    code: str
    text: str
    # Whoever knows the address reads it; else its customer does, signed in.
    is_public: bool


async def answer_of(session: AsyncSession, note_id: int) -> Answer:
    """The answer that was written in this note."""
    note = await session.get_one(TicketNote, note_id)
    ticket = await session.get_one(Ticket, note.ticket_id)
    return Answer(ticket.number, ticket.code, note.text, ticket.is_public)
