"""Tickets at the desk: the list by deadline, and one of them (K5, K6)."""

from dataclasses import dataclass
from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support import reading
from mykyivstar.domain.support.card import look
from mykyivstar.domain.support.tickets import queries, work
from mykyivstar.domain.support.tickets.models import Ticket, TicketState
from mykyivstar.guard import action, staff_actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.desk.rows import CardRow, card_row
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.support.addresses import of_desk_ticket
from mykyivstar.state.support.notes import NoteRow, note_row

_CONSULTANT = StaffRole.CONSULTANT
Shown = Literal["open", "mine", "all"]


@dataclass(frozen=True, slots=True)
class DeskTicketRow:
    """A ticket in the desk's list."""

    href: str
    number: str
    title: str
    state: str
    source: str
    specialism: str
    opened_at: str
    deadline_at: str
    is_late: bool
    is_mine: bool
    is_anybodys: bool
    has_profile: bool


class AnswerForm(TypedDict, total=False):
    """What is written, for whom, and the state afterwards."""

    words: str
    state: Literal["", "in_work", "waits_for_customer", "solved"]
    internal: str | bool


class DeskTicketsState(Refusals, rx.State):
    """The list of tickets."""

    ready: bool = False
    shown: str = "open"
    tickets: list[DeskTicketRow] = []

    @action(staff=_CONSULTANT)
    async def load(self) -> None:
        """Show it."""
        self._clear_refusals()
        await self._refresh()
        self.ready = True

    @action(staff=_CONSULTANT)
    async def refresh(self) -> None:
        """Has anything gone on?"""
        await self._refresh()

    @action(staff=_CONSULTANT)
    async def show_only(self, shown: Shown) -> None:
        """Open ones, one's own, or all."""
        self.shown = shown
        await self._refresh()

    async def _refresh(self) -> None:
        who = staff_actor()
        async with wiring.reading() as session:
            found = await work.work_list(session, who, mine=self.shown == "mine", open_only=self.shown != "all")
        self.tickets = [desk_ticket_row(each, who.staff_id) for each in found]


class DeskTicketState(Refusals, rx.State):
    """One ticket at the desk."""

    standing: str = "loading"
    ticket: DeskTicketRow | None = None
    words: str = ""
    of_whom: str = ""
    notes: list[NoteRow] = []
    card: CardRow | None = None
    sent: int = 0

    @action(staff=_CONSULTANT)
    async def load(self) -> None:
        """Show it."""
        self._clear_refusals()
        self.standing, self.ticket, self.card = "loading", None, None
        await self._refresh()

    @action(staff=_CONSULTANT)
    async def refresh(self) -> None:
        """Has anything gone on?"""
        await self._refresh()

    @action(staff=_CONSULTANT)
    async def take(self) -> None:
        """It is mine now."""
        async with wiring.unit_of_work() as session:
            await work.take(session, staff_actor(), self._code, at=wiring.clock().now())
        self._clear_refusals()
        await self._refresh()

    @action(staff=_CONSULTANT)
    async def write(self, form: AnswerForm) -> None:
        """Answer, or note something for the staff."""
        state = form.get("state", "")
        async with wiring.unit_of_work() as session:
            await work.staff_writes(
                session,
                staff_actor(),
                self._code,
                text=form.get("words", ""),
                is_internal=bool(form.get("internal")),
                state=TicketState(state) if state else None,
                at=wiring.clock().now(),
            )
        self._clear_refusals()
        self.sent += 1
        await self._refresh()

    @action(staff=_CONSULTANT)
    async def show_card(self) -> None:
        """Look at the customer; the look is written down."""
        async with wiring.unit_of_work() as session:
            self.card = card_row(await look(session, staff_actor(), ticket=self._code, at=wiring.clock().now()))

    @action(staff=_CONSULTANT)
    async def put_away(self) -> None:
        """Close the card."""
        self.card = None

    async def _refresh(self) -> None:
        who = staff_actor()
        try:
            async with wiring.reading() as session:
                found = await work.for_staff(session, who, self._code)
                notes = await queries.notes(session, found, for_staff=True)
                self.of_whom = await reading.name_of(session, found.staff_id)
        except NotFound:
            self.standing = "nothing"
            return
        self.ticket, self.words = desk_ticket_row(found, who.staff_id), found.words
        self.notes = [note_row(note) for note in notes]
        self.standing = "ready"

    @property
    def _code(self) -> str:
        return self.rx_router_url.path.rpartition("/")[2][:32]


def desk_ticket_row(ticket: Ticket, staff_id: int) -> DeskTicketRow:
    """A ticket for this member."""
    return DeskTicketRow(
        href=of_desk_ticket(ticket.code),
        number=ticket.number,
        title=ticket.title,
        state=ticket.state.value,
        source=ticket.source.value,
        specialism=ticket.specialism.value,
        opened_at=ticket.opened_at.isoformat(),
        deadline_at=ticket.deadline_at.isoformat(),
        is_late=ticket.state.is_open and ticket.deadline_at < wiring.clock().now(),
        is_mine=ticket.staff_id == staff_id,
        is_anybodys=ticket.staff_id is None,
        has_profile=ticket.profile_id is not None,
    )


refreshes(routes.DESK_TICKETS, DeskTicketsState.refresh)
refreshes(routes.DESK_TICKET, DeskTicketState.refresh)
