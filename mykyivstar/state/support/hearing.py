"""How a customer wants to hear of answers to one request: by SMS, by e-mail, or only here (M5)."""

from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.support.tickets import hearing, queries
from mykyivstar.domain.support.tickets.models import AnswerBy
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.forms import Refusals


class HearingForm(TypedDict, total=False):
    """The way that was chosen, and the address of letters; on the page of which request."""

    shown_for: str
    way: Literal["sms", "email", "app"]
    email: str


class HearingState(AtAddress, Refusals, rx.State):
    """The choice on a ticket's page."""

    # What is chosen, or being chosen: letters need an address.
    way: str = ""
    email: str = ""
    # Grows with every choice that was saved.
    saved: int = 0

    @action
    async def load(self) -> None:
        """Show what is chosen."""
        self._clear_refusals()
        self.saved = 0
        try:
            async with wiring.reading() as session:
                found = await queries.ticket_of(session, actor(), self._code)
        except NotFound:
            self.way, self.email = "", ""
            return
        self.way, self.email = found.answer_by.value, found.contact_email or ""
        self._take_address()

    @action
    async def pick(self, way: Literal["sms", "email", "app"]) -> None:
        """Show what this way needs."""
        self._clear_refusals()
        self.way = way

    @action
    async def save(self, form: HearingForm) -> None:
        """From now on answers are told this way."""
        self._demand_here(form.get("shown_for", ""))
        self._clear_refusals()
        way = AnswerBy(form.get("way", "sms"))
        async with wiring.unit_of_work() as session:
            await hearing.choose(session, actor(), self._code, way=way, email=form.get("email", ""))
        self.way = way.value
        self.saved += 1

    @property
    def _code(self) -> str:
        return self.rx_router_url.path.rpartition("/")[2][:32]
