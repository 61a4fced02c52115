"""`mykyivstar dev`: one address before the framework's two development servers.

Sign-in works with cookies of one origin, which the framework's development mode does not have: its pages come from
Vite and its events from another port. This hands each request to the one it is for, sockets and hot reload included.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
from granian.constants import Interfaces
from granian.server import Server
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from mykyivstar import logs
from mykyivstar.guard.visitor import visitor
from mykyivstar.serving.environment import framework_variables, prepare_environment
from mykyivstar.settings import Settings, settings

Scope = MutableMapping[str, Any]
App = Callable[..., Awaitable[None]]

_FOR_THE_APPLICATION = (
    *("/_event", "/api/", "/health", "/metrics", "/ping", "/_health"),
    *("/demo/phone/messages", "/acquirer", "/verify"),
)
_HOP_BY_HOP = {b"connection", b"keep-alive", b"transfer-encoding", b"upgrade", b"content-length", b"content-encoding"}
_OF_THE_HANDSHAKE = {b"host", b"connection", b"upgrade", b"origin"}


def develop(chosen: Settings) -> int:
    """Run Vite and the application with hot reload behind one address until told to stop."""
    prepare_environment(chosen)
    pages, application = _ports(chosen)
    environment = {name: value for name, value in os.environ.items() if name not in framework_variables(chosen)}
    environment |= {
        "REFLEX_USE_NPM": "true",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_STATE_MANAGER_MODE": "memory",
        # What the browser is told to talk to.
        "REFLEX_API_URL": f"http://localhost:{chosen.port}",
        "PORT": str(chosen.port),
    }
    reflex = [str(Path(sys.executable).with_name("reflex")), "run", "--backend-host", "127.0.0.1"]
    command = [*reflex, "--frontend-port", str(pages), "--backend-port", str(application)]
    framework = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 -- our own words
    try:
        Server(
            target="mykyivstar.serving.development:create",
            factory=True,
            address=chosen.host,
            port=chosen.port,
            interface=Interfaces.ASGI,
            log_enabled=False,
        ).serve()
    finally:
        # Vite is a grandchild, and ends only with the whole group.
        os.killpg(framework.pid, signal.SIGINT)
        try:
            framework.wait(5)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(framework.pid, signal.SIGKILL)
    return 0


def create() -> App:
    """The ASGI application that hands on."""
    logs.configure(settings().log_format)
    return visitor(Forwarding(*_ports(settings())))


def _ports(chosen: Settings) -> tuple[int, int]:
    return chosen.port + 1, chosen.port + 2


class Forwarding:
    """ASGI: gives each request to Vite or to the application, as it came."""

    def __init__(self, pages: int, application: int) -> None:
        self._pages = pages
        self._application = application
        self._client = httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=200))

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        match scope["type"]:
            case "http":
                await self._request(scope, receive, send)
            case "websocket":
                await self._socket(scope, receive, send)
            case "lifespan":
                await receive()
                await send({"type": "lifespan.startup.complete"})
                await receive()
                await self._client.aclose()
                await send({"type": "lifespan.shutdown.complete"})

    def _target(self, scope: Scope, scheme: str) -> str:
        port = self._application if scope["path"].startswith(_FOR_THE_APPLICATION) else self._pages
        query = scope.get("query_string", b"").decode("latin-1")
        path = scope.get("raw_path", scope["path"].encode()).decode("latin-1").partition("?")[0]
        return f"{scheme}://localhost:{port}{path}" + (f"?{query}" if query else "")

    async def _request(self, scope: Scope, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        try:
            answer = await self._client.request(
                scope["method"], self._target(scope, "http"), headers=scope["headers"], content=body
            )
        except httpx.TransportError:
            headers = [(b"content-type", b"text/plain"), (b"refresh", b"2")]
            await send({"type": "http.response.start", "status": 503, "headers": headers})
            await send({"type": "http.response.body", "body": b"The development servers are starting."})
            return
        headers = [(key.lower(), value) for key, value in answer.headers.raw if key.lower() not in _HOP_BY_HOP]
        await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": answer.content})

    async def _socket(self, scope: Scope, receive: Any, send: Any) -> None:
        await receive()
        given = {key: value.decode("latin-1") for key, value in scope["headers"]}
        kept = {
            key.decode(): value
            for key, value in given.items()
            if key not in _OF_THE_HANDSHAKE and not key.startswith(b"sec-websocket")
        }
        asked = [Subprotocol(name) for name in scope.get("subprotocols", [])]
        target = self._target(scope, "ws")
        origin: Any = given.get(b"origin")
        async with connect(target, additional_headers=kept, origin=origin, subprotocols=asked or None) as inner:
            await send({"type": "websocket.accept", "subprotocol": inner.subprotocol})
            await asyncio.wait(
                {asyncio.create_task(_outwards(inner, send)), asyncio.create_task(_inwards(inner, receive))},
                return_when=asyncio.FIRST_COMPLETED,
            )


async def _outwards(inner: ClientConnection, send: Any) -> None:
    async for message in inner:
        kind = "text" if isinstance(message, str) else "bytes"
        await send({"type": "websocket.send", kind: message})
    await send({"type": "websocket.close", "code": inner.close_code or 1000})


async def _inwards(inner: ClientConnection, receive: Any) -> None:
    while (message := await receive())["type"] == "websocket.receive":
        try:
            await inner.send(message["text"] if message.get("text") is not None else message["bytes"])
        except ConnectionClosed:
            return
    await inner.close()
