"""Tabs of those who talk: customers, consultants and the lead, each at an address."""

from collections.abc import AsyncIterator

import pytest
from reflex.istate.data import RouterData

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.guard.caller import Caller
from mykyivstar.kit.clock import FixedClock
from mykyivstar.state.desk_lists import desk_lists
from tests.domain.support.conftest import Hall
from tests.state.tab import Tab


class Rooms(Hall):
    """The people of the hall before their screens."""

    def tab(self, path: str, *, actor: Actor | None = None, staff: StaffActor | None = None) -> Tab:
        tab = Tab(Caller(actor=actor, staff=staff, visitor="v" * 64, address="203.0.113.7"))
        tab.root.router = RouterData.from_router_data({"pathname": path, "asPath": path, "headers": {}})
        return tab

    def customer(self, code: str, actor: Actor | None = None) -> Tab:
        return self.tab(f"/support/chat/{code}", actor=actor or self.olena)


@pytest.fixture
async def rooms(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Rooms]:
    """For a conftest to take in; SQLite is enough here: the domain's own tests run on both."""
    database = Database(sqlite_url, clock=clock, published=wiring._publish)
    desk_lists.__init__()  # type: ignore[misc]
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    rooms = Rooms(database, clock)
    await rooms.open()
    yield rooms
    await database.dispose()
