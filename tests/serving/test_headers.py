"""Every answer tells the browser what to refuse; other sites may neither post nor open the socket."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from mykyivstar.serving.application import App, dressed
from mykyivstar.serving.headers import KnownOrigins
from mykyivstar.serving.pages import Frontend, Pages
from mykyivstar.settings import Settings

Client = Callable[[Any], httpx.AsyncClient]
PRODUCTION = Settings(public_origins="https://my.example.ua,https://www.example.ua")


def whole(build: Path, behind: Starlette, chosen: Settings) -> App:
    return dressed(Pages(behind, Frontend(build), is_route=lambda _path: False), chosen)


@pytest.mark.parametrize("path", ["/", "/nothing", "/assets/a-1.js", "/api/echo", "/broken", "/second/"])
async def test_every_answer_has_the_headers(build: Path, behind: Starlette, client: Client, path: str) -> None:
    async with client(whole(build, behind, PRODUCTION)) as browser:
        headers = (await browser.get(path, headers={"accept-encoding": "gzip"})).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"]
    assert headers["permissions-policy"]
    assert headers["strict-transport-security"].startswith("max-age=63072000")
    assert headers["cache-control"]


async def test_scripts_and_styles_are_allowed_by_hash_alone(build: Path, behind: Starlette, client: Client) -> None:
    async with client(whole(build, behind, Settings())) as browser:
        headers = (await browser.get("/")).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["script-src"].startswith("'self' 'sha256-")
    assert "unsafe" not in headers["content-security-policy"]
    assert "strict-transport-security" not in headers


async def test_the_answer_of_an_application_is_never_stored(build: Path, behind: Starlette, client: Client) -> None:
    async with client(whole(build, behind, Settings())) as browser:
        assert (await browser.get("/api/echo")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("chosen", "origin", "is_known"),
    [
        (PRODUCTION, "https://my.example.ua", True),
        (PRODUCTION, "https://www.example.ua", True),
        (PRODUCTION, "https://evil.example", False),
        (PRODUCTION, "http://my.example.ua", False),
        (PRODUCTION, "https://my.example.ua.evil.example", False),
        (PRODUCTION, "null", False),
        (PRODUCTION, None, True),
        (Settings(), "http://testserver", True),
        (Settings(), "http://testserver:81", False),
        (Settings(), "http://evil.example", False),
        (Settings(), "null", False),
    ],
)
async def test_other_sites_cannot_post_or_open_the_socket(
    behind: Starlette, client: Client, chosen: Settings, origin: str | None, is_known: bool
) -> None:
    app = KnownOrigins(behind, chosen)
    headers = {"origin": origin} if origin is not None else {}
    async with client(app) as browser:
        assert (await browser.post("/api/echo", headers=headers)).status_code == (200 if is_known else 403)
    assert await is_socket_let_through(chosen, headers) is is_known


async def is_socket_let_through(chosen: Settings, headers: dict[str, str]) -> bool:
    reached = False

    async def application(_scope: Any, _receive: Any, _send: Any) -> None:
        nonlocal reached
        reached = True

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        assert message["type"] == "websocket.close"

    raw = [(b"host", b"testserver"), *((key.encode(), value.encode()) for key, value in headers.items())]
    await KnownOrigins(application, chosen)({"type": "websocket", "headers": raw, "path": "/_event/"}, receive, send)
    return reached


async def test_a_failure_is_an_incident_without_the_inside(
    build: Path, behind: Starlette, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    async with client(whole(build, behind, Settings())) as browser:
        answer = await browser.get("/broken")
    assert answer.status_code == 500
    incident = answer.text.split()[-1]
    assert "RuntimeError" not in answer.text
    assert [record.incident for record in caplog.records if hasattr(record, "incident")] == [incident]
