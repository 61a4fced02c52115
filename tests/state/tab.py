"""A browser tab for tests of states: calls handlers as its person, through the declared policies and arguments."""

import dataclasses
from datetime import datetime
from typing import Any, TypeVar

import reflex as rx
from reflex.event import Event
from reflex.state import State

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.guard.action import policy_of
from mykyivstar.guard.caller import Caller, calling
from tests.state.drawn import as_drawn

S = TypeVar("S", bound=rx.State)


class Tab:
    """One tab with states of its own."""

    def __init__(self, who: Caller) -> None:
        self.who = who
        self.root = State(_reflex_internal_init=True)

    async def state(self, kind: type[S]) -> S:
        """The tab's state of this kind."""
        return await self.root.get_state(kind)

    async def do(self, kind: type[rx.State], handler: str, **arguments: Any) -> Any:
        """What the browser's event does, run by name as the framework does it."""
        called = kind.event_handlers[handler].fn
        policy = policy_of(called)
        assert policy is not None, f"{handler} is not declared"
        is_allowed = self.who.staff and self.who.staff.role.includes(policy.staff) if policy.staff else self.who.actor
        assert policy.is_public or is_allowed, "the guard would send this caller away"
        state = await self.state(kind)
        with calling(self.who):
            return await called(state, **as_drawn(state, called, arguments))

    async def repeat(self, event: Event) -> Any:
        """Run an event that a handler gave back."""
        return await self.do(event.state_cls, event.name.rpartition(".")[2], **event.payload)

    def proved(self, at: datetime) -> None:
        """From the next event on the guard finds the session proved."""
        assert self.who.actor is not None
        self.who = dataclasses.replace(self.who, actor=dataclasses.replace(self.who.actor, proved_at=at))


def tab_of(actor: Actor | None, *, visitor: str = "v" * 64, device: str = "", browser: str = "") -> Tab:
    """A tab of this person, or of nobody yet."""
    return Tab(Caller(actor=actor, visitor=visitor, device=device, address="203.0.113.7", browser=browser))
