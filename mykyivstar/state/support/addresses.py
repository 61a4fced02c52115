"""Addresses of conversations and tickets."""

from typing import Literal

from mykyivstar import routes

Side = Literal["customer", "desk"]


def of_chat(code: str) -> str:
    """The customer's page of a conversation."""
    return routes.SUPPORT_CHAT.replace("[code]", code)


def of_ticket(code: str) -> str:
    """The customer's page of a ticket."""
    return routes.SUPPORT_TICKET.replace("[code]", code)


def of_desk_ticket(code: str) -> str:
    """The desk's page of a ticket."""
    return routes.DESK_TICKET.replace("[code]", code)


def of_file(code: str) -> str:
    """Where a file of a conversation is given out."""
    return f"/api/support/files/{code}"
