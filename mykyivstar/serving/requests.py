"""Around every HTTP request: how long it took, what it answered, and a decent answer when we failed."""

import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from mykyivstar import logs
from mykyivstar.kit.clock import monotonic
from mykyivstar.metrics import INCIDENTS, REQUESTS

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
App = Callable[..., Awaitable[None]]

log = logging.getLogger(__name__)

# Asked every few seconds by machines, or hundreds at a time by one page: counted, not logged.
_QUIET = ("/health", "/metrics", "/assets/", "/_event")


class Requests:
    """ASGI: logs and counts requests, and answers 500 with an incident id where the application raised."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = monotonic(), 0
        held: list[Message] = []

        async def wrapped(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            if status == 500:
                # Frameworks answer this themselves before they raise; what they say names no incident.
                held.append(message)
            else:
                await send(message)

        try:
            await self._app(scope, receive, wrapped)
            for message in held:
                await send(message)
        except Exception as error:  # noqa: BLE001 -- the outermost place: whatever went wrong becomes an incident
            incident = logs.report(error, "a request failed", path=scope["path"], method=scope["method"])
            INCIDENTS.inc()
            if status in {0, 500}:
                status = 500
                await _apologise(send, incident, scope["path"])
        seconds = monotonic() - started
        REQUESTS.labels(_kind(scope["path"]), f"{status // 100}xx").observe(seconds)
        if not scope["path"].startswith(_QUIET):
            # The path alone: a query may carry what nobody else should read.
            facts = {"method": scope["method"], "path": scope["path"], "status": status, "ms": round(seconds * 1000, 1)}
            log.info("request", extra=facts)


def _kind(path: str) -> str:
    first = path.split("/", 2)[1]
    return first if first in {"assets", "api", "health", "metrics", "_event", "demo"} else "page"


async def _apologise(send: Any, incident: str, path: str) -> None:
    text = f"Something went wrong on our side. Please try again later. Incident {incident}"
    content, kind = f"{text}\n", "text/plain"
    if path.startswith("/api/"):
        # Programs ask there, and understand refusals of this shape.
        content, kind = json.dumps({"code": "internal", "message": text, "request_id": incident}), "application/json"
    headers = [(b"content-type", f"{kind}; charset=utf-8".encode())]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": content.encode()})
