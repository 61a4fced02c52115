"""Which signed-in browsers are connected to this process, and what they last looked at; the desk's apart."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor

Who = TypeVar("Who")


@dataclass(frozen=True, slots=True)
class Connection(Generic[Who]):
    """A browser tab of a signed-in person; `router_data` is its last, so that a pushed event arrives as its own."""

    token: str
    actor: Who
    router_data: dict[str, Any]


class Connections(Generic[Who]):
    """Per process; a tab that has gone is dropped when somebody looks."""

    def __init__(self, whose: Callable[[Who], int]) -> None:
        """`whose` is the id by which its tabs are asked for."""
        self._whose = whose
        self._by_token: dict[str, Connection[Who]] = {}
        self._tokens: defaultdict[int, set[str]] = defaultdict(set)
        self._arrivals: list[Callable[[Who], None]] = []

    def on_arrival(self, meet: Callable[[Who], None]) -> None:
        """Have `meet(who)` called for every tab that was not here; it must be quick, for the tab is loading."""
        self._arrivals.append(meet)

    def seen(self, token: str, actor: Who, router_data: dict[str, Any]) -> None:
        """Note the tab that has just sent an event."""
        known = self._by_token.get(token)
        if known is None or self._whose(known.actor) != self._whose(actor):
            self._drop(token)
            self._tokens[self._whose(actor)].add(token)
            for meet in self._arrivals:
                meet(actor)
        self._by_token[token] = Connection(token, actor, router_data)

    def still_here(self, connected: Iterable[str]) -> None:
        """Drop every tab that is not among the connected ones."""
        alive = set(connected)
        for token in [token for token in self._by_token if token not in alive]:
            self._drop(token)

    def of(self, people: Iterable[int]) -> list[Connection[Who]]:
        """The tabs of these, whoever of them is here."""
        return [self._by_token[token] for each in people for token in sorted(self._tokens.get(each, ()))]

    def _drop(self, token: str) -> None:
        known = self._by_token.pop(token, None)
        if known is None:
            return
        whose = self._whose(known.actor)
        self._tokens[whose].discard(token)
        if not self._tokens[whose]:
            del self._tokens[whose]

    def get(self, token: str) -> Connection[Who] | None:
        """The tab of this token, None when it has gone."""
        return self._by_token.get(token)

    def __contains__(self, token: str) -> bool:
        return token in self._by_token

    def __iter__(self) -> Iterator[Connection[Who]]:
        return iter(list(self._by_token.values()))


connections: Connections[Actor] = Connections(lambda actor: actor.profile_id)
desk_connections: Connections[StaffActor] = Connections(lambda staff: staff.staff_id)
