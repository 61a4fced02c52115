"""The charge calendar of the line in hand, as it is or as somebody supposes (O2, C6)."""

from dataclasses import dataclass
from datetime import date

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.forecast.errors import DayOutOfReach
from mykyivstar.domain.forecast.outlook import DAYS, forecast
from mykyivstar.domain.forecast.queries import Prospect, prospect
from mykyivstar.domain.forecast.supposing import Supposition, supposing
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.tariff_lock import service
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.state.forecast.rows import CalendarView, calendar_view
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState, show


class SupposeForm(TypedDict, total=False):
    """Of which line, and what if; all but the line may stay empty."""

    key: str
    amount: str
    day: str
    without: str
    added: str
    lock: str


@dataclass(frozen=True, slots=True)
class Supposed:
    """What was typed and is shown: by codes, since services change."""

    amount: str = ""
    day: str = ""
    without: str = ""
    added: str = ""
    # "on", "off", or "" for as it is.
    lock: str = ""


class CalendarState(Refusals, rx.State):
    """Charge calendar."""

    ready: bool = False
    view: CalendarView | None = None
    supposed: Supposed | None = None
    # Rises when the form begins anew.
    opened: int = 0

    @action
    async def load(self) -> None:
        """Open the calendar of the line in hand."""
        self._clear_refusals()
        self.supposed = None
        self.opened += 1
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring it up to date: something has changed, or another line was taken in hand."""
        await self._refresh()

    @action
    async def suppose(self, form: SupposeForm) -> None:
        """Show what would be. Nothing is stored."""
        key = form.get("key", "")
        if (await overviews.of(actor())).part(key) is None:
            raise NotFound
        wanted = Supposed(
            form.get("amount", "").strip(),
            form.get("day", ""),
            form.get("without", ""),
            form.get("added", ""),
            form.get("lock", ""),
        )
        view = await self._read(HoldingKey.parse(key), wanted)
        self._clear_refusals()
        (await self.get_state(ShellState))._show(await overviews.of(actor()), wanted=key)
        show(self, ready=True, view=view, supposed=wanted)

    @action
    async def set_lock(self, key: str, is_on: bool) -> None:  # noqa: FBT001  what the switch sends
        """Lock the tariff's money of this line from now on, or unlock it."""
        if (await overviews.of(actor())).part(key) is None:
            raise NotFound
        of = HoldingKey.parse(key)
        if of.kind is not HoldingKind.LINE:
            raise NotFound
        async with wiring.unit_of_work() as session:
            if is_on:
                await service.lock(session, actor(), of.id, at=wiring.clock().now())
            else:
                await service.unlock(session, actor(), of.id)
        self._clear_refusals()
        await self._refresh()

    @action
    async def as_it_is(self) -> None:
        """Back to what is known."""
        self._clear_refusals()
        self.supposed = None
        self.opened += 1
        await self._refresh()

    async def _refresh(self) -> None:
        shell = await self.get_state(ShellState)
        part = shell._show(await overviews.of(actor()))
        if part is None:
            show(self, ready=True, view=None, supposed=None)
            return
        if self.view is not None and self.view.key != str(part.key):
            self._clear_refusals()
            self.opened += 1
            show(self, supposed=None)
        try:
            view = await self._read(part.key, self.supposed)
        except (DayOutOfReach, NotFound):
            # The supposed day has gone by, or the supposed service is no longer there.
            show(self, supposed=None)
            view = await self._read(part.key, None)
        show(self, ready=True, view=view)

    async def _read(self, key: HoldingKey, wanted: Supposed | None) -> CalendarView:
        at = wiring.clock().now()
        async with wiring.reading() as session:
            known = await prospect(session, actor(), key, at=at)
        plan = known.plan if wanted is None else supposing(known.plan, _meant(wanted, known), at)
        return calendar_view(known, plan, forecast(plan, at), terms.payment_limits())


def _meant(typed: Supposed, known: Prospect) -> Supposition:
    """Raises NotAnAmount, DayOutOfReach, and NotFound for a service that it does not have or cannot have."""
    added = next((fee for fee in known.addable if fee.code == typed.added), None)
    if (typed.added and added is None) or (typed.without and typed.without not in {fee.code for fee in known.services}):
        raise NotFound
    return Supposition(
        amount=Money.parse(typed.amount) if typed.amount else None,
        day=_day(typed.day) if typed.day else None,
        without=typed.without,
        added=added,
        locked={"on": True, "off": False}.get(typed.lock),
    )


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise DayOutOfReach(days=DAYS) from None


refreshes(routes.CALENDAR, CalendarState.refresh)
