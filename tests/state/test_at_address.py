"""What was drawn for another address is carried out by no handler: each of them has this one read instead."""

import inspect
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
import reflex as rx
from typing_extensions import is_typeddict

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.guard import Caller, calling
from mykyivstar.pages import import_all
from mykyivstar.state.at_address import AtAddress
from tests.state.conftest import Tab

OLD, NEW = "/somewhere/check?form=old", "/somewhere/check?form=new"
#: State → handlers that change what the address of their page is about.
CHANGES = {
    "BonusCheckState": {"give"},
    "BookVisitState": {"book", "check"},
    "ChatState": {"leave", "rate"},
    "CheckState": {"pay"},
    "DeskApplicationState": {"approve", "ask", "decline", "take"},
    "DeskRestoringState": {"find", "give"},
    "DeskStoreState": {"close", "let_imports_change", "make", "open_again", "remove_day", "save", "set_day"},
    "DeskTicketState": {"give", "give_back", "show_card", "take", "write"},
    "DeskUnblockingState": {"find", "unblock"},
    "DetailsState": {"confirm", "order"},
    "EntryState": {"dispute", "say_more"},
    "FollowedState": {"give_up", "send_complaint"},
    "HearingState": {"save"},
    "OwnApplicationState": {"add", "withdraw"},
    "OwnRequestState": {"accept", "write"},
    "OwnTicketState": {"accept", "write"},
    "OwnVisitState": {"cancel", "move"},
    "PayState": {"pay"},
    "TransferCheckState": {"enter_code", "give_up", "send_again", "transfer"},
}


def _states(cls: Any = rx.State) -> Iterator[Any]:
    yield cls
    for each in cls.get_substates():
        yield from _states(each)


def _asked(handler: Any) -> dict[str, Any] | None:
    """Arguments of somebody who sees the old page; None for a handler that does not ask which page was seen."""
    asked = {name: _some(name, hint) for name, hint in get_type_hints(handler).items() if name != "return"}
    return asked if OLD in str(asked) else None


def _some(name: str, hint: Any) -> Any:
    """What a browser may send for this, drawn for the old page."""
    if is_typeddict(hint):
        hints = get_type_hints(hint)
        return {each: _some(each, hints[each]) for each in hint.__required_keys__ | (hints.keys() & {"shown_for"})}
    if name == "shown_for":
        return OLD
    return get_args(hint)[0] if get_origin(hint) is Literal else "x"


def _handlers() -> list[Any]:
    import_all()
    return [
        pytest.param(state, name, asked, id=f"{state.__name__}.{name}")
        for state in sorted(_states(), key=lambda each: each.__qualname__)
        if issubclass(state, AtAddress)
        for name, handler in sorted(state.event_handlers.items())
        if (asked := _asked(handler.fn)) is not None
    ]


def test_every_handler_that_changes_something_asks_what_was_seen() -> None:
    found: dict[str, set[str]] = {}
    for each in _handlers():
        state, name, _ = each.values
        found.setdefault(state.__name__, set()).add(name)
    assert found == CHANGES


@pytest.mark.parametrize(("kind", "name", "arguments"), _handlers())
async def test_nothing_is_done_that_was_drawn_for_another_address(
    world: Database, kind: Any, name: str, arguments: dict[str, Any]
) -> None:
    tab = Tab(Actor(1, 1), address=NEW)
    state = await tab.see(kind)
    state.shown_for = OLD
    followed: list[Any] = []
    with calling(Caller(actor=Actor(1, 1), visitor="browser", address="192.0.2.1")):
        done = kind.event_handlers[name].fn(state, **arguments)
        if inspect.isasyncgen(done):
            followed += [each async for each in done]
        else:
            followed.append(await done)
    assert [each.handler.fn.__qualname__ for each in followed] == [f"{kind.__name__}.load"]
    assert state.shown_for == OLD
    assert dict(state.refusal) == {}
