"""Neither a dying worker nor a Redis that forgets takes anybody's work with it: the framework's state is a cache."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from redis import Redis

from tests.e2e.people import make_person
from tests.e2e.site import MAKSYM, Phone, Site
from tests.fixtures.servers import wait_until
from tests.serving.running import install

BACK_WITHIN_S = 5


def kill_a_worker(site: Site) -> None:
    """One worker dies; another one is there within five seconds."""
    before = site.serving.workers
    site.serving.kill_a_worker()
    wait_until(
        lambda: len(site.serving.workers) == len(before) and site.serving.workers != before and site.serving.answers(),
        seconds=BACK_WITHIN_S,
        what="another worker",
    )


def test_signing_in_goes_on_where_it_was(page: Page, site: Site, phone: Callable[[str], Phone]) -> None:
    person = make_person(site)
    page.goto("/login")
    page.get_by_role("textbox").first.fill(person.typed)
    page.get_by_role("button", name="Далі").click()
    code = phone(person.number).next_code(after=0)
    kill_a_worker(site)
    page.get_by_role("textbox").first.fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home", timeout=15_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.number[-2:])


def test_whoever_is_signed_in_goes_on(olena: Page, site: Site) -> None:
    expect(olena.locator("main .money-big").first).to_be_visible()
    kill_a_worker(site)
    olena.get_by_role("link", name="Мої номери").first.click()
    olena.wait_for_url("**/lines")
    expect(olena.get_by_role("main")).to_contain_text("Соломія", timeout=10_000)
    olena.reload()
    expect(olena.get_by_role("main")).to_contain_text("Соломія", timeout=10_000)
    assert olena.url.endswith("/lines")


@pytest.fixture
def on_redis(
    browser: Browser, built: Path, tmp_path: Path, redis_url: str
) -> Iterator[tuple[Site, Page, Callable[[], None]]]:
    """Two workers on Redis, Maksym's page there, and a way to empty Redis."""
    installation = install(tmp_path, built, REDIS_URL=redis_url, WORKERS="2")
    assert installation.run("demo").returncode == 0

    def empty() -> None:
        with Redis.from_url(redis_url) as client:
            client.flushall()

    with installation.serving() as serving:
        site = Site(serving)
        context = browser.new_context(base_url=installation.address, locale="uk-UA")
        cookie = {"name": "mk_session", "value": site.session_for(MAKSYM), "url": site.address, "httpOnly": True}
        context.add_cookies([{**cookie, "sameSite": "Lax"}])
        page = context.new_page()
        page.goto("/home")
        expect(page.locator("main .money-big")).to_be_visible()
        yield site, page, empty
        context.close()


@pytest.mark.redis
def test_two_workers_on_redis_survive_the_death_of_each_and_of_all_that_redis_knew(
    on_redis: tuple[Site, Page, Callable[[], None]],
) -> None:
    site, page, empty_redis = on_redis
    for _ in range(2):
        kill_a_worker(site)
    page.get_by_role("link", name="Мої номери").first.click()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"96\s400\s00\s01"), timeout=10_000)
    empty_redis()
    page.get_by_role("link", name="Головна").first.click()
    expect(page.locator("main .money-big")).to_be_visible(timeout=10_000)
