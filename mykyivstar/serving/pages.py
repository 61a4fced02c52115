"""The compiled front end: pages, scripts, styles and pictures, from memory, compressed at build time."""

import base64
import hashlib
import mimetypes
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[..., Awaitable[None]]

_ENCODINGS = {"br": ".br", "gzip": ".gz"}
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_INLINE_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)
_PRIVATE = {"csp.json"}
_NOT_FOUND = "/404"
# The shell of pages whose address has a variable part: they cannot be written at build time.
_SHELL = "/__spa-fallback"
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "private, no-cache"
_TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}


@dataclass(frozen=True, slots=True)
class File:
    """One file of the build in every form it may be sent."""

    content_type: str
    cache_control: str
    etag: str
    bodies: Mapping[str, bytes]  # by content encoding, "" for none
    script_hashes: tuple[str, ...] = ()
    style_hashes: tuple[str, ...] = ()

    def best_for(self, accepted: str) -> str:
        """The encoding to send, by an Accept-Encoding header; the smallest first."""
        offers = _accepted(accepted)
        return next((name for name in _ENCODINGS if name in self.bodies and name in offers), "")


class Frontend:
    """Every file of one build by the address it is served at."""

    def __init__(self, folder: Path) -> None:
        """Read the whole build, some megabytes; it never changes while a process lives."""
        self._files = dict(_read(folder))
        self.not_found = self._files[_NOT_FOUND]
        self.shell = self._files.pop(_SHELL, self.not_found)

    def page(self, path: str) -> File | None:
        """The file at this address; a page is found with and without a slash at its end."""
        return self._files.get(path.rstrip("/") or "/")


class Pages:
    """ASGI: answers what the build has, hands on the rest, and turns a bare "not found" into the page that helps."""

    def __init__(self, app: App, frontend: Frontend, is_route: Callable[[str], bool]) -> None:
        """`is_route` tells whether an address without a file of its own belongs to a page."""
        self._app = app
        self._frontend = frontend
        self._is_route = is_route

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if found := self._frontend.page(path):
            if found.content_type.startswith("text/html") and path != "/" and path.endswith("/"):
                await _redirect(scope, send, "/" + path.strip("/"))
            else:
                await _send_file(scope, send, found, 404 if found is self._frontend.not_found else 200)
        elif self._is_route(path):
            await _send_file(scope, send, self._frontend.shell, 200)
        else:
            await self._app(scope, receive, self._helpful(scope, send))

    def _helpful(self, scope: Scope, send: Send) -> Send:
        """Replace an answer of 404 in plain text, which is the framework's own, by the page."""
        replaced = False

        async def wrapped(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_bare_not_found(scope, message):
                replaced = True
                await _send_file(scope, send, self._frontend.not_found, 404)
            elif not replaced:
                await send(message)

        return wrapped


def _read(folder: Path) -> Iterable[tuple[str, File]]:
    for path in sorted(folder.rglob("*")):
        address = "/" + path.relative_to(folder).as_posix()
        if not path.is_file() or path.suffix in _ENCODINGS.values() or address[1:] in _PRIVATE:
            continue
        plain = path.read_bytes()
        bodies = {"": plain}
        for name, suffix in _ENCODINGS.items():
            packed = path.with_name(path.name + suffix)
            if packed.exists() and len(compressed := packed.read_bytes()) < len(plain):
                bodies[name] = compressed
        is_page = path.suffix == ".html"
        yield (
            _page_address(address) if is_page else address,
            File(
                content_type=_content_type(path),
                # Files under /assets/ carry a hash of their content in their names.
                cache_control=_FOR_EVER if address.startswith("/assets/") else _ASK_AGAIN,
                etag=f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"',
                bodies=bodies,
                script_hashes=hashes(_INLINE_SCRIPT, plain) if is_page else (),
                style_hashes=hashes(_INLINE_STYLE, plain) if is_page else (),
            ),
        )


def _page_address(address: str) -> str:
    return address.removesuffix(".html").removesuffix("/index") or "/"


def _content_type(path: Path) -> str:
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def hashes(inline: re.Pattern[bytes], html: bytes) -> tuple[str, ...]:
    """The sources for a Content-Security-Policy that allow exactly what this page has inline."""
    digests = {hashlib.sha256(found[1]).digest() for found in inline.finditer(html)}
    return tuple(sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))


def _accepted(header: str) -> set[str]:
    names = set()
    for part in header.lower().split(","):
        name, _, quality = part.partition(";")
        if quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            names.add(name.strip())
    return names


def _header(scope: Scope, name: bytes) -> str:
    return b",".join(value for key, value in scope["headers"] if key == name).decode("latin-1")


def _is_bare_not_found(scope: Scope, message: Message) -> bool:
    if scope["path"].startswith("/api/"):
        return False
    content_type = dict(message.get("headers", [])).get(b"content-type", b"")
    return bool(message["status"] == 404 and content_type.startswith(b"text/plain"))


async def _redirect(scope: Scope, send: Send, location: str) -> None:
    query = scope.get("query_string", b"").decode("latin-1")
    address = location + (f"?{query}" if query else "")
    await send({"type": "http.response.start", "status": 308, "headers": [(b"location", address.encode("latin-1"))]})
    await send({"type": "http.response.body", "body": b""})


async def _send_file(scope: Scope, send: Send, file: File, status: int) -> None:
    # Whoever adds the security headers finds here what this page may have inline.
    scope["script_hashes"], scope["style_hashes"] = file.script_hashes, file.style_hashes
    encoding = file.best_for(_header(scope, b"accept-encoding"))
    body = file.bodies[encoding]
    headers = [
        (b"content-type", file.content_type.encode()),
        (b"cache-control", file.cache_control.encode()),
        (b"etag", file.etag.encode()),
        (b"vary", b"Accept-Encoding"),
    ]
    if encoding:
        headers.append((b"content-encoding", encoding.encode()))
    if status == 200 and file.etag in _header(scope, b"if-none-match"):
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
