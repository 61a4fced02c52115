"""What the bars of every signed-in page show: who it is, which line is in hand, and all the others (B2)."""

from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.lines import service
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.lines.models import Brand
from mykyivstar.domain.overview.models import LinePart, Overview, Part
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.live import refreshers
from mykyivstar.state.overviews import overviews


@dataclass(frozen=True, slots=True)
class LineChip:
    """A line or internet account in a few words; `balance` in kopiykas, None when it is not known."""

    key: str
    kind: Literal["line", "internet"]
    nickname: str
    number: str
    balance: int | None
    colour: str
    chosen: bool


class ShellState(rx.State):
    """Bars of every signed-in page."""

    ready: bool = False
    name: str = ""
    lines: list[LineChip] = []
    chosen: LineChip | None = None
    brand: Literal["kyivstar", "djuice"] = "kyivstar"

    @action
    async def load(self) -> None:
        """Fill the bars; the address may name the line to begin with (`?line=line:12`)."""
        self._show(await overviews.of(actor()), wanted=self._in_address)

    @action
    async def refresh(self) -> None:
        """Bring the bars up to date."""
        self._show(await overviews.of(actor()))

    @action
    async def choose(self, key: str) -> Any:
        """Take another line in hand; one that is no longer there only brings the list up to date."""
        whole = await overviews.of(actor())
        if whole.part(key) is None:
            self._show(whole)
            return None
        self._show(whole, wanted=key)
        return [*(handler() for handler in refreshers(self.router.url.path)), ShellState.remember()]

    @action
    async def remember(self) -> None:
        """Keep what is in hand, to be found again after a lost connection or tomorrow."""
        if self.chosen is None:
            return
        async with wiring.unit_of_work() as session:
            try:
                key = HoldingKey.parse(self.chosen.key)
                await service.remember_chosen(session, actor(), key, at=wiring.clock().now())
            except NotFound:
                return  # Removed in another tab in this very moment; its refresh is on the way.
        overviews.forget([Subject(Topic.PROFILE, actor().profile_id)])

    @property
    def _in_address(self) -> str:
        return self.router.url.query_parameters.get("line", "")

    def _show(self, whole: Overview, *, wanted: str = "") -> Part | None:
        """Show all of them and say which one is in hand: the wanted, else the present, else the last one of before."""
        present = self.chosen.key if self.chosen else ""
        part = whole.part(wanted) or whole.part(present) or whole.last_chosen
        chips = [_chip(each, is_chosen=each is part) for each in whole.parts]
        show(
            self,
            ready=True,
            name=whole.name,
            lines=chips,
            chosen=next((chip for chip in chips if chip.chosen), None),
            brand=part.brand.value if isinstance(part, LinePart) else Brand.KYIVSTAR.value,
        )
        return part


def show(state: rx.State, **values: Any) -> None:
    """Set what differs: a var that is set is sent to the browser, changed or not."""
    for name, value in values.items():
        if getattr(state, name) != value:
            setattr(state, name, value)


def _chip(part: Part, *, is_chosen: bool) -> LineChip:
    return LineChip(
        key=str(part.key),
        kind="line" if isinstance(part, LinePart) else "internet",
        nickname=part.nickname,
        number=part.number,
        balance=None if part.balance is None else part.balance.kopiykas,
        colour=part.colour.value,
        chosen=is_chosen,
    )
