"""The dashboard of each line, made once for each reading of a person's things, however many tabs ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from mykyivstar.domain.catalogue.models import AnnouncementKind
from mykyivstar.domain.overview.announcements import Notice, Reader, fitting
from mykyivstar.domain.overview.models import Overview, Part
from mykyivstar.state.home import views
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


@dataclass(frozen=True, slots=True)
class Screen:
    """What HomeState shows; never changed once made, since several tabs share it."""

    hero: Hero | None
    charge: ChargeView | None
    gauges: list[GaugeView]
    validity: ValidityView | None
    alerts: list[AlertView]
    internet: list[InternetView]
    tiles: list[Tile]
    offers: list[NoticeView]
    news: list[NoticeView]


class _Announcements:
    """What is announced to each kind of reader, made once for all who are of it."""

    def __init__(self) -> None:
        self._notices: Sequence[Notice] = ()
        self._made: dict[tuple[Reader, AnnouncementKind], list[NoticeView]] = {}

    def of(self, notices: Sequence[Notice], reader: Reader, kind: AnnouncementKind) -> list[NoticeView]:
        """Those of these that fit the reader."""
        if self._notices is not notices:
            self._notices, self._made = notices, {}
        if (made := self._made.get((reader, kind))) is None:
            made = self._made[reader, kind] = views.notices(fitting(notices, reader, kind))
        return made


_announcements = _Announcements()


@dataclass(slots=True)
class _Made:
    """Of one reading: what does not depend on which part is in hand, and the dashboard of each part (by identity)."""

    internet: list[InternetView]
    tiles: list[Tile]
    screens: dict[int, tuple[Sequence[Notice], Screen]] = field(default_factory=dict)


_made: WeakKeyDictionary[Overview, _Made] = WeakKeyDictionary()


def screen(whole: Overview, part: Part | None, notices: Sequence[Notice]) -> Screen:
    """The dashboard with this part of the whole in hand."""
    if (made := _made.get(whole)) is None:
        made = _made[whole] = _Made([views.internet(each) for each in whole.internet], views.tiles(whole))
    known = made.screens.get(id(part))
    if known is None or known[0] is not notices:
        known = made.screens[id(part)] = (notices, _screen(whole, part, notices, made))
    return known[1]


def _screen(whole: Overview, part: Part | None, notices: Sequence[Notice], made: _Made) -> Screen:
    reader = whole.reader(part)
    return Screen(
        hero=views.hero(part) if part else None,
        charge=views.charge(part) if part else None,
        gauges=views.gauge_views(part) if part else [],
        validity=views.validity(part, whole.at) if part else None,
        alerts=views.alerts(part.alerts) if part else [],
        internet=made.internet,
        tiles=made.tiles,
        offers=_announcements.of(notices, reader, AnnouncementKind.OFFER),
        news=_announcements.of(notices, reader, AnnouncementKind.NEWS),
    )
