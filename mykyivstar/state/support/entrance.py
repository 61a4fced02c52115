"""Where a customer asks for a specialist, and finds earlier conversations and requests (K1, K5)."""

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.domain.support import conversations, reading
from mykyivstar.domain.support.models import Specialism
from mykyivstar.domain.support.queue import expected_wait
from mykyivstar.domain.support.tickets import queries
from mykyivstar.guard import action, actor
from mykyivstar.state.assistant.state import AssistantState
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.shell import show
from mykyivstar.state.support.addresses import of_chat
from mykyivstar.state.support.rows import PastRow, TicketRow, past_row, ticket_row


class SupportState(Refusals, rx.State):
    """The support page."""

    ready: bool = False
    # The conversation that is running, "" for none.
    running: str = ""
    running_specialism: str = ""
    # Minutes a newcomer may wait, by specialism.
    waits: dict[str, int] = {}
    past: list[PastRow] = []
    tickets: list[TicketRow] = []
    # The newest request with an answer that was not looked at, "" for none.
    news: str = ""

    @action
    async def load(self) -> None:
        """Show it."""
        self._clear_refusals()
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Has anything gone on?"""
        await self._refresh()

    @action
    async def ask(self, specialism: Specialism):
        """Go and wait for this specialist, who reads what the assistant was asked; a running one is gone on with."""
        self._clear_refusals()
        return await (await self.get_state(AssistantState))._begin(specialism)

    async def _refresh(self) -> None:
        at = wiring.clock().now()
        async with wiring.reading() as session:
            running = await conversations.running_of(session, actor())
            waits = {}
            for each in Specialism:
                position = await reading.waiting_count(session, each) + 1
                wait = await expected_wait(session, each, position, at=at)
                waits[each.value] = max(1, round(wait.total_seconds() / 60))
            past = [past_row(each) for each in await reading.history(session, actor())]
            tickets = [ticket_row(each) for each in await queries.tickets(session, actor())]
        show(
            self,
            ready=True,
            running=of_chat(running.code) if running else "",
            running_specialism=running.specialism.value if running else "",
            waits=waits,
            past=past,
            tickets=tickets,
            news=next((each.href for each in tickets if each.has_news), ""),
        )


refreshes(routes.SUPPORT, SupportState.refresh)
