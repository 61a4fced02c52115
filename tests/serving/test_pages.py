"""The compiled front end is sent in its smallest form, kept where it may be, and asked for again where it must."""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from mykyivstar.serving.pages import Frontend, Pages

Client = Callable[[Any], httpx.AsyncClient]


@pytest.fixture
def pages(build: Path, behind: Starlette) -> Pages:
    return Pages(behind, Frontend(build), is_route=lambda path: path.startswith("/lines/"))


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/", 200, "<h1>index</h1>"),
        ("/second", 200, "<h1>second</h1>"),
        ("/second?x=1", 200, "<h1>second</h1>"),
        ("/lines/17", 200, "<h1>__spa-fallback</h1>"),
        ("/nothing", 404, "<h1>404</h1>"),
        ("/404", 404, "<h1>404</h1>"),
        ("/__spa-fallback", 404, "<h1>404</h1>"),
        ("/assets/missing.js", 404, "<h1>404</h1>"),
        ("/api/gone", 404, "no such thing"),
    ],
)
async def test_what_an_address_shows(pages: Pages, client: Client, path: str, status: int, text: str) -> None:
    async with client(pages) as browser:
        answer = await browser.get(path)
    assert answer.status_code == status
    assert text in answer.text


async def test_a_slash_at_the_end_leads_to_the_one_address(pages: Pages, client: Client) -> None:
    async with client(pages) as browser:
        answer = await browser.get("/second/?next=%2Fhome")
        elsewhere = await browser.get("http://testserver//evil.example/")
    assert answer.status_code == 308
    assert answer.headers["location"] == "/second?next=%2Fhome"
    assert elsewhere.status_code == 404


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None)],
)
async def test_the_smallest_form_that_the_browser_takes(
    pages: Pages, client: Client, accepted: str, encoding: str | None
) -> None:
    async with client(pages) as browser:
        request = browser.build_request("HEAD", "/assets/a-1.js", headers={"accept-encoding": accepted})
        answer = await browser.send(request, stream=True)
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


async def test_hashed_files_are_kept_for_ever_and_pages_asked_for_again(pages: Pages, client: Client) -> None:
    async with client(pages) as browser:
        script = await browser.get("/assets/a-1.js", headers={"accept-encoding": "identity"})
        page = await browser.get("/second")
        again = await browser.get("/second", headers={"if-none-match": page.headers["etag"]})
    assert "immutable" in script.headers["cache-control"]
    assert page.headers["cache-control"] == "private, no-cache"
    assert (again.status_code, again.content) == (304, b"")


async def test_a_page_takes_nothing_but_reading(pages: Pages, client: Client) -> None:
    async with client(pages) as browser:
        posted = await browser.post("/second")
        echoed = await browser.post("/api/echo")
    assert posted.status_code == 404
    assert echoed.json() == {"method": "POST"}


def test_a_page_allows_what_it_has_inline_and_nothing_else(tmp_path: Path) -> None:
    def allowed(text: bytes) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'"

    html = (
        '<style>h1{color:red}</style><script>start()</script><script type="module" src="/a.js"></script>'
        '<script id="x">start()</script>'
    )
    for name in ("index", "404"):
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    page = Frontend(tmp_path).page("/")
    assert page is not None
    assert page.script_hashes == (allowed(b"start()"),)
    assert page.style_hashes == (allowed(b"h1{color:red}"),)
