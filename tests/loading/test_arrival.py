"""A page arrives in one event, with what the browser does not hold already."""

from dataclasses import dataclass, field
from typing import Any

import pytest
import reflex as rx
from reflex.istate.delta import _resolve_delta
from reflex.state import State, StateUpdate, state_snapshot_hashes
from reflex_base.event import Event
from reflex_base.event.context import EventContext

from mykyivstar import routes
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.guard import Caller, action, calling
from mykyivstar.guard.middleware import Guard
from mykyivstar.loading.arrival import Arrival
from mykyivstar.loading.lazy_states import LazyStates, tree
from mykyivstar.state.language import LanguageState
from mykyivstar.state.session import SessionState
from mykyivstar.state.shell import ShellState

ROOT = State.get_full_name()
HYDRATED = "is_hydrated_rx_state_"
OLENA = Caller(actor=Actor(profile_id=1, session_id=1))


class ArrivingState(rx.State):
    """What the pages of these tests load."""

    first: str = ""
    second: str = ""

    @action
    async def load_first(self) -> None:
        """The first handler of a page."""
        self.first = "loaded"

    @action
    async def load_second(self) -> Any:
        """The second, which has something follow."""
        self.second = f"after {self.first}"
        return SessionState.look_again

    @action
    async def fail(self) -> None:
        """One that fails."""
        self.first = "before it failed"
        raise LookupError

    @action
    async def load_slowly(self) -> Any:
        """One that shows something before it is done."""
        yield


@dataclass
class Browser:
    """A connection, and the updates that were sent to it."""

    loads: list[Any] = field(default_factory=list)
    updates: list[dict[str, dict[str, Any]]] = field(default_factory=list)
    states: LazyStates = field(default_factory=LazyStates)
    root: Any = None

    async def connect(
        self, who: Caller = OLENA, *, holds: list[str] | None = None, stored: dict[str, str] | None = None
    ) -> StateUpdate | None:
        """Open the page, telling what it holds and what is stored in the browser."""
        self.root = await self.states.get_state(rx.BaseStateToken(ident="tab", cls=State))
        context = EventContext(token="tab", state_manager=self.states, enqueue_impl=_nobody, emit_delta_impl=self._take)
        event = Event(name=f"{ROOT}.hydrate_and_load", payload={"vars": stored or {}, "hashes": holds})
        guard = Guard(leave=SessionState.leave)
        with context, calling(who):
            return await Arrival(guard).preprocess(self, self.root, event)

    def get_load_events(self, _path: str) -> list[Any]:
        """As the app answers the framework."""
        return self.loads

    async def _take(self, _token: str, delta: Any) -> None:
        self.updates.append({state: dict(values) for state, values in delta.items()})


async def _nobody(_token: str, *_events: Any) -> Any:
    raise AssertionError("nothing is queued")


async def build() -> list[str]:
    state: Any = State(_reflex_internal_init=True)  # type: ignore[call-arg]
    return state_snapshot_hashes(await _resolve_delta(state.dict(initial=True)))


async def test_a_new_page_comes_in_one_update_with_what_is_loaded() -> None:
    browser = Browser([ArrivingState.load_first, ArrivingState.load_second])
    update = await browser.connect(holds=await build())
    (told,) = browser.updates
    assert set(told) == {ROOT, ArrivingState.get_full_name()}
    assert told[ROOT][HYDRATED] is True
    assert told[ArrivingState.get_full_name()] == {"first_rx_state_": "loaded", "second_rx_state_": "after loaded"}
    assert update is not None
    assert [event.name.rpartition(".")[2] for event in update.events] == ["look_again"]


async def test_a_page_without_the_build_gets_the_state_before_what_is_loaded() -> None:
    browser = Browser([ArrivingState.load_first])
    await browser.connect(holds=None)
    first, second = browser.updates
    assert first[ROOT][HYDRATED] is False
    assert second == {ROOT: {HYDRATED: True}, ArrivingState.get_full_name(): {"first_rx_state_": "loaded"}}


async def test_a_browser_is_not_told_what_it_said_of_itself() -> None:
    browser = Browser()
    await browser.connect(holds=await build())
    assert not [name for name in browser.updates[0][ROOT] if "headers" in name or "session" in name]


async def test_nothing_is_sent_twice() -> None:
    browser = Browser([ArrivingState.load_first])
    await browser.connect()
    assert await browser.root._get_resolved_delta() == {}


