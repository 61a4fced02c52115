"""Who is calling, for the length of one event."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor


class NotSignedIn(Exception):
    """A handler asked for the actor of an anonymous caller: its policy is wrong. Our bug, never shown."""


@dataclass(frozen=True, slots=True)
class Caller:
    """One browser and, when signed in, the person in it."""

    actor: Actor | None = None
    # The member of the staff signed in at the desk in this browser: a session of its own kind.
    staff: StaffActor | None = None
    # Hash of the visitor cookie: the browser, before and after signing in.
    visitor: str = ""
    # Hash of the remembered-device cookie, "" for none; whether it is anybody's is looked up when it matters.
    device: str = ""
    address: str = ""
    browser: str = ""
    # A9: digits of the number that the operator's own network names, "" for none.
    network_msisdn: str = ""


_caller: ContextVar[Caller] = ContextVar("caller")


def caller() -> Caller:
    """The caller of the event that is running."""
    return _caller.get()


def actor() -> Actor:
    """The signed-in person of the event that is running; the handler's policy has made sure there is one."""
    if (found := _caller.get().actor) is None:
        raise NotSignedIn
    return found


def staff_actor() -> StaffActor:
    """The member of the staff of the event that is running; the handler's policy has made sure there is one."""
    if (found := _caller.get().staff) is None:
        raise NotSignedIn
    return found


def set_caller(who: Caller) -> None:
    """For the guard alone: what follows in this task is called by `who`."""
    _caller.set(who)


@contextmanager
def calling(who: Caller) -> Iterator[None]:
    """For tests and jobs: act as this caller inside the block."""
    token = _caller.set(who)
    try:
        yield
    finally:
        _caller.reset(token)
