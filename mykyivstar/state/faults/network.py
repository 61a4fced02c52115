"""The network of the whole country by city: the list, and where its map looks (H6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.domain.faults.network_map import Trouble, TroubledCity
from mykyivstar.domain.faults.places import parse_address
from mykyivstar.domain.stores.cities import City, city_named
from mykyivstar.guard import action
from mykyivstar.state.internet.held import in_hand
from mykyivstar.state.live import refreshes
from mykyivstar.state.shell import show
from mykyivstar.state.stores.map import map_ground

_SHOWN_AT_FIRST = 20
# Half of what the map shows around one's own city, in degrees: the region.
_AROUND = (0.9, 1.4)


@dataclass(frozen=True, slots=True)
class TroubleRow:
    """An outage or planned works in a city; `streets` "" is the whole of it."""

    kind: str
    reason: dict[str, str]
    starts_at: str
    expected_at: str
    is_now: bool
    is_late: bool
    streets: str
    more_streets: int


@dataclass(frozen=True, slots=True)
class CityRow:
    """A city with what is the matter there; `more`: how many there are beside `troubles`."""

    key: str
    name: dict[str, str]
    kind: str
    is_own: bool
    is_on_map: bool
    troubles: list[TroubleRow]
    more: int


class NetworkMapState(rx.State):
    """Map of the network."""

    ready: bool = False
    rows: list[CityRow] = []
    has_more: bool = False
    # The city of the account in hand: {} when there is none, or when nothing says where it is.
    own_name: dict[str, str] = {}
    is_own_quiet: bool = False
    # [latitude, longitude] of it, and the corners that the map looks at.
    own_point: list[float] = []
    focus: list[list[float]] = []
    # Of what the map shows: it fetches its points again when this changes.
    version: str = ""
    ground: dict[str, str] = {}
    _is_whole: bool = False

    @action
    async def load(self) -> None:
        """Every city where something is the matter, one's own first."""
        self._is_whole = False
        await self._look()

    @action
    async def refresh(self) -> None:
        """Bring it up to date."""
        await self._look()

    @action
    async def show_all(self) -> None:
        """The whole list; the map has them all."""
        self._is_whole = True
        await self._look()

    async def _look(self) -> None:
        part, _ = await in_hand(self)
        at = wiring.clock().now()
        own = city_named(parse_address(part.address).city) if part else None
        known = await wiring.network_maps().current(at)
        rows = _rows(known, own, at)
        show(
            self,
            ready=True,
            rows=rows if self._is_whole else rows[:_SHOWN_AT_FIRST],
            has_more=not self._is_whole and len(rows) > _SHOWN_AT_FIRST,
            own_name=dict(own.name) if own else {},
            is_own_quiet=own is not None and not any(row.is_own for row in rows),
            own_point=[own.latitude, own.longitude] if own else [],
            focus=_around(own) if own else [],
            version=sha256(repr(rows).encode()).hexdigest()[:12],
            ground=map_ground(),
        )


def _rows(known: Sequence[TroubledCity], own: City | None, at: datetime) -> list[CityRow]:
    rows = [
        CityRow(
            key=each.key,
            name=dict(each.name),
            kind=each.kind.value,
            is_own=own is not None and each.city == own,
            is_on_map=each.city is not None,
            troubles=[_trouble(trouble, at) for trouble in each.troubles],
            more=each.more,
        )
        for each in known
    ]
    return sorted(rows, key=lambda row: not row.is_own)


def _trouble(trouble: Trouble, at: datetime) -> TroubleRow:
    return TroubleRow(
        kind=trouble.kind.value,
        reason=dict(trouble.reason),
        starts_at=trouble.starts_at.isoformat(),
        expected_at=trouble.expected_at.isoformat() if trouble.expected_at else "",
        is_now=trouble.is_now(at),
        is_late=trouble.is_late(at),
        streets=", ".join(trouble.streets),
        more_streets=trouble.more_streets,
    )


def _around(city: City) -> list[list[float]]:
    north, east = _AROUND
    return [[city.latitude - north, city.longitude - east], [city.latitude + north, city.longitude + east]]


refreshes(routes.INTERNET_NETWORK, NetworkMapState.refresh)
