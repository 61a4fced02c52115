"""The list of a person's numbers and accounts: named, coloured, ordered, removed (B1)."""

from dataclasses import dataclass
from typing import Literal

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.lines import service
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.lines.models import Colour
from mykyivstar.domain.overview.models import Overview, Part
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.forms import Refusals
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState, show


class LookForm(TypedDict):
    """How one of them is called and what colour it has."""

    nickname: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class LineRow:
    """One of a person's own; `role` says what they may do with it."""

    key: str
    kind: str
    nickname: str
    number: str
    balance: int | None
    colour: str
    role: str
    is_first: bool
    is_last: bool


class LinesState(Refusals, rx.State):
    """List of numbers and accounts."""

    ready: bool = False
    rows: list[LineRow] = []
    # The one whose dialog is open, and which of the two dialogs.
    handled: LineRow | None = None
    dialog: Literal["", "look", "removal"] = ""

    @action
    async def load(self) -> None:
        """Show the list, no dialog open."""
        self._close()
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring the list and the bars up to date; an open dialog stays."""
        await self._refresh()

    @action
    async def move(self, key: str, by: Literal[-1, 1]) -> None:
        """One place up or down."""
        async with wiring.unit_of_work() as session:
            await service.move(session, actor(), HoldingKey.parse(key), by=by)
        await self._refresh()

    @action
    async def open_look(self, key: str) -> None:
        """Ask for a name and a colour."""
        self._open("look", key)

    @action
    async def save_look(self, form: LookForm) -> None:
        """Keep the name and the colour of the one that is asked about; no name at all shows the number again."""
        key = self._handled_key()
        async with wiring.unit_of_work() as session:
            await _dress(session, key, form)
        self._close()
        await self._refresh()

    @action
    async def open_removal(self, key: str) -> None:
        """Ask whether it is really to be removed."""
        self._open("removal", key)

    @action
    async def remove(self) -> None:
        """Take the one that is asked about from the list; the last one stays and it is said why."""
        key = self._handled_key()
        async with wiring.unit_of_work() as session:
            await service.remove(session, actor(), key)
        self._close()
        await self._refresh()

    @action
    async def close(self) -> None:
        """Close the dialog, nothing done."""
        self._close()

    async def _refresh(self) -> None:
        whole = await overviews.of(actor())
        (await self.get_state(ShellState))._show(whole)
        show(self, ready=True, rows=_rows(whole))

    def _close(self) -> None:
        self._clear_refusals()
        self.handled, self.dialog = None, ""

    def _open(self, dialog: Literal["look", "removal"], key: str) -> None:
        self._clear_refusals()
        self.handled = next((row for row in self.rows if row.key == key), None)
        if self.handled is None:
            raise NotFound
        self.dialog = dialog

    def _handled_key(self) -> HoldingKey:
        if self.handled is None:
            raise NotFound
        return HoldingKey.parse(self.handled.key)


async def _dress(session: AsyncSession, key: HoldingKey, form: LookForm) -> None:
    await service.rename(session, actor(), key, nickname=form["nickname"])
    await service.recolour(session, actor(), key, colour=form["colour"])


def _rows(whole: Overview) -> list[LineRow]:
    last = len(whole.parts) - 1
    return [_row(part, is_first=place == 0, is_last=place == last) for place, part in enumerate(whole.parts)]


def _row(part: Part, *, is_first: bool, is_last: bool) -> LineRow:
    return LineRow(
        key=str(part.key),
        kind=part.key.kind.value,
        nickname=part.nickname,
        number=part.number,
        balance=None if part.balance is None else part.balance.kopiykas,
        colour=part.colour.value,
        role=part.role.value,
        is_first=is_first,
        is_last=is_last,
    )
