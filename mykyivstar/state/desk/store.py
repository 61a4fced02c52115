"""One store at the desk: looked at by everybody, changed by leads (K6)."""

from typing import Any, Literal

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.stores import at_desk, keeping
from mykyivstar.domain.stores.columns import COLUMNS, opening_hours, written
from mykyivstar.domain.stores.different_days import different_day
from mykyivstar.domain.stores.errors import StoreChangedMeanwhile
from mykyivstar.domain.stores.models import SERVICES
from mykyivstar.guard import action, staff_actor
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.desk.addresses import of_desk_store
from mykyivstar.state.desk.store_forms import DifferentDayForm, StoreForm, day_of, texts_of
from mykyivstar.state.desk.store_rows import (
    ChangeRow,
    DeskStoreView,
    HistoryRow,
    HoursView,
    change_rows,
    history_row,
    hours_view,
    store_view,
)
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import shows_stores

_CONSULTANT, _KEEPER = StaffRole.CONSULTANT, keeping.KEEPER


class DeskStoreState(AtAddress, Refusals, rx.State):
    """The page of a store, and the form of one."""

    standing: Literal["loading", "ready", "nothing"] = "loading"
    store: DeskStoreView | None = None
    history: list[HistoryRow] = []
    # The form: what stands in it at first, what its hours mean, and what others have changed since it was opened.
    is_changing: bool = False
    texts: dict[str, str] = {}
    services: list[str] = []
    other_services: str = ""
    preview: HoursView | None = None
    theirs: list[ChangeRow] = []
    is_asking: bool = False
    done: int = 0
    _version: int = 0

    @action(staff=_CONSULTANT)
    async def load(self) -> None:
        """Show it."""
        self._take_address()
        self.standing, self.store, self.history = "loading", None, []
        self._put_form_away()
        await self._refresh()

    @action(staff=_CONSULTANT)
    async def refresh(self) -> None:
        """Somebody has changed a store; beside an open form it is said what, and nothing that was typed is touched."""
        if self._is_here:
            await self._refresh()
            if self.is_changing and self.store is not None:
                await self._look_at_theirs()

    @action(staff=_KEEPER)
    async def load_new(self) -> None:
        """The form of a store that there is not yet."""
        self._take_address()
        self.standing, self.store, self.history = "ready", None, []
        self._put_form_away()
        self._fill_form(dict.fromkeys((*COLUMNS, "code"), "") | {"kind": "store"}, version=0)

    @action(staff=_KEEPER)
    async def change(self) -> None:
        """Open the form with what the store is now."""
        async with wiring.reading() as session:
            store = await at_desk.of_code(session, self._code)
        self._put_form_away()
        self._fill_form(written(store), version=store.version)

    @action(staff=_KEEPER)
    async def put_away(self) -> None:
        """Close form and question."""
        self._put_form_away()

    @action(staff=_KEEPER)
    async def look_at_hours(self, text: str) -> None:
        """What these hours would mean, before they are saved."""
        self._clear_refusals()
        self.preview = None
        self.preview = hours_view(opening_hours(text), wiring.clock().now())

    @action(staff=_KEEPER)
    async def save(self, form: StoreForm) -> None:
        """Keep what differs from what the form began with: what others have changed beside it stays."""
        self._demand_here(form["shown_for"])
        texts = texts_of(form)
        mine = {column: text for column, text in texts.items() if text != self.texts.get(column)}
        who, known, at = staff_actor(), self._version, wiring.clock().now()
        try:
            async with wiring.unit_of_work() as session:
                await keeping.change(session, who, self._code, texts=mine, known_version=known, at=at)
        except StoreChangedMeanwhile:
            self._version = await self._look_at_theirs()
            raise
        await self._done()

    @action(staff=_KEEPER)
    async def make(self, form: StoreForm) -> Any:
        """A new store."""
        self._demand_here(form["shown_for"])
        code = form.get("code", "").strip().lower()
        async with wiring.unit_of_work() as session:
            await keeping.add(session, staff_actor(), code=code, texts=texts_of(form), at=wiring.clock().now())
        self._put_form_away()
        return rx.redirect(of_desk_store(code))

    @action(staff=_KEEPER)
    async def set_day(self, form: DifferentDayForm) -> None:
        """Other hours on one day."""
        self._demand_here(form["shown_for"])
        at = wiring.clock().now()
        one = different_day(day_of(form["day"]), form["hours"], form["reason"], today=kyiv_date(at))
        async with wiring.unit_of_work() as session:
            await keeping.set_day(session, staff_actor(), self._code, one, at=at)
        await self._done()

    @action(staff=_KEEPER)
    async def remove_day(self, day: str, shown_for: str) -> None:
        """The usual hours on this day again."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await keeping.remove_day(session, staff_actor(), self._code, day_of(day), at=wiring.clock().now())
        await self._done()

    @action(staff=_KEEPER)
    async def ask_close(self) -> None:
        """For good?"""
        self._clear_refusals()
        self.is_asking = True

    @action(staff=_KEEPER)
    async def close(self, shown_for: str) -> None:
        """Take it off the map for good."""
        self._demand_here(shown_for)
        self.is_asking = False
        async with wiring.unit_of_work() as session:
            await keeping.close(session, staff_actor(), self._code, at=wiring.clock().now())
        await self._done()

    @action(staff=_KEEPER)
    async def open_again(self, shown_for: str) -> None:
        """Put it on the map again."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await keeping.open_again(session, staff_actor(), self._code, at=wiring.clock().now())
        await self._done()

    @action(staff=_KEEPER)
    async def let_imports_change(self, shown_for: str) -> None:
        """What the desk has changed may be changed by an import again."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await keeping.let_imports_change(session, staff_actor(), self._code, at=wiring.clock().now())
        await self._done()

    async def _done(self) -> None:
        self._put_form_away()
        self.done += 1
        await self._refresh()

    async def _refresh(self) -> None:
        at = wiring.clock().now()
        try:
            async with wiring.reading() as session:
                store = await at_desk.of_code(session, self._code)
                changes = await at_desk.history(session, store)
        except NotFound:
            self.standing = "nothing"
            return
        self.store, self.history = store_view(store, at), [history_row(each) for each in changes]
        self.standing = "ready"

    async def _look_at_theirs(self) -> int:
        """What the form began with, beside what is there now, and its version.

        Whoever has been refused once saves again upon it: only what was typed here is written. A notice that came by
        itself may stand above the screen, so it alone lets nobody save.
        """
        async with wiring.reading() as session:
            store = await at_desk.of_code(session, self._code)
        self.theirs = change_rows(self.texts, written(store))
        return store.version

    def _fill_form(self, texts: dict[str, str], *, version: int) -> None:
        self.texts, self._version = texts, version
        self.services = [code for code in texts["services"].split() if code in SERVICES]
        self.other_services = " ".join(code for code in texts["services"].split() if code not in SERVICES)
        self.preview = hours_view(texts["opening_hours"], wiring.clock().now())
        self.is_changing = True

    def _put_form_away(self) -> None:
        self._clear_refusals()
        self.is_changing, self.is_asking, self.preview, self.theirs = False, False, None, []

    @property
    def _code(self) -> str:
        return self.rx_router_url.path.rstrip("/").rpartition("/")[2][:48]


shows_stores(routes.DESK_STORE, DeskStoreState.refresh)
