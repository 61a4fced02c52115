"""A payment's own page and the list of all: complaints, strangers, languages, everybody's eyes and networks."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import bank
from tests.e2e.accessibility import dress, violations, width_of
from tests.e2e.payers import Payer, make_payer, state
from tests.e2e.people import make_person
from tests.e2e.site import Site
from tests.e2e.test_weight import check, weighed
from tests.e2e.words import Words, choose


@pytest.fixture
def payer(page: Page, sign_in: Callable[[str], None], site: Site) -> Payer:
    made = make_payer(site, page, lines=1)
    sign_in(made.person.number)
    return made


def test_a_complaint_is_sent_with_the_receipt(payer: Payer) -> None:
    page = payer.page
    payer.pay("20", bank.NO_MONEY)
    page.get_by_role("button", name="Повідомити про проблему").click()
    page.get_by_role("button", name="Надіслати з квитанцією").click()
    expect(page.locator("#words")).to_be_focused()
    page.get_by_label("Що не так?").fill("Гроші зняли двічі")
    page.get_by_role("button", name="Надіслати з квитанцією").click()
    expect(page.get_by_test_id("dispute")).to_contain_text("Розбираємося")


def test_a_stranger_finds_no_payment_signed_in_or_not(
    payer: Payer, sign_in: Callable[[str], None], site: Site, browser: Any, base_url: str
) -> None:
    payer.pay("20")
    address = payer.page.url
    expect(state(payer.page)).to_be_visible()
    nobody = browser.new_context(base_url=base_url).new_page()
    nobody.goto(address)
    expect(nobody.locator("main")).to_contain_text("Такого платежу тут немає")
    sign_in(make_person(site).number)
    payer.page.goto(address)
    expect(payer.page.locator("main")).to_contain_text("Такого платежу тут немає")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_is_the_same_in_the_other_languages(payer: Payer, base_url: str, language: str) -> None:
    page, words = payer.page, Words(payer.page, language)
    choose(page.context, base_url, language)
    page.goto("/top-up?amount=0")
    words.button("Next").click()
    expect(page.locator("#amount-error")).to_have_text(
        words.say("Enter an amount in hryvnias, for example 150 or 150,50.")
    )
    expect(words.field("Sum in hryvnias")).to_be_focused()
    words.field("Sum in hryvnias").fill("20")
    words.button("Next").click()
    expect(page.locator("h1")).to_have_text(words.say("Check the payment"))
    page.get_by_test_id("pay").click()
    bank.pay_at_bank(page)
    expect(state(page)).to_have_text(words.say("Credited"))
    words.link("Payments").first.click()
    expect(page.get_by_test_id("payment")).to_have_count(1)
    expect(page.get_by_test_id("day-total")).to_contain_text("20")
    page.get_by_role("link", name=words.say("Not paid"), exact=True).click()
    expect(page.get_by_test_id("payment")).to_have_count(0)
    page.go_back()
    expect(page.get_by_test_id("payment")).to_have_count(1)


def test_the_pages_are_light(payer: Payer) -> None:
    page = payer.page
    payer.pay("20", bank.NO_MONEY)
    for path in ("/top-up", "/wallet", "/payments", page.url):
        fresh = page.context.new_page()
        page.context.new_cdp_session(fresh).send("Network.clearBrowserCache")
        check(weighed(fresh, page.context, path))
        fresh.close()


def test_everybody_can_use_each_page(payer: Payer) -> None:
    page = payer.page
    payer.pay("20", bank.NO_MONEY)
    paid = page.url
    for path, there in (
        (paid, page.get_by_test_id("step").first),
        ("/top-up", page.get_by_test_id("whom").first),
        ("/top-up/check?form=" + "k" * 32 + f"&for={payer.numbers[0]}-5000", page.get_by_test_id("pay")),
        ("/wallet", page.get_by_test_id("split-row").first),
        ("/payments", page.get_by_test_id("payment").first),
    ):
        page.goto(path)
        expect(there).to_be_visible()
        for width, scheme in ((320, "light"), (390, "dark"), (1280, "light")):
            dress(page, width=width, scheme=scheme)
            assert width_of(page) == width, path
            assert violations(page) == [], (path, width, scheme)
