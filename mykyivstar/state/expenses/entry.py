"""One entry: why it is there, and saying that it is not right (O1, E6)."""

from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.expenses.disputes import dispute_entry, say_more
from mykyivstar.domain.expenses.story import story_of
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.expenses.entry_view import EntryView, entry_view
from mykyivstar.state.expenses.rows import names_for
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState, show

_ID_DIGITS_MAX = 18


class WordsForm(TypedDict):
    """What is wrong with it."""

    shown_for: str
    words: str


class EntryState(AtAddress, Refusals, rx.State):
    """An entry of the books."""

    standing: Literal["loading", "ready", "nothing"] = "loading"
    view: EntryView | None = None

    @action
    async def load(self) -> None:
        """Show the entry of the address."""
        self._clear_refusals()
        await self._refresh()
        self._take_address()

    @action
    async def refresh(self) -> None:
        """Bring it up to date: it may have been disputed, answered or taken back."""
        if self._is_here:
            await self._refresh()

    @action
    async def dispute(self, shown_for: str) -> None:
        """It is not right: one tap."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await dispute_entry(session, actor(), self._id, at=wiring.clock().now())
        self._clear_refusals()
        await self._refresh()

    @action
    async def say_more(self, form: WordsForm) -> None:
        """What is wrong with it."""
        self._demand_here(form["shown_for"])
        async with wiring.unit_of_work() as session:
            await say_more(session, actor(), self._id, words=form["words"], at=wiring.clock().now())
        self._clear_refusals()
        await self._refresh()

    @action
    async def show_number(self) -> None:
        """The other number as it is: asks for a fresh proof first (O9)."""
        require_fresh(actor(), wiring.clock().now())
        await self._refresh()

    @property
    def _id(self) -> int:
        last = self.router.url.path.rstrip("/").rpartition("/")[2]
        if not last.isdecimal() or len(last) > _ID_DIGITS_MAX:
            raise NotFound
        return int(last)

    async def _refresh(self) -> None:
        who = actor()
        whole = await overviews.of(who)
        (await self.get_state(ShellState))._show(whole)
        try:
            async with wiring.reading() as session:
                story = await story_of(session, who, self._id)
                names = await names_for(session, [story.seen.entry])
        except NotFound:
            show(self, standing="nothing", view=None)
            return
        has_proof = who.has_fresh_proof(wiring.clock().now())
        show(self, standing="ready", view=entry_view(story, names, whole, has_proof=has_proof))


refreshes(routes.EXPENSES_ENTRY, EntryState.refresh)
