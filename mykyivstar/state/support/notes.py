"""What was written on a ticket, as a list of lines."""

from collections.abc import Mapping
from dataclasses import dataclass

from mykyivstar.domain.support.tickets.models import TicketNote


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note, or that the state changed, or (for the staff) whose it became."""

    id: int
    by: str
    # For the staff: who of them wrote it, whose it became, or that it is nobody's again.
    name: str
    given_to: str
    is_given_back: bool
    text: str
    state: str
    is_internal: bool
    at: str


def note_row(note: TicketNote, names: Mapping[int, str] = {}) -> NoteRow:
    """A note as both sides see it; the staff know the names of their own."""
    return NoteRow(
        id=note.id or 0,
        by=note.author.value,
        name=names.get(note.staff_id or 0, ""),
        given_to=names.get(note.given_to or 0, ""),
        is_given_back=note.is_given_back,
        text=note.text,
        state=note.state.value if note.state else "",
        is_internal=note.is_internal,
        at=note.at.isoformat(),
    )
