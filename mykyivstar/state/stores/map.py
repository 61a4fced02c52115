"""The map and its list: what fits the address, `?q=львів&service=esim&open=1&near=49.84,24.03` (J1)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.stores.models import StoreKind
from mykyivstar.domain.stores.register import Answer, Register, Wish
from mykyivstar.domain.stores.wishes import parameters_of, point_of, wish_of
from mykyivstar.guard import action
from mykyivstar.kit.errors import Malformed
from mykyivstar.settings import settings
from mykyivstar.state.shell import show
from mykyivstar.state.stores.addresses import of_wish, query
from mykyivstar.state.stores.rows import FilterRow, StoreRow, store_row
from mykyivstar.state.stores.rows import point_of as corner

_SHOWN_AT_FIRST = 20
_SHOWN_AT_MOST = 400
# So many of the nearest are looked at first.
_NEAREST = 6


class SearchForm(TypedDict):
    """What is looked for: a city, a street, a name."""

    q: str


class StoresState(rx.State):
    """Map of stores."""

    ready: bool = False
    text: str = ""
    # The city that the text was understood as.
    city: dict[str, str] = {}
    is_near: bool = False
    is_filtered: bool = False
    rows: list[StoreRow] = []
    total: int = 0
    has_more: bool = False
    # Ids of what the map shows, None: all; and the corners it looks at, [] for the whole country.
    shown: list[int] | None = None
    focus: list[list[float]] = []
    kinds: list[FilterRow] = []
    services: list[FilterRow] = []
    open_now: FilterRow | None = None
    anywhere: str = ""
    # Of the files to take away: what stands behind the question mark.
    download: str = ""
    ground: dict[str, str] = {}
    place_failure: Literal["", "refused", "slow", "unavailable", "outside"] = ""
    _count: int = _SHOWN_AT_FIRST

    @action(public=True)
    async def load(self) -> None:
        """Show what the address asks for."""
        self._count = _SHOWN_AT_FIRST
        await self._refresh()

    @action(public=True)
    async def show_more(self) -> None:
        """More of the list; the map has them all."""
        self._count = min(self._count + _SHOWN_AT_FIRST, _SHOWN_AT_MOST)
        await self._refresh()

    @action(public=True)
    async def search(self, form: SearchForm) -> Any:
        """Look for this; filters stay, and where one is does not: another place is meant."""
        wish = replace(self._wish(), origin=None)
        asked = wish_of({**parameters_of(wish), "q": form["q"]})
        return rx.redirect(of_wish(asked))

    @action(public=True)
    async def here(self, latitude: float, longitude: float) -> Any:
        """The device says where it is: the nearest come first."""
        point = point_of(f"{latitude:.4f},{longitude:.4f}")
        if point is None:
            raise Malformed
        show(self, place_failure="")
        return rx.redirect(of_wish(replace(self._wish(), text="", origin=point)))

    @action(public=True)
    async def nowhere(self, reason: Literal["refused", "slow", "unavailable"]) -> None:
        """The device does not say where it is."""
        show(self, place_failure=reason)

    def _wish(self) -> Wish:
        return wish_of(self.router.url.query_parameters)

    async def _refresh(self) -> None:
        wish, at = self._wish(), wiring.clock().now()
        register = await wiring.stores().current(at)
        answer = register.find(wish, at)
        is_all = len(answer.found) == len(register.places)
        show(
            self,
            ready=True,
            text=wish.text,
            city=dict(answer.city.name) if answer.city and not wish.origin else {},
            is_near=wish.origin is not None,
            is_filtered=wish != Wish(),
            rows=[store_row(each, at) for each in answer.found[: self._count]],
            total=len(answer.found),
            has_more=len(answer.found) > self._count and self._count < _SHOWN_AT_MOST,
            shown=None if is_all else [each.place.id for each in answer.found],
            focus=_focus(answer, wish),
            kinds=_kinds(wish),
            services=_services(register, wish),
            open_now=FilterRow("1", of_wish(replace(wish, open_now=not wish.open_now)), wish.open_now),
            anywhere=of_wish(replace(wish, origin=None)),
            download=query(parameters_of(wish)),
            ground=map_ground(),
        )


def _focus(answer: Answer, wish: Wish) -> list[list[float]]:
    """Where to look: at the nearest with the place they are near, at all that was found, or at the whole country."""
    if wish == Wish() or not answer.found:
        return []
    if wish.origin or answer.city:
        near = [corner(each.place) for each in answer.found[:_NEAREST]]
        middle = wish.origin or answer.city
        assert middle is not None
        return [*near, [middle.latitude, middle.longitude]]
    return [corner(each.place) for each in answer.found[:_SHOWN_AT_MOST]]


def _kinds(wish: Wish) -> list[FilterRow]:
    choices: Sequence[StoreKind | None] = (None, *StoreKind)
    return [
        FilterRow(kind.value if kind else "", of_wish(replace(wish, kind=kind)), kind is wish.kind) for kind in choices
    ]


def _services(register: Register, wish: Wish) -> list[FilterRow]:
    known = register.services
    return [
        FilterRow(code, of_wish(replace(wish, services=wish.services ^ {code})), code in wish.services)
        for code in (*known, *sorted(wish.services.difference(known)))
    ]


def map_ground() -> dict[str, str]:
    """The tiles that maps are drawn on, {} for the outlines that come with the app."""
    chosen = settings()
    ground = {
        "tiles": chosen.map_tiles_url,
        "pmtiles": chosen.map_pmtiles_url,
        "attribution": chosen.map_attribution,
    }
    return {name: value for name, value in ground.items() if value}
