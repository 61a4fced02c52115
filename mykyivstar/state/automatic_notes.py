"""What goes on by itself and wants to be known on the home screen: promised payments that are still open (N2)."""

import reflex as rx

from mykyivstar import wiring
from mykyivstar.domain.promises import queries
from mykyivstar.guard import action, actor
from mykyivstar.state.promises.rows import PromiseRow, promise_rows
from mykyivstar.state.shell import show


class NotesState(rx.State):
    """Notes of the home screen."""

    promises: list[PromiseRow] = []

    @action
    async def load(self) -> None:
        """Show them."""
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring them up to date."""
        await self._refresh()

    async def _refresh(self) -> None:
        async with wiring.reading() as session:
            promises = promise_rows(await queries.own(session, actor(), only_open=True))
        show(self, promises=promises)
