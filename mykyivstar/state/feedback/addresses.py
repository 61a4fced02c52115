"""Addresses of what was sent by the contact form."""

from mykyivstar import routes
from mykyivstar.domain.support.tickets.models import Ticket
from mykyivstar.state.support.addresses import of_ticket


def of_request(ticket: Ticket) -> str:
    """Where whoever sent it reads it: a customer among their own, anybody else at an address that nobody guesses."""
    return routes.CONTACT_REQUEST.replace("[code]", ticket.code) if ticket.is_public else of_ticket(ticket.code)
