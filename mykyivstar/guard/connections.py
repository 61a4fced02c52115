"""Which signed-in browsers are connected to this process, and what they last looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mykyivstar.domain.identity.actor import Actor


@dataclass(frozen=True, slots=True)
class Connection:
    """A browser tab of a signed-in person; `router_data` is its last, so that a pushed event arrives as its own."""

    token: str
    actor: Actor
    router_data: dict[str, Any]


class Connections:
    """Per process; a tab that has gone is dropped when somebody looks."""

    def __init__(self) -> None:
        self._by_token: dict[str, Connection] = {}

    def seen(self, token: str, actor: Actor, router_data: dict[str, Any]) -> None:
        """Note the tab that has just sent an event."""
        self._by_token[token] = Connection(token, actor, router_data)

    def still_here(self, connected: Iterable[str]) -> None:
        """Drop every tab that is not among the connected ones."""
        alive = set(connected)
        for token in [token for token in self._by_token if token not in alive]:
            del self._by_token[token]

    def __iter__(self) -> Iterator[Connection]:
        return iter(list(self._by_token.values()))


connections = Connections()
