"""Advice about tariffs for the line in hand: every open one on its own records, and one of them opened (F6, O3)."""

import asyncio
from collections.abc import Callable
from typing import Literal, TypeVar

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.domain.advice import comparing
from mykyivstar.domain.advice.case import Case
from mykyivstar.domain.advice.checking import Check, check
from mykyivstar.domain.advice.comparing import Advice
from mykyivstar.domain.advice.errors import NoTariff, NothingUsed, TooFewRecords, TooManyRecords
from mykyivstar.domain.advice.queries import case_of
from mykyivstar.domain.overview.models import LinePart, Part
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.advice.rows import AdviceView, ComparisonView, advice_view, comparison_view
from mykyivstar.state.forms import Refusals, in_all_languages
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState, show

_Result = TypeVar("_Result")
# Comparing takes the processor for a while: one after the other, in a thread, so that nobody else waits for it.
_turn = asyncio.Semaphore(1)


class AdviceState(Refusals, rx.State):
    """Advice about tariffs."""

    # "none": what is in hand has no usage for this person; "refused": there is nothing to compare, `refusal` says why.
    standing: Literal["loading", "ready", "none", "refused"] = "loading"
    view: AdviceView | None = None
    comparison: ComparisonView | None = None
    # The tariff that is opened, "" for none.
    opened: str = ""
    _line_id: int = 0

    @action
    async def load(self) -> None:
        """Compare for the line in hand, or for that of the address (`?line=line:12`)."""
        wanted = self.router.url.query_parameters.get("line", "")
        part = (await self.get_state(ShellState))._show(await overviews.of(actor()), wanted=wanted)
        await self._advise(_line_id(part))

    @action
    async def refresh(self) -> None:
        """Another line was taken in hand. What happens today changes nothing: whole months are compared."""
        part = (await self.get_state(ShellState))._show(await overviews.of(actor()))
        if _line_id(part) != self._line_id:
            await self._advise(_line_id(part))

    @action
    async def open(self, code: str) -> None:
        """Say why one of the tariffs comes to what it does; pressed again, close it."""
        if self.opened == code:
            self.opened, self.comparison = "", None
            return
        case = await self._case()
        found = await _in_a_thread(lambda: comparing.compare(case, code))
        if found is None:
            raise NotFound
        self._clear_refusals()
        self.opened, self.comparison = code, comparison_view(case, found)

    async def _advise(self, line_id: int) -> None:
        self._clear_refusals()
        self.opened, self.comparison, self._line_id = "", None, line_id
        if not line_id:
            show(self, standing="none", view=None)
            return
        try:
            case = await self._case()
        except (NoTariff, NothingUsed, TooFewRecords, TooManyRecords) as reason:
            show(self, standing="refused", view=None, refusal=in_all_languages(reason))
            return
        advice, checked = await _in_a_thread(lambda: _compared(case))
        show(self, standing="ready", view=advice_view(f"line:{line_id}", case, advice, checked))

    async def _case(self) -> Case:
        async with wiring.reading() as session:
            return await case_of(session, actor(), self._line_id, at=wiring.clock().now())


async def _in_a_thread(work: Callable[[], _Result]) -> _Result:
    async with _turn:
        return await asyncio.to_thread(work)


def _compared(case: Case) -> tuple[Advice, Check]:
    return comparing.advise(case), check(case)


def _line_id(part: Part | None) -> int:
    """The line in hand, 0 when its usage is not for this person's eyes."""
    return part.key.id if isinstance(part, LinePart) and part.role.sees_usage else 0


refreshes(routes.TARIFF_ADVICE, AdviceState.refresh)
