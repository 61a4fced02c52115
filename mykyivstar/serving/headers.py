"""What every answer tells the browser to refuse, and who may open a socket."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from mykyivstar.settings import Settings

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
App = Callable[..., Awaitable[None]]

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # The store map asks where one is; passkeys are made and used; nothing else is ever needed.
    "permissions-policy": "geolocation=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), "
    "camera=(), microphone=(), payment=(), usb=(), interest-cohort=()",
}
_HSTS = "max-age=63072000; includeSubDomains"
# Answers of the application itself are personal; pages and files of the build say what they are themselves.
_PRIVATE = "no-store"
# The hash of nothing.
_NO_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


class SecurityHeaders:
    """ASGI: adds the security headers to every answer, errors included."""

    def __init__(self, app: App, chosen: Settings) -> None:
        self._app = app
        self._is_https = chosen.is_https
        self._sockets = tuple(f"wss://{urlsplit(origin).netloc}" for origin in chosen.origins)
        self._tiles = _sources(chosen.map_tiles_url)
        self._pmtiles = _sources(chosen.map_pmtiles_url)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def wrapped(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": self._complete(scope, message.get("headers", []))}
            await send(message)

        await self._app(scope, receive, wrapped)

    def _complete(self, scope: Scope, headers: Any) -> list[tuple[bytes, bytes]]:
        given = [(bytes(key).lower(), bytes(value)) for key, value in headers if bytes(key).lower() != b"server"]
        present = {key for key, _ in given}
        policy = self.content_policy(scope.get("script_hashes", ()), scope.get("style_hashes", ()))
        ours = _ALWAYS | {"content-security-policy": policy}
        if self._is_https:
            ours["strict-transport-security"] = _HSTS
        if b"cache-control" not in present:
            ours["cache-control"] = _PRIVATE
        return given + [(key.encode(), value.encode()) for key, value in ours.items() if key.encode() not in present]

    def content_policy(self, script_hashes: tuple[str, ...], style_hashes: tuple[str, ...]) -> str:
        """The Content-Security-Policy of a page that has these scripts and styles inline, and no others.

        Nothing is evaluated, so handlers must not send code (`rx.call_script`, `rx.toast`) to the browser. The style
        library writes its rules into an empty style element, which is what the last hash allows.
        """
        # Older Safari does not take 'self' to include the socket.
        connect = " ".join(("'self'", *self._sockets, *self._pmtiles))
        policy = {
            "default-src": "'self'",
            "script-src": " ".join(("'self'", *script_hashes)),
            "style-src": " ".join(("'self'", *style_hashes, _NO_STYLE)),
            "img-src": " ".join(("'self' data: blob:", *self._tiles)),
            "font-src": "'self' data:",
            "connect-src": connect,
            "object-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'self'",
            "frame-ancestors": "'none'",
        }
        secure = "; upgrade-insecure-requests" if self._is_https else ""
        return "; ".join(f"{name} {sources}" for name, sources in policy.items()) + secure


def _sources(address: str) -> tuple[str, ...]:
    """The origin of an address elsewhere, as a policy names it; none for an address of our own."""
    parts = urlsplit(address.replace("{s}", "*"))
    return (f"{parts.scheme}://{parts.netloc}",) if parts.netloc else ()


class KnownOrigins:
    """ASGI: a page of another site may neither open our socket nor send us anything that changes something.

    Programs that are no browsers send no Origin; they have no cookies of ours either.
    """

    def __init__(self, app: App, chosen: Settings) -> None:
        self._app = app
        self._origins = chosen.origins

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket" and not self._is_known(scope):
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        elif (
            scope["type"] == "http" and scope["method"] not in {"GET", "HEAD", "OPTIONS"} and not self._is_known(scope)
        ):
            await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"This request came from another site."})
        else:
            await self._app(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        given = {bytes(key).lower(): bytes(value).decode("latin-1") for key, value in scope["headers"]}
        origin = given.get(b"origin")
        if origin is None:
            return True
        if self._origins:
            return origin.rstrip("/") in self._origins
        # Nobody said how browsers reach us (trying out, development): the page and the socket have one address.
        return bool(urlsplit(origin).netloc) and urlsplit(origin).netloc == given.get(b"host")
