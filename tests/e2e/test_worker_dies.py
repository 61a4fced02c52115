"""A worker that dies takes nobody's work with it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.site import ANDRII, Phone, Site
from tests.fixtures.servers import wait_until


def test_signing_in_goes_on_where_it_was(page: Page, site: Site, phone: Callable[[str], Phone]) -> None:
    andriis = phone(ANDRII)
    had = len(andriis.messages())
    page.goto("/login")
    page.get_by_role("textbox").first.fill("068 200 00 01")
    page.get_by_role("button", name="Далі").click()
    code = andriis.next_code(after=had)
    before = site.serving.workers
    site.serving.kill_a_worker()
    wait_until(
        lambda: site.serving.workers not in ([], before) and site.serving.answers(), seconds=5, what="another worker"
    )
    page.get_by_role("textbox").first.fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home", timeout=15_000)
    expect(page.locator("body")).to_be_visible()
