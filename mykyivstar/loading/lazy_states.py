"""A browser's states are made when they are first used: a page uses a few of thirty."""

from collections.abc import Iterator, Mapping, MutableMapping
from functools import cache
from typing import Any

from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken, StateToken
from reflex.state import all_base_state_classes


class LazyStates(StateManagerMemory):
    """The framework's states in memory, each of them made when it is first used."""

    def _get_or_create_state(self, token: StateToken[Any]) -> Any:
        if isinstance(token, BaseStateToken) and token.cache_key not in self.states:
            self.states[token.cache_key] = _new(token.cls.get_root_state(), None)
        return super()._get_or_create_state(token)


class Substates(MutableMapping[str, Any]):
    """What a state has below it, by name. Whoever asks for all of them gets all of them."""

    __slots__ = ("_made", "_of")

    def __init__(self, of: Any) -> None:
        self._of = of
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = _new(_below(self._of)[name], self._of)
        return found

    def __contains__(self, name: object) -> bool:
        return name in _below(self._of)

    def __iter__(self) -> Iterator[str]:
        return iter(_below(self._of))

    def __len__(self) -> int:
        return len(_below(self._of))

    def __setitem__(self, name: str, state: Any) -> None:
        self._made[name] = state

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def clear(self) -> None:
        """Let go of those that have been made."""
        self._made.clear()

    def made(self) -> list[Any]:
        """Those that somebody has used."""
        return list(self._made.values())


def use_lazy_states(app: Any) -> None:
    """Have this app make states when they are used, if it keeps them in memory."""
    if type(app.state_manager) is StateManagerMemory:
        # The framework declares its overloads so that a strict reader takes the class for abstract.
        make: Any = LazyStates
        app._state_manager = make()  # noqa: SLF001


def tree(state: Any) -> Iterator[Any]:
    """A state and all below it that have been made; where states are not ours to make, all are."""
    yield state
    below = state.substates
    for each in below.made() if isinstance(below, Substates) else below.values():
        yield from tree(each)


def _new(cls: type[Any], parent: Any) -> Any:
    state = cls(parent_state=parent, init_substates=False, _reflex_internal_init=True)
    if _below(state):
        state.substates = Substates(state)
    return state


def _below(state: Any) -> Mapping[str, type[Any]]:
    cls: Any = type(state)
    return _classes_below(cls, len(all_base_state_classes))


@cache
def _classes_below(cls: Any, _declared_by_now: int) -> Mapping[str, type[Any]]:
    return {each.get_name(): each for each in cls.get_substates()}
