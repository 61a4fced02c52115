"""Before a socket is accepted: cookies become a session reference, and nothing else of them goes on.

Reflex keeps the handshake's headers with the state, so a cookie must not reach it. A client token alone opens the
state it belongs to, so a state that belongs to another session is emptied before its socket is accepted.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

import reflex as rx
from reflex.istate import data
from reflex.state import State
from reflex_base.registry import RegistrationContext

from mykyivstar import wiring
from mykyivstar.guard import cookies, desk_presence, presence
from mykyivstar.guard.address import client_address, network_msisdn
from mykyivstar.guard.binding import BoundState
from mykyivstar.kit.secret import token_hash

Scope = MutableMapping[str, Any]
App = Callable[..., Awaitable[None]]

SESSION_HEADER = "x-session-ref"
STAFF_HEADER = "x-staff-ref"
VISITOR_HEADER = "x-visitor-ref"
DEVICE_HEADER = "x-device-ref"
ADDRESS_HEADER = "x-client-ref"
NETWORK_HEADER = "x-network-ref"
_NAMES = (SESSION_HEADER, STAFF_HEADER, VISITOR_HEADER, DEVICE_HEADER, ADDRESS_HEADER, NETWORK_HEADER)
# Reflex shows a page the headers of its own socket, except these; ours are for the server alone.
data._PRIVATE_HEADERS |= set(_NAMES)  # noqa: SLF001
# What the socket and the framework look at; the rest would be kept with each state and each connection.
_KEPT = {
    b"connection",
    b"host",
    b"origin",
    b"sec-websocket-protocol",
    b"upgrade",
    b"user-agent",
    b"x-forwarded-host",
    b"x-forwarded-proto",
}


def handshake(app: App) -> App:
    """Wrap the application's ASGI callable."""

    async def wrapped(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] in {"websocket", "http"} and scope["path"].startswith("/_event"):
            scope = await _identified(scope)
        await app(scope, receive, send)

    return wrapped


async def _identified(scope: Scope) -> Scope:
    cookie = b"; ".join(value for key, value in scope["headers"] if key == b"cookie").decode("latin-1")
    session, visitor, device, staff = cookies.read_all(
        cookie, cookies.SESSION, cookies.VISITOR, cookies.DEVICE, cookies.STAFF
    )
    session_id, staff_session_id = await _session_id(session), await _staff_session_id(staff)
    ours = {
        SESSION_HEADER: str(session_id or ""),
        STAFF_HEADER: str(staff_session_id or ""),
        VISITOR_HEADER: token_hash(visitor) if visitor else "",
        DEVICE_HEADER: token_hash(device) if device else "",
        ADDRESS_HEADER: client_address(scope),
        NETWORK_HEADER: network_msisdn(scope),
    }
    headers = [(key, value) for key, value in scope["headers"] if key in _KEPT]
    headers += [(key.encode(), value.encode()) for key, value in ours.items() if value]
    for token in parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", []):
        await _empty_foreign_state(token, session_id, staff_session_id)
    return {**scope, "headers": headers}


async def _session_id(token: str) -> int:
    return await presence.by_cookie(token, wiring.clock().now()) if token else 0


async def _staff_session_id(token: str) -> int:
    return await desk_presence.by_cookie(token, wiring.clock().now()) if token else 0


async def _empty_foreign_state(client_token: str, session_id: int, staff_session_id: int) -> None:
    app: Any = RegistrationContext.get().app
    if app.event_namespace is None or await app.event_namespace._token_manager.is_token_connected(client_token):  # noqa: SLF001
        return  # A second socket with the same token is given a token of its own by Reflex.
    manager = app.state_manager
    root = await manager.get_state(rx.BaseStateToken(ident=client_token, cls=BoundState))
    bound = await root.get_state(BoundState)
    belongs = (bound._session_id, bound._staff_session_id)  # noqa: SLF001
    if any(belongs) and belongs != (session_id, staff_session_id):
        async with manager.modify_state(rx.BaseStateToken(ident=client_token, cls=State)) as root:
            root.reset()
            root.router_data = {}
            root._clean()  # noqa: SLF001
