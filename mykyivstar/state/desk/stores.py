"""The desk's list of stores: found by code, city, address or name, closed ones too."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.stores import at_desk
from mykyivstar.domain.stores.hours import hours_of
from mykyivstar.domain.stores.keeping import is_closed
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.stores.wishes import TEXT_MAX
from mykyivstar.guard import action
from mykyivstar.state.desk.addresses import of_desk_search, of_desk_store
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import shows_stores


@dataclass(frozen=True, slots=True)
class DeskStoreRow:
    """A store in the list."""

    href: str
    code: str
    name: dict[str, str]
    city: dict[str, str]
    address: dict[str, str]
    is_closed: bool
    # It has hours, and a machine can read them.
    has_hours: bool


class SearchForm(TypedDict):
    """Code, city, street or name."""

    q: str


class DeskStoresState(Refusals, rx.State):
    """The list of stores."""

    ready: bool = False
    text: str = ""
    stores: list[DeskStoreRow] = []
    total: int = 0

    @action(staff=StaffRole.CONSULTANT)
    async def load(self) -> None:
        """Show what the address asks for."""
        self._clear_refusals()
        self.text = self.router.url.query_parameters.get("q", "").strip()[:TEXT_MAX]
        await self._refresh()
        self.ready = True

    @action(staff=StaffRole.CONSULTANT)
    async def refresh(self) -> None:
        """Somebody has changed a store."""
        await self._refresh()

    @action(staff=StaffRole.CONSULTANT)
    async def search(self, form: SearchForm) -> Any:
        """Look for this."""
        return rx.redirect(of_desk_search(form["q"].strip()[:TEXT_MAX]))

    async def _refresh(self) -> None:
        at = wiring.clock().now()
        async with wiring.reading() as session:
            found = await at_desk.find(session, self.text)
        self.stores = [_row(store, is_closed=is_closed(store, at)) for store in found.stores]
        self.total = found.total


def _row(store: Store, *, is_closed: bool) -> DeskStoreRow:
    return DeskStoreRow(
        href=of_desk_store(store.code),
        code=store.code,
        name=store.name,
        city=store.city,
        address=store.address,
        is_closed=is_closed,
        has_hours=hours_of(store.opening_hours) is not None,
    )


shows_stores(routes.DESK_STORES, DeskStoresState.refresh)
