"""A request of somebody who is not signed in, on its page that nobody else finds (K3)."""

from dataclasses import dataclass

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.feedback import requests
from mykyivstar.domain.support.tickets import queries
from mykyivstar.domain.support.tickets.models import Ticket
from mykyivstar.guard import action, caller
from mykyivstar.kit.errors import NotFound
from mykyivstar.settings import settings
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.forms import Refusals
from mykyivstar.state.shell import show
from mykyivstar.state.support.notes import NoteRow, note_row

_TEXT_MAX = 50_000


class AdditionForm(TypedDict):
    """What is to be added, on the page of an address."""

    shown_for: str
    words: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """The request; its deadline is "" when nobody owes an answer."""

    number: str
    title: str
    words: str
    state: str
    opened_at: str
    deadline_at: str
    # Where the answer goes, most of it hidden: whoever looks over somebody's shoulder learns no address.
    contact: str
    # The address of this page, to be kept.
    address: str


class OwnRequestState(AtAddress, Refusals, rx.State):
    """One request's page."""

    standing: str = "loading"
    request: RequestView | None = None
    notes: list[NoteRow] = []
    # Grows with every note that was sent, so that the field is empty again.
    sent: int = 0

    @action(public=True)
    async def load(self) -> None:
        """Show it."""
        self._clear_refusals()
        self._take_address()
        self.standing, self.request = "loading", None
        await self._refresh()

    @action(public=True)
    async def refresh(self) -> None:
        """Has anything gone on?"""
        if self._is_here:
            await self._refresh()

    @action(public=True, text_max=_TEXT_MAX)
    async def write(self, form: AdditionForm) -> None:
        """Add something."""
        self._demand_here(form["shown_for"])
        at = wiring.clock().now()
        await requests.write(wiring.unit_of_work, self._code, text=form["words"], address=caller().address, at=at)
        self._clear_refusals()
        self.sent += 1
        await self._refresh()

    @action(public=True)
    async def accept(self, shown_for: str) -> None:
        """It is solved indeed."""
        self._demand_here(shown_for)
        self._clear_refusals()
        async with wiring.unit_of_work() as session:
            await requests.accept(session, self._code, at=wiring.clock().now())
        await self._refresh()

    async def _refresh(self) -> None:
        try:
            async with wiring.reading() as session:
                found = await requests.request_of(session, self._code)
                notes = await queries.notes(session, found, for_staff=False)
        except NotFound:
            show(self, standing="nothing", request=None, notes=[])
            return
        show(self, standing="ready", request=request_view(found), notes=[note_row(note) for note in notes])

    @property
    def _code(self) -> str:
        return self.rx_router_url.path.rpartition("/")[2][:32]


def request_view(ticket: Ticket) -> RequestView:
    """The request as its page has it."""
    return RequestView(
        number=ticket.number,
        title=ticket.title,
        words=ticket.words,
        state=ticket.state.value,
        opened_at=ticket.opened_at.isoformat(),
        deadline_at=ticket.deadline_at.isoformat() if ticket.state.is_open else "",
        contact=ticket.contact_phone.masked if ticket.contact_phone else masked_email(ticket.contact_email or ""),
        address=requests.address_of(settings().site, ticket.code),
    )


def masked_email(address: str) -> str:
    """For example "o•••@example.com"."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}" if domain else ""
