"""A conversation at the desk is found again: after a reload, in another tab, on a phone (K6)."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.people import make_person
from tests.e2e.site import Site


def test_a_conversation_is_open_again_where_its_address_is(page: Page, site: Site, sign_in, solomiia: Page) -> None:  # type: ignore[no-untyped-def]
    sign_in(make_person(site).number)
    page.goto("/support")
    page.get_by_role("button", name="Фахівець з домашнього інтернету").click()
    waiting = solomiia.get_by_test_id("waiting").filter(has_text="Домашній інтернет").first
    name = waiting.locator(".row-title").inner_text()
    waiting.get_by_role("button").click()
    solomiia.wait_for_url(re.compile(r"/desk\?chat=[\w-]+$"))
    address = solomiia.url

    # A tab of its own, as the server knows none of after a restart.
    again = solomiia.context.new_page()
    again.goto(address)
    talk = again.get_by_role("heading", level=2, name=name)
    expect(talk).to_be_visible()
    expect(again.get_by_label("Ваше повідомлення")).to_be_visible()
    assert again.url == address
    expect(again.get_by_test_id("running").locator("[aria-current=true]")).to_have_count(1)

    # A phone shows the conversation or the lists.
    lists = again.get_by_label("Приймаю розмови")
    again.set_viewport_size({"width": 390, "height": 800})
    expect(lists).to_be_hidden()
    again.get_by_role("button", name="Усі розмови").click()
    expect(lists).to_be_visible()
    expect(talk).to_be_hidden()
    again.wait_for_url("**/desk")
    again.get_by_test_id("running").first.get_by_role("button").click()
    expect(lists).to_be_hidden()
    again.close()

    solomiia.get_by_role("button", name="Завершити").click()
    solomiia.get_by_role("dialog").get_by_role("button", name="Завершити").click()
    expect(solomiia.get_by_text("Завершено").first).to_be_visible()
