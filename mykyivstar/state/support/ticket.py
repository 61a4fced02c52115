"""A customer's ticket: where it stands, what was written, what they can add (K5)."""

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.support.tickets import hearing, queries, work
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.support.notes import NoteRow, note_row
from mykyivstar.state.support.rows import TicketRow, ticket_row

# Longer texts than a note may have come in, so that they are told so instead of being dropped.
_TEXT_MAX = 50_000


class NoteForm(TypedDict):
    """What is to be added, on the page of an address."""

    shown_for: str
    words: str


class OwnTicketState(AtAddress, Refusals, rx.State):
    """One ticket's page."""

    standing: str = "loading"
    ticket: TicketRow | None = None
    words: str = ""
    notes: list[NoteRow] = []
    # Grows with every note that was sent, so that the field is empty again.
    sent: int = 0

    @action
    async def load(self) -> None:
        """Show it."""
        self._clear_refusals()
        self._take_address()
        self.standing, self.ticket = "loading", None
        await self._refresh()
        await self._note_seen()

    @action
    async def refresh(self) -> None:
        """Has anything gone on?"""
        if self._is_here:
            await self._refresh()
            await self._note_seen()

    @action(text_max=_TEXT_MAX)
    async def write(self, form: NoteForm) -> None:
        """Add something."""
        self._demand_here(form["shown_for"])
        async with wiring.unit_of_work() as session:
            await work.customer_writes(session, actor(), self._code, text=form["words"], at=wiring.clock().now())
        self._clear_refusals()
        self.sent += 1
        await self._refresh()

    @action
    async def accept(self, shown_for: str) -> None:
        """It is solved indeed."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await work.customer_accepts(session, actor(), self._code, at=wiring.clock().now())
        await self._refresh()

    async def _note_seen(self) -> None:
        """What is on the screen is no news any more."""
        if self.ticket is not None and self.ticket.has_news:
            async with wiring.unit_of_work() as session:
                await hearing.saw(session, actor(), self._code, at=wiring.clock().now())

    async def _refresh(self) -> None:
        try:
            async with wiring.reading() as session:
                found = await queries.ticket_of(session, actor(), self._code)
                notes = await queries.notes(session, found, for_staff=False)
        except NotFound:
            self.standing = "nothing"
            return
        self.ticket, self.words = ticket_row(found), found.words
        self.notes = [note_row(note) for note in notes]
        self.standing = "ready"

    @property
    def _code(self) -> str:
        return self.rx_router_url.path.rpartition("/")[2][:32]


refreshes(routes.SUPPORT_TICKET, OwnTicketState.refresh)
