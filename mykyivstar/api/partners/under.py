"""Everything under an address belongs to one application."""

from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send


class Under(BaseRoute):
    """Like the framework's Mount, which overlooks addresses with a line feed in them; those are the gate's too."""

    def __init__(self, root: str, app: ASGIApp) -> None:
        self._root = root
        self._app = app

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] not in {"http", "websocket"} or not scope["path"].startswith(self._root + "/"):
            return Match.NONE, {}
        return Match.FULL, {"root_path": self._root}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
