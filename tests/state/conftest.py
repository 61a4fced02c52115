"""Screens without a browser: a tab is a state tree and somebody who sits in front of it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.guard import Caller, calling
from mykyivstar.kit.clock import FixedClock
from mykyivstar.settings import settings
from mykyivstar.state.choices import choices
from mykyivstar.state.desk_lists import desk_lists
from mykyivstar.state.overviews import overviews
from tests.state.drawn import as_drawn

S = TypeVar("S", bound=rx.State)


class Tab:
    """One tab of somebody's browser."""

    def __init__(self, actor: Actor, *, address: str = "/home", visitor: str = "browser") -> None:
        self.who = Caller(actor=actor, visitor=visitor, address="192.0.2.1")
        self.root: Any = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
        self.go_to(address)

    def go_to(self, address: str) -> None:
        """Be at this address."""
        self.address = address
        path = address.partition("?")[0]
        self.root.router_data = {"pathname": path, "asPath": address}
        self.root.router = RouterData.from_router_data({"pathname": path, "asPath": address, "headers": {}})

    async def do(self, handler: Any, **arguments: Any) -> list[str]:
        """Have the browser call `LinesState.move` with these arguments; the names of the events that follow."""
        cls = next(cls for cls in _states(rx.State) if handler in cls.event_handlers.values())
        name = next(name for name, each in cls.event_handlers.items() if each is handler)
        state = await self.see(cls)
        with calling(self.who):
            followed = await getattr(state, name)(**as_drawn(state, handler.fn, arguments))
        specs = followed if isinstance(followed, list) else [followed] if followed is not None else []
        return [spec.handler.fn.__qualname__ for spec in specs]

    async def see(self, cls: type[S]) -> S:
        """The state as it is now."""
        found: S = await self.root.get_state(cls)
        return found


def _states(cls: type[rx.State]) -> list[Any]:
    return [cls, *(found for sub in cls.get_substates() for found in _states(sub))]


@pytest.fixture
async def world(
    sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Database]:
    """The app wired to an empty database and a clock that stands still."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    cached = (settings, wiring.database, wiring.secret_key)
    for each in cached:
        each.cache_clear()
    overviews.__init__()  # type: ignore[misc]
    desk_lists.__init__()  # type: ignore[misc]
    choices.__init__()  # type: ignore[misc]
    yield wiring.database()
    await choices.keep()
    await wiring.database().dispose()
    for each in cached:
        each.cache_clear()
