"""What travels when somebody opens a page for the first time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from benchmarks.chromium import FLAGS, chromium

_READY = "main h1"
_TEXTS = ("text/", "application/json", "application/manifest+json", "image/svg+xml")


class NotCompressed(Exception):
    """A text travelled without brotli, so the figures would not be those of a browser on HTTPS."""


@dataclass(frozen=True, slots=True)
class Download:
    """One file on the wire, its headers included."""

    name: str
    size: int


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that has never been anywhere."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield launched
        launched.close()


def downloads(opened: Browser, address: str, path: str, cookie: str = "") -> Sequence[Download]:
    """Everything that the page at this path fetches until nothing more comes, the heaviest first."""
    context = opened.new_context(base_url=address, viewport={"width": 390, "height": 844}, locale="uk-UA")
    if cookie:
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    answers: dict[str, dict[str, Any]] = {}
    sizes: dict[str, int] = {}
    wire = context.new_cdp_session(page)
    wire.on("Network.responseReceived", lambda event: answers.update({event["requestId"]: event["response"]}))
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    wire.send("Network.enable")
    page.goto(path, wait_until="networkidle")
    page.locator(_READY).wait_for()
    context.close()
    found = [_download(answers[request], int(size)) for request, size in sizes.items() if request in answers]
    return sorted(found, key=lambda each: -each.size)


def _download(answer: dict[str, Any], size: int) -> Download:
    headers = {name.lower(): value for name, value in answer["headers"].items()}
    path = urlsplit(answer["url"]).path
    is_text = headers.get("content-type", "").startswith(_TEXTS)
    if is_text and size > 2_000 and headers.get("content-encoding") != "br":
        raise NotCompressed(path)
    return Download(PurePosixPath(path).name or "/", size)
