"""A page arrives in one event: its state, and what its `on_load` handlers read.

The framework takes an event for the state, one to look up the handlers, one for each of them and one to say that the
page is ready, and sends every state of the app. What the browser holds from the build need not be sent, and a
connection that asks for a page can be given it at once. See `docs/decisions/0009-a-page-is-loaded-in-one-event.md`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from reflex.istate.delta import _resolve_delta
from reflex.middleware import Middleware
from reflex.state import (
    State,
    StateUpdate,
    _apply_client_storage_vars,
    all_base_state_classes,
    state_snapshot_hashes,
)
from reflex_base.constants.compiler import CompileVars
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.event import Event
from reflex_base.event.context import EventContext
from reflex_base.registry import RegisteredEventHandler, RegistrationContext

from mykyivstar.guard.middleware import Guard
from mykyivstar.loading.lazy_states import tree

# The headers of its own request and the names of its connection: no page shows them.
_SAID_BY_BROWSER = frozenset({"rx_router_headers", "rx_router_session"})
_VARS, _HASHES = CompileVars.PAYLOAD_VARS, CompileVars.PAYLOAD_HASHES


class Arrival(Middleware):
    """Stands behind the guard, in the place of the framework's `hydrate_and_load`.

    The browser gets one update: the state with what has been loaded in it, and `is_hydrated` true. From such a one it
    writes cookies as well; so values that must not be written, because they are its own, go ahead in one that says
    false, as they do for a page that loads nothing.
    """

    def __init__(self, guard: Guard) -> None:
        """`guard` judges each of the handlers as if the browser had called it."""
        self._guard = guard
        # The handlers of each route as events: turning them into these takes as long as asking the database.
        self._loads: dict[int, tuple[Sequence[Any], Sequence[Event]]] = {}

    async def preprocess(self, app: Any, state: Any, event: Event) -> StateUpdate | None:
        """Load the page that has just connected; None leaves the event to the framework."""
        if event.name != _name_of_boot() or not event.payload.keys() <= {_VARS, _HASHES}:
            return None
        root = state._get_root_state()  # noqa: SLF001
        loads = self._events(app.get_load_events(root.get_value("rx_router_url").path))
        if not all(map(_can_run_here, loads)):
            return None
        stored, build = event.payload.get(_VARS) or {}, await _build()
        await _take_storage(root, stored)
        root._clean()  # noqa: SLF001
        has_build = event.payload.get(_HASHES) == build.hashes
        is_told_before = bool(stored) or not has_build
        if is_told_before:
            root.is_hydrated = False
            here = await _touched(root, _all)
            # A page that has lost its connection holds nothing: it gets the build from us, without a state made for it.
            await _send(root, here if has_build else {**build.values, **here})
        try:
            return StateUpdate(events=await self._load(root, loads))
        finally:
            # Whatever a handler ran into: the page is there, and the person is told on it.
            root.is_hydrated = True
            rest = root._get_resolved_delta() if is_told_before else _touched(root, _not_its_own)  # noqa: SLF001
            await _send(root, await rest)

    def _events(self, handlers: Sequence[Any]) -> Sequence[Event]:
        if not handlers:
            return ()
        # By identity, which is kept by keeping the list: the app has one for each of its routes.
        known = self._loads.get(id(handlers))
        if known is None:
            known = self._loads[id(handlers)] = (handlers, Event.from_event_type(handlers))
        return known[1]

    async def _load(self, root: Any, loads: Sequence[Event]) -> list[Event]:
        """Run the handlers one after the other; what they and the guard want to follow."""
        follow: list[Event] = []
        for load in loads:
            if (refused := self._guard.judge(root, load)) is not None:
                return [*follow, *refused.events]
            registered = _registered(load)
            substate = await root.get_state(registered.states[0])
            follow += Event.from_event_type(await registered.handler.fn(substate))
        return follow


@cache
def _name_of_boot() -> str:
    return f"{State.get_full_name()}.{CompileVars.HYDRATE_AND_LOAD}"


def _registered(event: Event) -> RegisteredEventHandler:
    return RegistrationContext.get().event_handlers[event.name]


def _can_run_here(load: Event) -> bool:
    handler = _registered(load).handler
    return handler._is_coroutine_function and not handler.is_background and not load.payload  # noqa: SLF001


async def _take_storage(root: Any, values: dict[str, Any]) -> None:
    """Values that the browser stores are the browser's, those that it has deleted included."""
    for state in tree(root):
        cls: Any = type(state)
        for name in _stored_by_browser(cls) & vars(state).keys():
            setattr(state, name, state.get_fields()[name].default_value())
    await _apply_client_storage_vars(root, values)


@cache
def _stored_by_browser(cls: Any) -> frozenset[str]:
    return frozenset(name for name in cls.base_vars if cls._is_client_storage(name))


async def _send(root: Any, values: dict[str, dict[str, Any]]) -> None:
    await EventContext.get().emit_delta(values)
    root._clean()  # noqa: SLF001


async def _touched(root: Any, names: Callable[[Any], Iterable[str]]) -> dict[str, dict[str, Any]]:
    """What these names hold, of every state that is not as it was built: a value is kept once it is read or written."""
    touched = [state for state in tree(root) if vars(state) or state.computed_vars]
    found = {
        state.get_full_name(): {name + FIELD_MARKER: state.get_value(name) for name in names(state)}
        for state in touched
    }
    return await _resolve_delta({state: values for state, values in found.items() if values})


def _all(state: Any) -> Iterable[str]:
    cls: Any = type(state)
    return _told(cls)


def _not_its_own(state: Any) -> Iterable[str]:
    """What the build does not say: without what the browser stores, unless that has changed here."""
    cls: Any = type(state)
    its_own, kept, computed = _stored_by_browser(cls) - state.dirty_vars, vars(state), cls.computed_vars
    return [name for name in _told(cls) if (name in kept or name in computed) and name not in its_own]


@cache
def _told(cls: Any) -> Sequence[str]:
    """What a browser has not said itself."""
    return [name for name in cls._frontend_var_names if name not in _SAID_BY_BROWSER]


@dataclass(frozen=True, slots=True)
class _Build:
    """Every state as it is before anything has happened, and what a browser says that holds these."""

    values: dict[str, dict[str, Any]]
    hashes: list[str]


_builds: dict[int, _Build] = {}


async def _build() -> _Build:
    """Of the states declared by now."""
    declared = len(all_base_state_classes)
    if declared not in _builds:
        built: Any = State(_reflex_internal_init=True)  # type: ignore[call-arg]
        values = await _resolve_delta(built.dict(initial=True))
        _builds[declared] = _Build(values, state_snapshot_hashes(values))
    return _builds[declared]
