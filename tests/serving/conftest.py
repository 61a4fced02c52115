"""A tiny build of the front end, and an application behind it that answers two addresses."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

PAGE = "<!DOCTYPE html><html><head><script>start()</script><script src=/assets/a-1.js></script></head>{}</html>"


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A folder as the compiler leaves it."""
    return built(tmp_path / "web")


def built(web: Path) -> Path:
    """The pages in `web`, as the compiler leaves them."""
    folder = web / "build" / "client"
    (folder / "assets").mkdir(parents=True)
    (folder / "second").mkdir()
    for name in ("index", "second", "404", "__spa-fallback"):
        (folder / f"{name}.html").write_text(PAGE.format(f"<h1>{name}</h1>"), encoding="utf-8")
    (folder / "second" / "index.html").write_text(PAGE.format("<h1>second</h1>"), encoding="utf-8")
    script = "console.log(1);" * 100
    (folder / "assets" / "a-1.js").write_text(script, encoding="utf-8")
    (folder / "assets" / "a-1.js.gz").write_bytes(gzip.compress(script.encode()))
    (folder / "assets" / "a-1.js.br").write_bytes(b"brotli stands here")
    (folder / "manifest.webmanifest").write_text("{}", encoding="utf-8")
    return folder


async def _echo(request: Request) -> Response:
    return JSONResponse({"method": request.method})


async def _broken(_request: Request) -> Response:
    raise RuntimeError("no line 380671234567")


async def _gone(_request: Request) -> Response:
    return PlainTextResponse("no such thing", status_code=404)


@pytest.fixture
def behind() -> Starlette:
    """What stands behind the pages: it echoes, breaks, and does not know one thing."""
    return Starlette(
        routes=[
            Route("/api/echo", _echo, methods=["GET", "POST"]),
            Route("/api/gone", _gone),
            Route("/broken", _broken),
        ]
    )


@pytest.fixture
def client() -> Callable[[Any], httpx.AsyncClient]:
    """A browser without a browser for any ASGI application."""

    def make(app: Any) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=app)
        return httpx.AsyncClient(transport=transport, base_url="http://testserver")

    return make
