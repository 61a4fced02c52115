"""Conversations on open screens: which tabs hear of which, on the customer's side and at the desk.

A message goes to the two who talk; who joins or leaves a queue, to everybody at the desk and to everybody who waits.
A tab of the desk that shows another conversation is told of its lists alone: of five conversations in five tabs, a
message is news for one.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from mykyivstar import routes, wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.support import reading
from mykyivstar.guard.connections import Connection, connections, desk_connections

Send = Callable[[Any, Connection, Iterable[Any]], Awaitable[None]]
Refreshers = Callable[[str], Sequence[Any]]

_FOR_CUSTOMERS = {Topic.CONVERSATION, Topic.STAFF_SAW}
_OURS = {Topic.DESK, Topic.CUSTOMER_TYPES, Topic.STAFF_TYPES, Topic.CUSTOMER_SAW} | _FOR_CUSTOMERS
_OF_CUSTOMERS = (routes.SUPPORT, routes.SUPPORT_CHAT.rpartition("/")[0])
_typing: dict[Topic, tuple[str, Any]] = {}
# What brings the lists and the open conversation of this screen of the desk up to date.
_at_desk: dict[str, tuple[Any, Any]] = {}
# The conversation that a tab of the desk shows, by the tab's token.
open_at_desk: dict[str, int] = {}


def shows_typing(topic: Topic, route: str, handler: Any) -> None:
    """Say which handler shows, on this screen, that the other side types; it takes the conversation's id."""
    _typing[topic] = (route.partition("[")[0], handler)


def at_desk(route: str, *, lists: Any, talk: Any) -> None:
    """Say which handlers bring the two parts of this screen up to date by themselves."""
    _at_desk[route] = (lists, talk)


async def follow_conversations(app: Any, subjects: Sequence[Subject], send: Send, refreshers: Refreshers) -> None:
    """Bring every open screen that shows one of these up to date."""
    ours = [subject for subject in subjects if subject.topic in _OURS]
    if not ours:
        return
    _forget_closed_tabs()
    ids = {subject.id for subject in ours if subject.topic is not Topic.DESK}
    async with wiring.reading() as session:
        parties = await reading.whom_to_tell(session, sorted(ids))
        waiting = await reading.who_waits(session) if any(s.topic is Topic.DESK for s in ours) else set[int]()
    profiles = {parties[each][0] for each in _of(ours, _FOR_CUSTOMERS) & parties.keys()} | waiting
    for connection in connections:
        path = connection.router_data.get("pathname", "")
        if connection.actor.profile_id in profiles and path.startswith(_OF_CUSTOMERS):
            await send(app, connection, [handler() for handler in refreshers(path)])
    said = _of(ours, {Topic.CONVERSATION}) & parties.keys()
    members = {parties[each][1] for each in said}
    everybody = any(subject.topic is Topic.DESK for subject in ours)
    seen = _of(ours, {Topic.STAFF_SAW})
    news = said | _of(ours, {Topic.CUSTOMER_SAW})
    for desk in desk_connections:
        path = desk.router_data.get("pathname", "")
        shown = open_at_desk.get(desk.token)
        # What a tab itself has seen is no longer unread in its list; other tabs learn of that with the next message.
        of_lists = everybody or desk.actor.staff_id in members or shown in seen
        of_talk = shown in news
        await send(app, desk, [handler() for handler in _parts(path, refreshers, lists=of_lists, talk=of_talk)])
    for subject in ours:
        if subject.topic in _typing and subject.id in parties:
            await _tell_of_typing(app, subject, parties[subject.id], send)


def _parts(path: str, refreshers: Refreshers, *, lists: bool, talk: bool) -> Sequence[Any]:
    if (parts := _at_desk.get(path)) is None:
        return refreshers(path) if lists or talk else ()
    return [part for part, is_meant in zip(parts, (lists, talk), strict=True) if is_meant]


def _of(subjects: Iterable[Subject], topics: set[Topic]) -> set[int]:
    return {subject.id for subject in subjects if subject.topic in topics}


def _forget_closed_tabs() -> None:
    here = {desk.token for desk in desk_connections}
    for token in [token for token in open_at_desk if token not in here]:
        del open_at_desk[token]


async def _tell_of_typing(app: Any, subject: Subject, parties: tuple[int, int | None], send: Send) -> None:
    route, handler = _typing[subject.topic]
    profile_id, staff_id = parties
    if subject.topic is Topic.STAFF_TYPES:
        tabs: list[Any] = [each for each in connections if each.actor.profile_id == profile_id]
    else:
        tabs = [each for each in desk_connections if each.actor.staff_id == staff_id]
    for connection in tabs:
        if connection.router_data.get("pathname", "").startswith(route):
            await send(app, connection, [handler(subject.id)])
