"""Open screens follow the data: whatever changes anywhere is shown within two seconds, without a reload (C5).

Each process hears of every commit (its own at once, others' from the `change` table), finds the connected tabs of the
profiles concerned, and sends each the refresh event of the screen it is on, as if the tab itself had asked: through
the guard, with the tab's own session. It is done from a task of its own, never from inside a handler, because an
event sent from a handler would carry that handler's caller.
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reflex_base.event import Event

from mykyivstar import routes, wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.lines.queries import holders
from mykyivstar.guard.connections import Connection, connections, desk_connections
from mykyivstar.guard.pushes import pushes
from mykyivstar.guard.session_cache import desk_cache, session_cache
from mykyivstar.state.live_support import follow_conversations
from mykyivstar.state.overviews import overviews
from mykyivstar.state.session import SessionState

_refreshes: dict[str, tuple[Any, ...]] = {}
_on_every_page: list[Any] = []
# Screens of the desk that show stores: these change seldom, and nothing else there does with them.
_showing_stores: dict[str, tuple[Any, ...]] = {}


def refreshes(route: str, *handlers: Any) -> None:
    """Say which handlers bring the screen at this route up to date; they take no arguments and return nothing."""
    _refreshes[route] = handlers


def shows_stores(route: str, handler: Any) -> None:
    """Say which handler brings this screen of the desk up to date when a store has changed; it takes no arguments."""
    _showing_stores[route] = (handler,)


def marks_news(handler: Any) -> None:
    """Say which handler shows, on whatever page somebody is, that a notice waits for them; it takes no arguments."""
    _on_every_page.append(handler)


def refreshers(route: str) -> tuple[Any, ...]:
    """The handlers that bring the screen at this address up to date; the last part of a route may be a variable."""
    return _at(route, _refreshes)


def _at(route: str, screens: Mapping[str, tuple[Any, ...]]) -> tuple[Any, ...]:
    if (exact := screens.get(route)) is not None:
        return exact
    shape = re.compile(re.escape(route.rpartition("/")[0]) + r"/\[\w+\]")
    return next((handlers for known, handlers in screens.items() if shape.fullmatch(known)), ())


async def follow(app: Any, subjects: Sequence[Subject]) -> None:
    """Bring every open screen that shows one of these subjects up to date."""
    session_cache.forget(list(subjects))
    desk_cache.forget(list(subjects))
    overviews.forget(subjects)
    are_stores = any(subject.topic is Topic.STORES for subject in subjects)
    if are_stores:
        wiring.stores().forget()
    is_network = any(subject.topic is Topic.NETWORK for subject in subjects)
    if is_network:
        wiring.network_maps().forget()
    connections.still_here(app.event_namespace.token_to_sid)
    desk_connections.still_here(app.event_namespace.token_to_sid)
    pushes.forget_lost()
    concerned = await _profiles(subjects)
    sessions = {subject.id for subject in subjects if subject.topic is Topic.SESSION}
    everybody = any(subject.topic is Topic.CATALOGUE for subject in subjects)
    for connection in connections:
        if connection.actor.session_id in sessions:
            await _send(app, connection, [SessionState.look_again()])
            continue
        route = connection.router_data.get("pathname", "")
        if everybody or connection.actor.profile_id in concerned or (is_network and route == routes.INTERNET_NETWORK):
            await _send(app, connection, [handler() for handler in refreshers(route)])
    for connection in connections.of({subject.id for subject in subjects if subject.topic is Topic.NOTICES}):
        route = connection.router_data.get("pathname", "")
        also = refreshers(route) if route == routes.NOTIFICATIONS else ()
        await _send(app, connection, [handler() for handler in (*_on_every_page, *also)])
    await follow_conversations(app, subjects, _send, refreshers)
    ended = {subject.id for subject in subjects if subject.topic is Topic.STAFF_SESSION}
    for desk in desk_connections:
        path = desk.router_data.get("pathname", "")
        # The guard, which judges it first, sends a session that has ended away.
        shown = refreshers(path) if desk.actor.session_id in ended else ()
        shown += _at(path, _showing_stores) if are_stores else ()
        await _send(app, desk, [handler() for handler in shown])


async def _profiles(subjects: Sequence[Subject]) -> set[int]:
    direct = {subject.id for subject in subjects if subject.topic is Topic.PROFILE}
    lines = [subject.id for subject in subjects if subject.topic is Topic.LINE]
    accounts = [subject.id for subject in subjects if subject.topic is Topic.INTERNET]
    if not (direct or lines or accounts):
        return set()
    connected = {connection.actor.profile_id for connection in connections}
    if not connected or not (lines or accounts):
        return direct & connected
    async with wiring.reading() as session:
        held = await holders(session, line_ids=lines, internet_account_ids=accounts)
    return (direct | held) & connected


async def _send(app: Any, connection: Connection, specs: Iterable[Any]) -> None:
    for event in Event.from_event_type(list(specs)):
        # Those with something to tell are all told; a refresh that has not begun yet will find this change as well.
        if not event.payload and not pushes.may_go(connection.token, event.name):
            continue
        await app.event_processor.enqueue(
            connection.token, dataclasses.replace(event, router_data=dict(connection.router_data))
        )
