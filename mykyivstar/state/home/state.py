"""The dashboard of the line or account in hand, with everything else beside it; follows changes by itself (C1–C5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.domain.overview.models import Overview, Part
from mykyivstar.guard import action, actor
from mykyivstar.state.automatic_notes import NotesState
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
        show(self, ready=True, **{name: getattr(shown, name) for name in Screen.__slots__})


refreshes(routes.HOME, HomeState.refresh, NotesState.refresh)
