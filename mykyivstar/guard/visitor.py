"""Gives every browser that loads a page a visitor cookie: what it starts, only it can finish."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import Response

from mykyivstar.guard import cookies
from mykyivstar.kit.secret import new_token

_GIVEN = "mykyivstar.visitor"
Scope = MutableMapping[str, Any]
App = Callable[..., Awaitable[None]]


def visitor(app: App) -> App:
    """Wrap the application's ASGI callable."""

    async def wrapped(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"].startswith(("/_event", "/assets/")):
            await app(scope, receive, send)
            return
        cookie = b"; ".join(value for key, value in scope["headers"] if key == b"cookie").decode("latin-1")
        # Pages and the framework's own routes are wrapped each in their place; the outermost gives the cookie.
        if cookies.read(cookie, cookies.VISITOR) or scope.get(_GIVEN):
            await app(scope, receive, send)
            return
        scope[_GIVEN] = True

        async def send_with_cookie(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                holder = Response()
                cookies.put(holder, cookies.VISITOR, new_token(), max_age_s=cookies.YEAR_S)
                message["headers"] = [
                    *message["headers"],
                    *((key, value) for key, value in holder.raw_headers if key == b"set-cookie"),
                ]
            await send(message)

        await app(scope, receive, send_with_cookie)

    return wrapped


def _is_page(message: MutableMapping[str, Any]) -> bool:
    return any(key.lower() == b"content-type" and value.startswith(b"text/html") for key, value in message["headers"])
