"""What stands in front of every event: whose the tab is, how fast it goes, and what nobody may call."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import RouterData
from reflex_base.event import Event

from mykyivstar import wiring
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.guard import action, handshake
from mykyivstar.guard.binding import BoundState
from mykyivstar.guard.caller import caller
from mykyivstar.guard.middleware import Forbidden, Guard
from mykyivstar.guard.session_cache import session_cache
from mykyivstar.kit.clock import FixedClock
from mykyivstar.settings import settings
from mykyivstar.state.session import SessionState

OLENA, TARAS = Actor(profile_id=1, session_id=901), Actor(profile_id=2, session_id=902)


class DiaryState(rx.State):
    """Something that is one person's alone."""

    words: str = ""

    @action
    async def load(self) -> None:
        """Show it."""

    @action
    async def write(self) -> None:
        """Write on."""


LOAD, WRITE = f"{DiaryState.get_full_name()}.load", f"{DiaryState.get_full_name()}.write"
HYDRATE = f"{rx.State.get_full_name()}.hydrate"


class Tab:
    """A tab of a browser, and the gate."""

    def __init__(self) -> None:
        self.guard = Guard(leave=SessionState.leave)
        self.root: Any = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
        self.loads: list[Any] = []

    async def send(self, name: str, who: Actor | None = OLENA) -> Any:
        """What the gate answers; None: it goes on."""
        headers = {handshake.SESSION_HEADER: str(who.session_id)} if who else {}
        data = {"token": "tab", "pathname": "/home", "asPath": "/home?line=1", "headers": headers}
        self.root.router_data = data
        self.root.router = RouterData.from_router_data(data)
        app = SimpleNamespace(get_load_events=lambda _path: self.loads)
        return await self.guard.preprocess(app, self.root, Event(name=name, payload={}))

    async def words(self) -> str:
        return str((await self.root.get_state(DiaryState)).words)

    async def write_down(self, words: str) -> None:
        (await self.root.get_state(DiaryState)).words = words


@pytest.fixture
def signed_in(clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    for each in (OLENA, TARAS):
        session_cache.put(each.session_id, each, clock.now())
    yield
    session_cache.__init__()  # type: ignore[misc]
    settings.cache_clear()


def names(update: Any) -> list[str]:
    return [event.name for event in update.events]


@pytest.mark.usefixtures("signed_in")
async def test_a_tab_goes_on_for_whom_it_was_loaded() -> None:
    tab = Tab()
    assert await tab.send(HYDRATE) is None
    await tab.write_down("dear diary")
    assert await tab.send(WRITE) is None
    assert (caller().actor, await tab.words()) == (OLENA, "dear diary")


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("who", [TARAS, None])
async def test_somebody_elses_tab_is_emptied_and_left(who: Actor | None) -> None:
    tab = Tab()
    await tab.send(HYDRATE)
    await tab.write_down("dear diary")
    update = await tab.send(WRITE, who)
    assert names(update) == [f"{SessionState.get_full_name()}.leave"]
    assert await tab.words() == ""
    bound = await tab.root.get_state(BoundState)
    assert bound._session_id == (who.session_id if who else 0)


@pytest.mark.usefixtures("signed_in")
async def test_somebody_elses_tab_that_is_loaded_anew_begins_empty() -> None:
    tab = Tab()
    await tab.send(HYDRATE)
    await tab.write_down("dear diary")
    assert await tab.send(HYDRATE, TARAS) is None
    assert await tab.words() == ""


@pytest.mark.usefixtures("signed_in")
async def test_a_tree_that_was_lost_is_loaded_again_before_its_event() -> None:
    tab = Tab()
    tab.loads = [DiaryState.load]
    assert names(await tab.send(WRITE)) == [LOAD, WRITE]
    assert await tab.send(WRITE) is None


@pytest.mark.usefixtures("signed_in")
async def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back() -> None:
    tab = Tab()
    update = await tab.send(WRITE, None)
    assert "/login?next=%2Fhome%3Fline%3D1" in str(update.events[0].payload)


@pytest.mark.usefixtures("signed_in")
async def test_what_comes_too_fast_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTS_PER_SECOND", "0.001")
    monkeypatch.setenv("EVENTS_BURST", "2")
    settings.cache_clear()
    tab = Tab()
    assert [await tab.send(HYDRATE), await tab.send(WRITE)] == [None, None]
    update = await tab.send(WRITE)
    assert (update.events, update.delta) == ([], {})


@pytest.mark.usefixtures("signed_in")
async def test_nobody_sets_a_value_by_its_name() -> None:
    tab = Tab()
    await tab.send(HYDRATE)
    with pytest.raises(Forbidden):
        await tab.send(f"{DiaryState.get_full_name()}.setvar")
