"""What was written on a ticket, as a list of lines."""

from dataclasses import dataclass

from mykyivstar.domain.support.tickets.models import TicketNote


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note, or that the state changed."""

    id: int
    by: str
    text: str
    state: str
    is_internal: bool
    at: str


def note_row(note: TicketNote) -> NoteRow:
    """A note as both sides see it."""
    return NoteRow(
        id=note.id or 0,
        by=note.author.value,
        text=note.text,
        state=note.state.value if note.state else "",
        is_internal=note.is_internal,
        at=note.at.isoformat(),
    )
