"""The dashboard of the line or account in hand, with everything else beside it; follows changes by itself (C1–C5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.domain.catalogue.models import AnnouncementKind
from mykyivstar.domain.overview.announcements import fitting
from mykyivstar.domain.overview.models import Overview, Part
from mykyivstar.guard import action, actor
from mykyivstar.state.home import views
from mykyivstar.state.home.views import (
    AlertView,
    ChargeView,
    GaugeView,
    Hero,
    InternetView,
    NoticeView,
    Tile,
    ValidityView,
)
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
        notices, reader = await overviews.notices(), whole.reader(part)
        show(
            self,
            ready=True,
            hero=views.hero(part) if part else None,
            charge=views.charge(part) if part else None,
            gauges=views.gauge_views(part) if part else [],
            validity=views.validity(part, whole.at) if part else None,
            alerts=views.alerts(part.alerts) if part else [],
            internet=[views.internet(each, is_chosen=each is part) for each in whole.internet],
            tiles=views.tiles(whole, part),
            offers=views.notices(fitting(notices, reader, AnnouncementKind.OFFER)),
            news=views.notices(fitting(notices, reader, AnnouncementKind.NEWS)),
        )


refreshes(routes.HOME, HomeState.refresh)
