"""What the bars of every signed-in page show: who it is, which line is in hand, and all the others (B2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from weakref import WeakKeyDictionary

import reflex as rx
from reflex.istate.data import URLData

from mykyivstar.domain.lines.models import Brand
from mykyivstar.domain.overview.models import LinePart, Overview, Part
from mykyivstar.guard import action, actor, caller
from mykyivstar.state.choices import choices
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


class ShellState(rx.State):
    """Bars of every signed-in page."""

    ready: bool = False
    name: str = ""
    lines: list[LineChip] = []
    chosen: LineChip | None = None
    brand: Literal["kyivstar", "djuice"] = "kyivstar"
    # On a page that anybody may see: nobody is signed in.
    is_nobody: bool = False

    @action
    async def load(self) -> None:
        """Fill the bars; the address may name the line to begin with (`?line=line:12`)."""
        self._show(await overviews.of(actor()), wanted=self._in_address)

    @action(public=True)
    async def look_who(self) -> None:
        """On a page that anybody may see: fill the bars of whoever is signed in, or know that nobody is."""
        who = caller().actor
        show(self, is_nobody=who is None)
        if who is not None:
            self._show(await overviews.of(who), wanted=self._in_address)

    @action
    async def refresh(self) -> None:
        """Bring the bars up to date."""
        self._show(await overviews.of(actor()))

    @action
    async def choose(self, key: str) -> None:
        """Take another line in hand; one that is no longer there only brings the list up to date."""
        whole = await overviews.of(actor())
        part = self._show(whole, wanted=key)
        if part is None or str(part.key) != key:
            return
        choices.note(actor().profile_id, part.key)
        for handler in refreshers(self._url.path):
            await handler.fn(await self.get_state(handler.state))

    @property
    def _in_address(self) -> str:
        return self._url.query_parameters.get("line", "")

    @property
    def _url(self) -> URLData:
        # Not by way of `router`, which is put together anew each time, nor with a watch on what is only read.
        url: URLData = self.get_value("rx_router_url")
        return url

    def _show(self, whole: Overview, *, wanted: str = "") -> Part | None:
        """Show all of them and say which one is in hand: the wanted, else the present, else the last one of before."""
        present = self.chosen.key if self.chosen else ""
        part = whole.part(wanted) or whole.part(present) or choices.last(actor().profile_id, whole)
        chips = _chips(whole)
        show(
            self,
            ready=True,
            name=whole.name,
            lines=chips,
            chosen=next((chip for chip, each in zip(chips, whole.parts, strict=True) if each is part), None),
            brand=part.brand.value if isinstance(part, LinePart) else Brand.KYIVSTAR.value,
        )
        return part


def show(state: rx.State, **values: Any) -> None:
    """Set what differs: a var that is set is sent to the browser, changed or not."""
    kept, built = vars(state), _built_with(type(state))
    for name, value in values.items():
        # What it holds, or was built with when nobody has asked yet: a copy of that would be made for nothing.
        if (kept[name] if name in kept else built[name]) != value:
            setattr(state, name, value)


@cache
def _built_with(cls: Any) -> Mapping[str, Any]:
    """The first values of its vars, to compare with: nobody gets hold of them."""
    return {name: field.default_value() for name, field in cls.get_fields().items()}


# Of one reading; never changed once made, since several tabs share it.
_made: WeakKeyDictionary[Overview, list[LineChip]] = WeakKeyDictionary()


def _chips(whole: Overview) -> list[LineChip]:
    if (chips := _made.get(whole)) is None:
        chips = _made[whole] = [_chip(each) for each in whole.parts]
    return chips


def _chip(part: Part) -> LineChip:
    return LineChip(
        key=str(part.key),
        kind="line" if isinstance(part, LinePart) else "internet",
        nickname=part.nickname,
        number=part.number,
        balance=None if part.balance is None else part.balance.kopiykas,
        colour=part.colour.value,
    )
