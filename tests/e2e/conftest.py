"""Browser tests: the production build, served once with the demo world; a fresh browser for each test.

def test_something(page, site, phone): …         `page` is nobody's, `olena` is hers, signed in, at /home
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis  # noqa: F401 -- its plugin imports it at the end, and that breaks under the browser driver's greenlets
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.e2e.chromium import FLAGS, chromium
from tests.e2e.desk import at_desk, away
from tests.e2e.site import OLENA, Phone, Site
from tests.e2e.world import copy_of_demo, make_demo, once
from tests.serving.running import PROJECT, Installation

_SESSION_COOKIE = "mk_session"
# For whatever names no time of its own: on a busy machine five seconds, the driver's own choice, are not always enough.
expect.set_options(timeout=15_000)
# What the browser says when a page breaks our Content-Security-Policy or when React finds other HTML than it expects.
_NEVER = ("Content Security Policy", "Minified React error", "Hydration failed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = chromium()
    if found is None:
        pytest.skip("Chromium is not installed: apt-get install chromium, or set CHROMIUM")
    return {**browser_type_launch_args, "executable_path": found, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the production build, made if anything has changed since the last one."""
    web = Path(os.environ.get("REFLEX_WEB_WORKDIR", PROJECT / ".web")).absolute()

    def build(_: Path) -> None:
        building = Installation(PROJECT, {"REFLEX_WEB_WORKDIR": str(web)}).run("build", seconds=600)
        assert building.returncode == 0, building.stdout + building.stderr

    once(tmp_path_factory, "built", build)
    return web


@pytest.fixture(scope="session")
def demo(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world of this run, to be copied."""
    return once(tmp_path_factory, "demo", lambda folder: make_demo(folder, built))


@pytest.fixture(scope="session")
def site(built: Path, demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, served for the whole session. Tests that change what others look at make their own people."""
    with copy_of_demo(demo, tmp_path_factory.mktemp("site"), built).serving() as serving:
        site = Site(serving)
        yield site
        site.leave()


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    return site.address


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], site: Site) -> dict[str, Any]:
    return {
        **browser_context_args,
        "base_url": site.address,
        "locale": "uk-UA",
        "timezone_id": "Europe/Kyiv",
        # What moves costs a fifth of the whole. Tests of motion ask for it:
        # @pytest.mark.browser_context_args(reduced_motion="no-preference")
        "reduced_motion": "reduce",
    }


@pytest.fixture(autouse=True)
def tries_are_forgotten(request: pytest.FixtureRequest) -> None:
    if "site" in request.fixturenames:
        request.getfixturevalue("site").forget_tries()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose scripts must not fail, nor be stopped by our own policy."""
    page, complaints = context.new_page(), list[str]()

    def listen(message: ConsoleMessage) -> None:
        if any(sign in message.text for sign in _NEVER):
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture
def phone(site: Site) -> Callable[[str], Phone]:
    """`phone("380671000001").next_code(after=…)`: the SMS that came to a number of the demo."""
    return lambda number: Phone(site.address, number)


@pytest.fixture
def sign_in(context: BrowserContext, site: Site) -> Callable[[str], None]:
    """`sign_in("380682000001")` makes this test's browser that person's, without the pages of signing in."""

    def signed_in(login: str) -> None:
        cookie = {"name": _SESSION_COOKIE, "value": site.session_for(login), "url": site.address, "httpOnly": True}
        context.add_cookies([{**cookie, "sameSite": "Lax"}])  # type: ignore[list-item]

    return signed_in


@pytest.fixture
def as_olena(page: Page, sign_in: Callable[[str], None]) -> Page:
    """Olena's browser, on no page yet."""
    sign_in(OLENA)
    return page


@pytest.fixture
def olena(as_olena: Page) -> Page:
    """Olena's dashboard."""
    as_olena.goto("/home")
    return as_olena


@pytest.fixture
def solomiia(browser: Browser, site: Site) -> Iterator[Page]:
    """The desk of a consultant, who is gone when the test is over."""
    yield from _desk_of("consultant1", browser, site)


@pytest.fixture
def marta(browser: Browser, site: Site) -> Iterator[Page]:
    """The desk of the lead, who is gone when the test is over."""
    yield from _desk_of("lead1", browser, site)


def _desk_of(login: str, browser: Browser, site: Site) -> Iterator[Page]:
    desk = at_desk(browser, site, login)
    yield desk
    desk.context.close()
    away(site, login)
