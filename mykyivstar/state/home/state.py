"""The dashboard of the line or account in hand, with everything else beside it; follows changes by itself (C1–C5)."""

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.domain.auto_top_up import queries as auto_top_ups
from mykyivstar.domain.overview.models import Overview, Part
from mykyivstar.domain.promises import queries as promised
from mykyivstar.guard import action, actor
from mykyivstar.state.auto_top_up.rows import RuleRow, rule_rows
from mykyivstar.state.home.rows import (
    AlertView,
    ChargeView,
    GaugeView,
    Hero,
    InternetView,
    NoticeView,
    Tile,
    ValidityView,
)
from mykyivstar.state.home.screens import Screen, screen
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.promises.rows import PromiseRow, promise_rows
from mykyivstar.state.shell import ShellState, show


class HomeState(rx.State):
    """Dashboard."""

    ready: bool = False
    hero: Hero | None = None
    charge: ChargeView | None = None
    gauges: list[GaugeView] = []
    validity: ValidityView | None = None
    alerts: list[AlertView] = []
    internet: list[InternetView] = []
    tiles: list[Tile] = []
    offers: list[NoticeView] = []
    news: list[NoticeView] = []
    # Promised payments that are still open (N2), auto top-ups that do not succeed (N1).
    promises: list[PromiseRow] = []
    troubled: list[RuleRow] = []

    @action
    async def load(self) -> None:
        """Fill the screen and its bars; the address may name the line to begin with (`?line=line:12`)."""
        shell = await self.get_state(ShellState)
        whole = await overviews.of(actor())
        await self._show(whole, shell._show(whole, wanted=shell._in_address))

    @action
    async def refresh(self) -> None:
        """Bring everything up to date: something has changed, or another line was taken in hand."""
        shell = await self.get_state(ShellState)
        whole = await overviews.of(actor())
        await self._show(whole, shell._show(whole))

    async def _show(self, whole: Overview, part: Part | None) -> None:
        shown = screen(whole, part, await overviews.notices())
        promises, troubled = await _notes() if whole.has_notes else ([], [])
        values = {name: getattr(shown, name) for name in Screen.__slots__}
        show(self, ready=True, promises=promises, troubled=troubled, **values)


async def _notes() -> tuple[list[PromiseRow], list[RuleRow]]:
    async with wiring.reading() as session:
        promises = promise_rows(await promised.own(session, actor(), only_open=True))
        rules = rule_rows(await auto_top_ups.rules(session, actor(), at=wiring.clock().now()))
    # What its owner has paused is no trouble.
    return promises, [rule for rule in rules if rule.paused != "owner" and (rule.paused or rule.failure)]


refreshes(routes.HOME, HomeState.refresh)