async def test_a_browser_with_this_build_gets_only_what_is_not_in_it() -> None:
    browser = Browser()
    await browser.connect(holds=await build())
    assert set(browser.updates[0]) == {ROOT}
    (await browser.root.get_state(ShellState)).name = "Олена"
    browser.root._clean()
    browser.updates.clear()
    await browser.connect(holds=await build())
    assert set(browser.updates[0]) == {ROOT, ShellState.get_full_name()}
    assert browser.updates[0][ShellState.get_full_name()]["name_rx_state_"] == "Олена"


@pytest.mark.parametrize("holds", [None, [], ["another build"], "no list"])
async def test_any_other_browser_gets_every_state(holds: Any) -> None:
    browser = Browser()
    await browser.connect(holds=holds)
    everything: Any = State(_reflex_internal_init=True)  # type: ignore[call-arg]
    assert set(browser.updates[0]) == set(everything.dict())


async def test_a_page_that_lost_its_connection_costs_no_states_and_shows_what_is_there() -> None:
    browser = Browser()
    await browser.connect(holds=await build())
    (await browser.root.get_state(ShellState)).name = "Олена"
    before = len(list(tree(browser.root)))
    browser.root._clean()
    browser.updates.clear()
    await browser.connect(holds=None)
    assert len(list(tree(browser.root))) == before
    assert browser.updates[0][ShellState.get_full_name()]["name_rx_state_"] == "Олена"
    # What nobody has used is as it was built.
    untouched = browser.updates[0][ArrivingState.get_full_name()]
    assert untouched == {"first_rx_state_": "", "second_rx_state_": ""}


async def test_nobody_is_shown_what_only_those_signed_in_may_load() -> None:
    browser = Browser([ArrivingState.load_first])
    update = await browser.connect(Caller())
    assert browser.updates[-1] == {ROOT: {HYDRATED: True}}
    assert update is not None
    assert [event.payload["path"] for event in update.events] == [f"{routes.LOGIN}?next=%2F"]


async def test_a_page_is_there_although_loading_it_failed() -> None:
    browser = Browser([ArrivingState.fail, ArrivingState.load_second])
    with pytest.raises(LookupError):
        await browser.connect(holds=await build())
    assert browser.updates[-1][ROOT][HYDRATED] is True
    assert browser.updates[-1][ArrivingState.get_full_name()]["first_rx_state_"] == "before it failed"


async def test_what_the_browser_stores_is_the_browsers() -> None:
    browser = Browser()
    lang = f"{LanguageState.get_full_name()}.lang_rx_state_"
    await browser.connect(stored={lang: "en"})
    assert browser.updates[0][LanguageState.get_full_name()]["lang_rx_state_"] == "en"
    assert (await browser.root.get_state(LanguageState)).lang == "en"


async def test_what_the_browser_has_deleted_is_the_default_again() -> None:
    browser = Browser()
    await browser.connect(stored={f"{LanguageState.get_full_name()}.lang_rx_state_": "en"})
    await browser.connect()
    assert (await browser.root.get_state(LanguageState)).lang == "uk"


LANG = f"{LanguageState.get_full_name()}.lang_rx_state_"


async def test_nothing_is_written_to_the_browser_that_came_from_it() -> None:
    """A browser writes cookies from updates that say `is_hydrated` true."""
    browser = Browser([ArrivingState.load_first])
    await browser.connect(holds=await build(), stored={LANG: "en"})
    assert browser.updates[0][LanguageState.get_full_name()] == {"lang_rx_state_": "en"}
    assert browser.updates[0][ROOT][HYDRATED] is False
    assert LanguageState.get_full_name() not in browser.updates[1]


async def test_a_cookie_that_was_only_read_or_has_been_deleted_is_not_written() -> None:
    browser = Browser()
    await browser.connect(holds=await build(), stored={LANG: "en"})
    browser.updates.clear()
    await browser.connect(holds=await build())
    assert (await browser.root.get_state(LanguageState)).lang == "uk"
    assert [LanguageState.get_full_name() in told for told in browser.updates] == [False]


@pytest.mark.parametrize("load", [ArrivingState.load_slowly])
async def test_what_shows_itself_bit_by_bit_is_left_to_the_framework(load: Any) -> None:
    browser = Browser([ArrivingState.load_first, load])
    assert await browser.connect() is None
    assert browser.updates == []
