"""Conversations on open screens: which tabs hear of which, on the customer's side and at the desk.

A message goes to the two who talk; who joins or leaves a queue, to everybody at the desk and to everybody who waits.
A tab of the desk that shows another conversation is told of its lists alone: of five conversations in five tabs, a
message is news for one.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from mykyivstar import routes, wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.support import reading
from mykyivstar.domain.support.reading import Parties
from mykyivstar.guard.connections import Connection, connections, desk_connections
from mykyivstar.state.desk_lists import desk_lists

Send = Callable[[Any, Connection, Iterable[Any]], Awaitable[None]]
Tell = Callable[[Connection, Iterable[Any]], Awaitable[None]]
Refreshers = Callable[[str], Sequence[Any]]

_FOR_CUSTOMERS = {Topic.CONVERSATION, Topic.STAFF_SAW}
_OURS = {Topic.DESK, Topic.CUSTOMER_TYPES, Topic.STAFF_TYPES, Topic.CUSTOMER_SAW} | _FOR_CUSTOMERS
_OF_CUSTOMERS = (routes.SUPPORT, routes.SUPPORT_CHAT.rpartition("/")[0])
_typing: dict[Topic, tuple[str, Any]] = {}
# What brings the lists and the open conversation of this screen of the desk up to date.
_at_desk: dict[str, tuple[Any, Any]] = {}
# The conversation that a tab of the desk shows, by the tab's token.
open_at_desk: dict[str, int] = {}
# The message that a tab has sent last, and shows already.
just_said: dict[str, int] = {}


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
    desk_lists.forget(ours)
    _forget_closed_tabs()
    ids = {subject.id for subject in ours if subject.topic is not Topic.DESK}
    async with wiring.reading() as session:
        parties = await reading.whom_to_tell(session, sorted(ids))
        waiting = await reading.who_waits(session) if any(s.topic is Topic.DESK for s in ours) else set[int]()
    tell = partial(send, app)
    await _tell_customers(tell, refreshers, ours, parties, waiting)
    await _tell_the_desk(tell, refreshers, ours, parties)
    for subject in ours:
        if subject.topic in _typing and subject.id in parties:
            await _tell_of_typing(tell, subject, parties[subject.id])


async def _tell_customers(
    tell: Tell, refreshers: Refreshers, subjects: Sequence[Subject], parties: Mapping[int, Parties], waiting: set[int]
) -> None:
    said, seen = (_of(subjects, {topic}) & parties.keys() for topic in (Topic.CONVERSATION, Topic.STAFF_SAW))
    newest = {parties[each].newest for each in said}
    whatever = {parties[each].profile_id for each in seen} | waiting
    for connection in connections.of(sorted(whatever | {parties[each].profile_id for each in said})):
        path = connection.router_data.get("pathname", "")
        is_own = just_said.get(connection.token) in newest and connection.actor.profile_id not in whatever
        if path.startswith(_OF_CUSTOMERS) and not is_own:
            await tell(connection, [handler() for handler in refreshers(path)])


async def _tell_the_desk(
    tell: Tell, refreshers: Refreshers, subjects: Sequence[Subject], parties: Mapping[int, Parties]
) -> None:
    said, read, seen = (
        _of(subjects, {topic}) & parties.keys() for topic in (Topic.CONVERSATION, Topic.CUSTOMER_SAW, Topic.STAFF_SAW)
    )
    newest = {parties[each].newest for each in said}
    everybody = any(subject.topic is Topic.DESK for subject in subjects)
    members = sorted({staff_id for each in said if (staff_id := parties[each].staff_id) is not None})
    of_lists = {desk.token for desk in (desk_connections if everybody else desk_connections.of(members))}
    # What a tab itself has seen is no longer unread in its list; other tabs learn of that with the next message.
    of_lists |= {token for token, shown in open_at_desk.items() if shown in seen}
    of_talk = {
        token
        for token, shown in open_at_desk.items()
        if shown in read or (shown in said and just_said.get(token) not in newest)
    }
    for token in sorted(of_lists | of_talk):
        if (desk := desk_connections.get(token)) is not None:
            parts = _parts(
                desk.router_data.get("pathname", ""), refreshers, lists=token in of_lists, talk=token in of_talk
            )
            await tell(desk, [handler() for handler in parts])


def _parts(path: str, refreshers: Refreshers, *, lists: bool, talk: bool) -> Sequence[Any]:
    parts = _at_desk.get(path)
    if parts is None or (lists and talk):
        # One event for both.
        return refreshers(path) if lists or talk else ()
    return parts[:1] if lists else parts[1:]


def _of(subjects: Iterable[Subject], topics: set[Topic]) -> set[int]:
    return {subject.id for subject in subjects if subject.topic in topics}


def _forget_closed_tabs() -> None:
    for token in [token for token in open_at_desk if token not in desk_connections]:
        del open_at_desk[token]
    for token in [token for token in just_said if token not in desk_connections and token not in connections]:
        del just_said[token]


async def _tell_of_typing(tell: Tell, subject: Subject, parties: Parties) -> None:
    route, handler = _typing[subject.topic]
    if subject.topic is Topic.STAFF_TYPES:
        tabs: list[Any] = connections.of([parties.profile_id])
    else:
        members = [parties.staff_id] if parties.staff_id is not None else []
        tabs = [each for each in desk_connections.of(members) if open_at_desk.get(each.token) == subject.id]
    for connection in tabs:
        if connection.router_data.get("pathname", "").startswith(route):
            await tell(connection, [handler(subject.id)])
