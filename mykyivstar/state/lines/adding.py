"""Adding a number or an internet account: number, its code, added (B1)."""

from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.identity.errors import FlowLost
from mykyivstar.domain.lines import flows, queries
from mykyivstar.domain.lines.flows import Adding
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.guard import action, actor, caller
from mykyivstar.kit.errors import CustomerError
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState
from mykyivstar.state.lines.state import LinesState
from mykyivstar.state.live import refreshes
from mykyivstar.state.shell import show

# What a suggestion's number has in place of its digits: nothing to be typed.
_MASK = "•"


class NumberForm(TypedDict):
    """What is to be added."""

    number: str


class CodeForm(TypedDict):
    """The code that came to it."""

    code: str


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """Something that seems to be the same person's, its number masked."""

    key: str
    kind: str
    masked: str


class AddingState(Refusals, rx.State):
    """Adding a number."""

    ready: bool = False
    step: Literal["number", "code"] = "number"
    kind: Literal["line", "internet"] = "line"
    typed: str = ""
    expires_at: str = ""
    resend_at: str = ""
    suggestions: list[SuggestionRow] = []
    # How many were added with the last code, and how often that happened: what the passing word is shown by.
    added: int = 0
    times_added: int = 0

    @action
    async def load(self) -> None:
        """Show the step this browser is on: a page that was lost in between finds its code step again."""
        self._clear_refusals()
        async with wiring.reading() as session:
            begun = await flows.adding(session, actor(), visitor=caller().visitor, at=wiring.clock().now())
        self._show(begun)
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring the suggestions up to date; the form stays as it is."""
        await self._refresh()

    @action
    async def send_code(self, form: NumberForm) -> None:
        """Send a code to the number, or to the phone in the contract of the account."""
        self.typed = form["number"]
        self._show(
            await flows.ask_for_code(
                wiring.unit_of_work, wiring.secret_key(), actor(), typed=form["number"], **await self._asking()
            )
        )

    @action
    async def add_suggested(self, key: str) -> None:
        """The same for one of the suggestions."""
        self._show(
            await flows.ask_for_suggested(
                wiring.unit_of_work,
                wiring.secret_key(),
                actor(),
                suggestion=HoldingKey.parse(key),
                **await self._asking(),
            )
        )

    @action
    async def send_again(self) -> None:
        """Another code; the old one no longer works."""
        self._show(await flows.ask_again(wiring.unit_of_work, wiring.secret_key(), actor(), **await self._asking()))

    @action
    async def enter_code(self, form: CodeForm) -> None:
        """Finish with the code."""
        done = await flows.confirm(
            wiring.unit_of_work,
            wiring.secret_key(),
            actor(),
            code=form["code"],
            visitor=caller().visitor,
            at=wiring.clock().now(),
        )
        self._show(None)
        self.typed = ""
        self.added, self.times_added = len(done.new), self.times_added + 1
        await self._refresh()
        await (await self.get_state(LinesState))._refresh()

    @action
    async def start_over(self) -> None:
        """Another number; what was typed stays."""
        async with wiring.unit_of_work() as session:
            await flows.give_up(session, actor(), visitor=caller().visitor)
        self.typed = "" if _MASK in self.typed else self.typed
        self._show(None)

    async def _refresh(self) -> None:
        async with wiring.reading() as session:
            found = await queries.also_yours(session, actor())
        rows = [SuggestionRow(str(each.key), each.key.kind.value, each.masked) for each in found]
        show(self, ready=True, suggestions=rows)

    async def _asking(self) -> dict[str, Any]:
        return {
            "visitor": caller().visitor,
            "address": caller().address,
            "language": (await self.get_state(LanguageState))._language,
            "at": wiring.clock().now(),
        }

    def _show(self, begun: Adding | None) -> None:
        self._clear_refusals()
        self.step = "code" if begun else "number"
        if begun is not None:
            self.kind, self.typed = begun.kind.value, begun.number
            self.expires_at, self.resend_at = begun.expires_at.isoformat(), begun.resend_at.isoformat()

    async def _refuse(self, refusal: CustomerError, *rest: Any) -> Any:
        if isinstance(refusal, FlowLost):
            self.step = "number"
        return await super()._refuse(refusal, *rest)


refreshes(routes.LINES, LinesState.refresh, AddingState.refresh)
