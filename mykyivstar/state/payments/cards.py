"""Saved cards: their names, and removing one after a question (D8)."""

from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.payments import saved_cards
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.forms import Refusals
from mykyivstar.state.payments.addresses import card_id
from mykyivstar.state.payments.rows import CardRow, card_rows
from mykyivstar.state.shell import show


class NameForm(TypedDict):
    """How a card is called."""

    name: str


class CardsState(Refusals, rx.State):
    """List of saved cards."""

    ready: bool = False
    rows: list[CardRow] = []
    handled: CardRow | None = None
    dialog: Literal["", "name", "removal"] = ""

    @action
    async def load(self) -> None:
        """Show them, no dialog open."""
        self._close()
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring them up to date; an open dialog stays."""
        await self._refresh()

    @action
    async def open_name(self, card: str) -> None:
        """Ask for a name."""
        self._open("name", card)

    @action
    async def save_name(self, form: NameForm) -> None:
        """Keep the name; no name at all shows the mask again."""
        async with wiring.unit_of_work() as session:
            await saved_cards.rename(session, actor(), self._handled_id(), name=form["name"])
        self._close()
        await self._refresh()

    @action
    async def open_removal(self, card: str) -> None:
        """Ask whether it is really to go."""
        self._open("removal", card)

    @action
    async def remove(self) -> None:
        """Forget the one that is asked about, here and at the bank."""
        async with wiring.unit_of_work() as session:
            await saved_cards.remove(session, actor(), self._handled_id(), at=wiring.clock().now())
        self._close()
        await self._refresh()

    @action
    async def close(self) -> None:
        """Close the dialog, nothing done."""
        self._close()

    async def _refresh(self) -> None:
        async with wiring.reading() as session:
            found = await saved_cards.saved_cards(session, actor())
        show(self, ready=True, rows=card_rows(found))

    def _close(self) -> None:
        self._clear_refusals()
        self.handled, self.dialog = None, ""

    def _open(self, dialog: Literal["name", "removal"], card: str) -> None:
        self._clear_refusals()
        self.handled = next((row for row in self.rows if row.id == card), None)
        if self.handled is None:
            raise NotFound
        self.dialog = dialog

    def _handled_id(self) -> int:
        if self.handled is None:
            raise NotFound
        return card_id(self.handled.id)
