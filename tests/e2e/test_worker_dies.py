"""A dying worker takes nobody's work with it: the framework's state is a cache."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.people import make_person
from tests.e2e.site import Phone, Site
from tests.fixtures.servers import wait_until


def kill_a_worker(site: Site) -> None:
    """One worker dies, and another one comes; how soon, tests/serving/test_serve.py says."""
    before = site.serving.workers
    site.serving.kill_a_worker()
    wait_until(
        lambda: len(site.serving.workers) == len(before) and site.serving.workers != before and site.serving.answers(),
        seconds=60,
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
    page.wait_for_url("**/home")
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.number[-2:])


def test_whoever_is_signed_in_goes_on(olena: Page, site: Site) -> None:
    expect(olena.locator("main .money-big").first).to_be_visible()
    kill_a_worker(site)
    olena.get_by_role("link", name="Мої номери").first.click()
    olena.wait_for_url("**/lines")
    expect(olena.get_by_role("main")).to_contain_text("Соломія")
    olena.reload()
    expect(olena.get_by_role("main")).to_contain_text("Соломія")
    assert olena.url.endswith("/lines")
