"""Two workers on Redis: a change reaches the screens of both, and neither a death nor a Redis that forgets harms."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from redis import Redis

from mykyivstar.kit.money import Money
from tests.e2e.site import MAKSYM, Site
from tests.e2e.test_live import expect_balance, pay_in
from tests.e2e.test_worker_dies import kill_a_worker
from tests.e2e.world import copy_of_demo

pytestmark = pytest.mark.redis


@pytest.fixture(scope="module")
def on_redis(built: Path, demo: Path, tmp_path_factory: pytest.TempPathFactory, redis_server: str) -> Iterator[Site]:
    """The demo, served by two workers."""
    with Redis.from_url(redis_server) as client:
        client.flushall()
    installation = copy_of_demo(demo, tmp_path_factory.mktemp("two"), built, REDIS_URL=redis_server, WORKERS="2")
    with installation.serving() as serving:
        assert len(serving.workers) == 2
        site = Site(serving)
        yield site
        site.leave()


@contextmanager
def maksym(browser: Browser, site: Site) -> Iterator[Page]:
    """Maksym's page in a browser of its own."""
    with browser.new_context(base_url=site.address, locale="uk-UA", reduced_motion="reduce") as context:
        cookie = {"name": "mk_session", "value": site.session_for(MAKSYM), "url": site.address, "httpOnly": True}
        context.add_cookies([{**cookie, "sameSite": "Lax"}])  # type: ignore[list-item]
        page = context.new_page()
        page.goto("/home")
        expect(page.locator("main .money-big")).to_be_visible()
        yield page


def test_a_payment_from_elsewhere_is_on_the_screens_of_both(browser: Browser, on_redis: Site) -> None:
    with ExitStack() as open_pages:
        # The kernel spreads sockets over the workers.
        pages = [open_pages.enter_context(maksym(browser, on_redis)) for _ in range(4)]
        after = pay_in(on_redis, MAKSYM, Money.uah(31))
        for page in pages:
            expect_balance(page, after)


def test_the_death_of_each_and_of_all_that_redis_knew_is_survived(
    browser: Browser, on_redis: Site, redis_server: str
) -> None:
    with maksym(browser, on_redis) as page:
        for _ in range(2):
            kill_a_worker(on_redis)
        page.get_by_role("link", name="Мої номери").first.click()
        expect(page.get_by_role("main")).to_contain_text(re.compile(r"96\s400\s00\s01"))
        with Redis.from_url(redis_server) as client:
            client.flushall()
        page.get_by_role("link", name="Головна").first.click()
        expect(page.locator("main .money-big")).to_be_visible()
