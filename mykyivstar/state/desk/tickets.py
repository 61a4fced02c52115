"""Tickets at the desk: the list by deadline, and one of them (K5, K6)."""

import re
from dataclasses import dataclass
from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support import reading
from mykyivstar.domain.support.card import look
from mykyivstar.domain.support.tickets import assigning, queries, work
from mykyivstar.domain.support.tickets.models import Ticket, TicketState
from mykyivstar.guard import action, staff_actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.desk.rows import CardRow, ColleagueRow, card_row, colleague_row
from mykyivstar.state.desk.work_list import WorkList
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.support.addresses import of_desk_ticket
from mykyivstar.state.support.notes import NoteRow, note_row

_CONSULTANT = StaffRole.CONSULTANT
Shown = Literal["open", "mine", "nobodys", "all"]


_WHOSE: dict[str, work.Whose] = {"mine": "mine", "nobodys": "nobodys"}


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
    # How whoever wrote without signing in calls themselves, and how they hear of an answer.
    asker: str
    answer_by: str


class AnswerForm(TypedDict, total=False):
    """What is written, for whom, and the state afterwards; on the page of which request."""

    shown_for: str
    words: str
    state: Literal["", "in_work", "waits_for_customer", "solved"]
    internal: str | bool


class GiveForm(TypedDict):
    """To whom, and what."""

    shown_for: str
    colleague: str


class DeskTicketsState(WorkList, rx.State):
    """The list of tickets."""

    tickets: list[DeskTicketRow] = []

    @action(staff=_CONSULTANT)
    async def show_only(self, shown: Shown) -> None:
        """Open ones, one's own, those that nobody has taken, or all."""
        self.shown = shown
        await self._refresh()

    async def _refresh(self) -> None:
        who = staff_actor()
        async with wiring.reading() as session:
            found = await work.work_list(
                session, who, whose=_WHOSE.get(self.shown, "anybodys"), open_only=self.shown != "all"
            )
        self.tickets = [desk_ticket_row(each, who.staff_id) for each in found]


class DeskTicketState(AtAddress, Refusals, rx.State):
    """One ticket at the desk."""

    standing: str = "loading"
    ticket: DeskTicketRow | None = None
    words: str = ""
    of_whom: str = ""
    notes: list[NoteRow] = []
    card: CardRow | None = None
    # To whom it may be given by whoever looks; the question to whom is open.
    colleagues: list[ColleagueRow] = []
    is_giving: bool = False
    sent: int = 0

    @action(staff=_CONSULTANT)
    async def load(self) -> None:
        """Show it."""
        self._clear_refusals()
        self._take_address()
        self.standing, self.ticket, self.card, self.is_giving = "loading", None, None, False
        await self._refresh()

    @action(staff=_CONSULTANT)
    async def refresh(self) -> None:
        """Has anything gone on?"""
        if self._is_here:
            await self._refresh()

    @action(staff=_CONSULTANT)
    async def take(self, shown_for: str) -> None:
        """It is mine now."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await assigning.take(session, staff_actor(), self._code, at=wiring.clock().now())
        await self._assigned()

    @action(staff=_CONSULTANT)
    async def ask_give(self) -> None:
        """To whom?"""
        self._clear_refusals()
        self.is_giving = True

    @action(staff=_CONSULTANT)
    async def give(self, form: GiveForm) -> None:
        """A colleague goes on with it."""
        self._demand_here(form["shown_for"])
        to = int(form["colleague"]) if re.fullmatch(r"[0-9]{1,18}", form["colleague"]) else 0
        async with wiring.unit_of_work() as session:
            await assigning.give(session, staff_actor(), self._code, to=to, at=wiring.clock().now())
        await self._assigned()

    @action(staff=_CONSULTANT)
    async def give_back(self, shown_for: str) -> None:
        """Anybody with the skill may take it."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await assigning.give_back(session, staff_actor(), self._code, at=wiring.clock().now())
        await self._assigned()

    @action(staff=_CONSULTANT)
    async def write(self, form: AnswerForm) -> None:
        """Answer, or note something for the staff."""
        self._demand_here(form.get("shown_for", ""))
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
    async def show_card(self, shown_for: str) -> None:
        """Look at the customer; the look is written down."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            self.card = card_row(await look(session, staff_actor(), ticket=self._code, at=wiring.clock().now()))

    @action(staff=_CONSULTANT)
    async def put_away(self) -> None:
        """Close card and question."""
        self._clear_refusals()
        self.card, self.is_giving = None, False

    async def _assigned(self) -> None:
        self._clear_refusals()
        self.is_giving = False
        await self._refresh()

    async def _refresh(self) -> None:
        who = staff_actor()
        try:
            async with wiring.reading() as session:
                found = await work.for_staff(session, who, self._code)
                notes = await queries.notes(session, found, for_staff=True)
                names = await assigning.names_in(session, notes)
                colleagues = await assigning.colleagues(session, who, found)
                self.of_whom = await reading.name_of(session, found.staff_id)
        except NotFound:
            # Given to somebody with another skill: nothing of it stays on this screen.
            self.ticket, self.words, self.of_whom, self.notes, self.card = None, "", "", [], None
            self.colleagues, self.is_giving = [], False
            self.standing = "nothing"
            return
        self.ticket, self.words = desk_ticket_row(found, who.staff_id), found.words
        self.notes = [note_row(note, names) for note in notes]
        self.colleagues = [colleague_row(member) for member in colleagues]
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
        asker=ticket.contact_name,
        answer_by=ticket.answer_by.value,
    )


refreshes(routes.DESK_TICKETS, DeskTicketsState.refresh)
refreshes(routes.DESK_TICKET, DeskTicketState.refresh)
