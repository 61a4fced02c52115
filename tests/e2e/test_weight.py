"""What a page costs somebody on a slow network: bytes that travel, by an empty browser."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

KIB = 1024
PAGE_KIB_MAX = 270
CHUNK_KIB_MAX = 100


def weighed(page: Page, context: BrowserContext, path: str) -> dict[str, int]:
    """Address → bytes on the wire, everything that the page fetched."""
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.responseReceived", lambda e: addresses.update({e["requestId"]: e["response"]["url"]}))
    session.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}))
    page.goto(path, wait_until="networkidle")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return {addresses.get(request, request): size for request, size in sizes.items()}


def check(found: dict[str, int]) -> None:
    heavy = {address: size for address, size in found.items() if size > CHUNK_KIB_MAX * KIB}
    assert heavy == {}
    assert sum(found.values()) <= PAGE_KIB_MAX * KIB


@pytest.mark.parametrize("path", ["/", "/login", "/help"])
def test_a_public_page_is_light(page: Page, context: BrowserContext, path: str) -> None:
    check(weighed(page, context, path))


def test_the_dashboard_is_light(olena: Page, context: BrowserContext) -> None:
    fresh = context.new_page()
    context.new_cdp_session(fresh).send("Network.clearBrowserCache")
    check(weighed(fresh, context, "/home"))
