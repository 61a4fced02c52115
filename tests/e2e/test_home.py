"""The dashboard in a browser: everything at a glance, one click to another line."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import dress, violations, width_of
from tests.e2e.people import make_person
from tests.e2e.site import ANDRII, IRYNA, OLENA, Site
from tests.e2e.words import Words, choose


def test_olena_sees_what_she_has_and_what_comes_next(olena: Page) -> None:
    expect(olena.locator("h1")).to_have_text("Мій")
    expect(olena.get_by_test_id("balance")).to_have_text(re.compile(r"\d+,\d\d\s₴"))
    expect(olena.get_by_test_id("charge-amount")).to_have_text(re.compile(r"\d+,\d\d\s₴"))
    expect(olena.get_by_test_id("charge-day")).to_have_text(re.compile(r"^[а-яіїʼ’']+, \d+ [а-яі]+$"))
    expect(olena.locator("[data-testid=gauge][data-kind=data]")).to_contain_text("ГБ")
    expect(olena.get_by_test_id("internet-card")).to_contain_text("Працює")
    expect(olena.get_by_test_id("tile")).to_have_count(4)


def test_one_click_takes_another_line_in_hand_and_it_stays_there(olena: Page) -> None:
    other = olena.get_by_test_id("tile").filter(has_text="Робочий")
    other.get_by_role("button").click()
    expect(olena.locator("h1")).to_have_text("Робочий")
    expect(olena.locator(".bar-switcher")).to_contain_text("Робочий")
    expect(other.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    olena.reload()
    expect(olena.locator("h1")).to_have_text("Робочий")
    olena.locator(".bar-switcher").get_by_role("button").first.click()
    olena.get_by_test_id("line-choice").filter(has_text="Мій").click()
    expect(olena.locator("h1")).to_have_text("Мій")


@pytest.mark.browser_context_args(reduced_motion="no-preference")
def test_a_balance_does_not_count_up_from_another_lines(olena: Page) -> None:
    seen = """() => {
        window.seen = [];
        const look = () => window.seen.push(document.querySelector("[data-testid=balance]").innerText);
        new MutationObserver(look).observe(document.querySelector("main"), { subtree: true, childList: true });
    }"""
    before = olena.get_by_test_id("balance").inner_text()
    olena.evaluate(seen)
    olena.get_by_test_id("tile").filter(has_text="Соломія").get_by_role("button").click()
    expect(olena.locator("h1")).to_have_text("Соломія")
    olena.wait_for_timeout(1000)
    after = olena.get_by_test_id("balance").inner_text()
    assert set(olena.evaluate("window.seen")) <= {before, after}
    # What is taken in hand stays so: whoever comes next finds her as she was.
    olena.get_by_test_id("tile").filter(has_text="Мій").get_by_role("button").click()
    expect(olena.locator("h1")).to_have_text("Мій")


def test_the_address_names_the_line_to_begin_with(olena: Page) -> None:
    key = olena.get_by_test_id("internet-card").get_attribute("data-key")
    olena.goto(f"/home?line={key}")
    expect(olena.locator("h1")).to_have_text("Дім")
    expect(olena.get_by_test_id("balance")).to_be_visible()


def test_nobody_sees_a_strangers_line_by_its_address(page: Page, sign_in: Callable[[str], None], site: Site) -> None:
    sign_in(OLENA)
    page.goto("/home")
    key = page.get_by_test_id("tile").nth(1).get_attribute("data-key")
    sign_in(ANDRII)
    page.goto(f"/home?line={key}")
    expect(page.locator("h1")).to_have_text(re.compile(r"\+380\s68\s200\s00\s01"))
    expect(page.locator("body")).not_to_contain_text("Робочий")


def test_andrii_is_told_what_to_do(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in(ANDRII)
    page.goto("/home")
    expect(page.locator("[data-testid=alert][data-kind=balance_low]")).to_contain_text(re.compile(r"бракує \d"))
    expect(page.locator("[data-testid=alert][data-kind=validity_short]")).to_contain_text("Номер активний до")
    expect(page.get_by_test_id("validity")).to_contain_text("Активний до")


def test_irynas_internet_is_off_and_says_what_brings_it_back(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in(IRYNA)
    page.goto("/home")
    # Beside the line, or above when the account itself is in hand: she may have looked at it before.
    expect(page.locator("main [data-kind=internet_off]").first).to_contain_text(re.compile(r"Внесіть \d+,\d\d\s₴"))


def test_what_is_not_known_is_said_and_not_shown_as_nought(
    page: Page, sign_in: Callable[[str], None], site: Site
) -> None:
    sign_in(make_person(site).number)
    page.goto("/home")
    expect(page.get_by_test_id("balance")).to_have_text("Баланс ще невідомий")
    expect(page.get_by_test_id("tariff")).to_have_text("ще невідомо")
    expect(page.get_by_test_id("month-cost")).to_have_text("ще нічого")
    expect(page.get_by_test_id("next-charge")).to_contain_text("Регулярних списань немає.")
    expect(page.locator("main")).not_to_contain_text("0,00")


def test_it_is_the_same_in_every_language(page: Page, sign_in: Callable[[str], None], base_url: str) -> None:
    sign_in(OLENA)
    for language in ("uk", "en", "ru"):
        choose(page.context, base_url, language)
        page.goto("/home")
        words = Words(page, language)
        for heading in ("What is left", "Next charge", "All my numbers", "Home internet"):
            expect(page.get_by_role("heading", name=words.say(heading), exact=True)).to_be_visible()
        words.link("Top up").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(words.say("Top up"))


def test_everybody_can_use_it(olena: Page) -> None:
    expect(olena.get_by_test_id("balance")).to_be_visible()
    for width, scheme in ((320, "light"), (390, "dark"), (1280, "light")):
        dress(olena, width=width, scheme=scheme)
        assert width_of(olena) == width
        assert violations(olena) == [], (width, scheme)
