"""Conversations and tickets as lists show them."""

from dataclasses import dataclass

from mykyivstar.domain.support.models import Conversation
from mykyivstar.domain.support.tickets.models import Ticket
from mykyivstar.state.support.addresses import of_chat, of_ticket


@dataclass(frozen=True, slots=True)
class PastRow:
    """A conversation that has ended."""

    href: str
    specialism: str
    opened_at: str
    rating: int


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket in its customer's list."""

    href: str
    number: str
    title: str
    state: str
    opened_at: str
    deadline_at: str
    # There is an answer that the customer has not looked at.
    has_news: bool


def past_row(conversation: Conversation) -> PastRow:
    """A conversation as the history has it."""
    return PastRow(
        href=of_chat(conversation.code),
        specialism=conversation.specialism.value,
        opened_at=conversation.opened_at.isoformat(),
        rating=conversation.rating or 0,
    )


def ticket_row(ticket: Ticket) -> TicketRow:
    """A ticket as its customer's list has it."""
    return TicketRow(
        href=of_ticket(ticket.code),
        number=ticket.number,
        title=ticket.title,
        state=ticket.state.value,
        opened_at=ticket.opened_at.isoformat(),
        deadline_at=ticket.deadline_at.isoformat() if ticket.state.is_open else "",
        has_news=ticket.has_news,
    )
