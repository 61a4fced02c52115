"""Conversations on open screens: which tabs hear of which, on the customer's side and at the desk.

A message goes to the two who talk; who joins or leaves a queue, to everybody at the desk and to everybody who waits.
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
_FOR_STAFF = {Topic.CONVERSATION, Topic.CUSTOMER_SAW}
_OURS = {Topic.DESK, Topic.CUSTOMER_TYPES, Topic.STAFF_TYPES} | _FOR_CUSTOMERS | _FOR_STAFF
_OF_CUSTOMERS = (routes.SUPPORT, routes.SUPPORT_CHAT.rpartition("/")[0])
_typing: dict[Topic, tuple[str, Any]] = {}
# Conversations that leads look at without having them, by the tab's token.
watching: dict[str, int] = {}


def shows_typing(topic: Topic, route: str, handler: Any) -> None:
    """Say which handler shows, on this screen, that the other side types; it takes the conversation's id."""
    _typing[topic] = (route.partition("[")[0], handler)


async def follow_conversations(app: Any, subjects: Sequence[Subject], send: Send, refreshers: Refreshers) -> None:
    """Bring every open screen that shows one of these up to date."""
    ours = [subject for subject in subjects if subject.topic in _OURS]
    if not ours:
        return
    _forget_closed_tabs()
    ids = {subject.id for subject in ours if subject.topic is not Topic.DESK}
    async with wiring.reading() as session:
        parties = {row[0]: row[1:] for row in await reading.whom_to_tell(session, sorted(ids))} if ids else {}
        waiting = await reading.who_waits(session) if any(s.topic is Topic.DESK for s in ours) else set[int]()
    profiles = {parties[each][0] for each in _of(ours, _FOR_CUSTOMERS) & parties.keys()} | waiting
    for connection in connections:
        path = connection.router_data.get("pathname", "")
        if connection.actor.profile_id in profiles and path.startswith(_OF_CUSTOMERS):
            await send(app, connection, [handler() for handler in refreshers(path)])
    for_staff = _of(ours, _FOR_STAFF) & parties.keys()
    members = {parties[each][1] for each in for_staff}
    everybody = any(subject.topic is Topic.DESK for subject in ours)
    for desk in desk_connections:
        path = desk.router_data.get("pathname", "")
        if everybody or desk.actor.staff_id in members or watching.get(desk.token) in for_staff:
            await send(app, desk, [handler() for handler in refreshers(path)])
    for subject in ours:
        if subject.topic in _typing and subject.id in parties:
            await _tell_of_typing(app, subject, parties[subject.id], send)


def _of(subjects: Iterable[Subject], topics: set[Topic]) -> set[int]:
    return {subject.id for subject in subjects if subject.topic in topics}


def _forget_closed_tabs() -> None:
    here = {desk.token for desk in desk_connections}
    for token in [token for token in watching if token not in here]:
        del watching[token]


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
