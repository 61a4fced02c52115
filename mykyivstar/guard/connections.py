"""Which signed-in browsers are connected to this process, and what they last looked at; the desk's apart."""

from collections.abc import Iterable, Iterator
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

    def __init__(self) -> None:
        self._by_token: dict[str, Connection[Who]] = {}

    def seen(self, token: str, actor: Who, router_data: dict[str, Any]) -> None:
        """Note the tab that has just sent an event."""
        self._by_token[token] = Connection(token, actor, router_data)

    def still_here(self, connected: Iterable[str]) -> None:
        """Drop every tab that is not among the connected ones."""
        alive = set(connected)
        for token in [token for token in self._by_token if token not in alive]:
            del self._by_token[token]

    def __iter__(self) -> Iterator[Connection[Who]]:
        return iter(list(self._by_token.values()))


connections = Connections[Actor]()
desk_connections = Connections[StaffActor]()
