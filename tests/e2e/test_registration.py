"""A subscriber registers: A1, A7, A10, A12."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from mykyivstar.db.database import Database
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e.site import PASSWORD, Phone, Site
from tests.e2e.words import Words, choose

NEW = {"uk": "380676000101", "en": "380676000102", "ru": "380676000103"}


def add_line(site: Site, number: str) -> None:
    async def add(database: Database) -> None:
        async with database.unit_of_work() as session:
            session.add(Line(msisdn=Msisdn(number)))

    site.behind_its_back(add)


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_a_new_subscriber_registers_by_sms(
    page: Page, context: BrowserContext, site: Site, phone: Callable[[str], Phone], language: str
) -> None:
    number = NEW[language]
    add_line(site, number)
    choose(context, site.address, language)
    words, inbox = Words(page, language), phone(number)
    before = len(inbox.messages())
    page.goto("/register")
    expect(page.locator("html")).to_have_attribute("lang", language)
    words.field("Mobile number").fill(f"0{number[3:5]} {number[5:8]}-{number[8:10]}-{number[10:]}")
    words.button("Next").click()
    expect(words.text("The code works for another")).to_be_visible()
    words.field("Code from the SMS").fill(inbox.next_code(after=before).lower())
    expect(words.text("The number is confirmed. Last step.")).to_be_visible()
    words.field("Password").fill(PASSWORD)
    words.field("The password once more").fill(PASSWORD)
    words.button("Create the profile").click()
    expect(words.text("To go on, accept both the terms and the processing of personal data.")).to_be_visible()
    expect(words.field("Password")).to_have_value(PASSWORD)
    page.locator("#terms").check()
    page.locator("#personal_data").check()
    words.button("Create the profile").click()
    page.wait_for_url("**/home")
    expect(page.get_by_text(f"{number[8:10]} {number[10:]}").first).to_be_visible()


def test_a_number_of_another_operator_gets_the_same_page_and_help(page: Page, phone: Callable[[str], Phone]) -> None:
    words = Words(page, "uk")
    page.goto("/register")
    words.field("Mobile number").fill("050 123 45 67")
    words.button("Next").click()
    words.field("Code from the SMS").fill("AAAA")
    expect(words.text("This code does not fit. Check the SMS; tries left: {tries_left}.", tries_left=4)).to_be_visible()
    page.get_by_text(words.say("The SMS did not come?")).click()
    expect(
        page.get_by_text(words.say("Check that your phone is on, has a signal, and that its inbox is not full."))
    ).to_be_visible()
    assert phone("380501234567").messages() == []


def test_a_number_with_a_profile_is_shown_the_way_in(page: Page, phone: Callable[[str], Phone]) -> None:
    words, inbox = Words(page, "uk"), phone("380682000001")
    before = len(inbox.messages())
    page.goto("/register")
    words.field("Mobile number").fill("068 200 00 01")
    words.button("Next").click()
    words.field("Code from the SMS").fill(inbox.next_code(after=before))
    expect(words.text("This number has a profile already. Sign in, or restore the password.")).to_be_visible()
    words.link("Sign in").first.click()
    page.wait_for_url("**/login")


def test_what_is_no_number_is_refused_beside_the_field_and_stays(page: Page) -> None:
    words = Words(page, "uk")
    for typed in ("", "   ", "Олена", "067", "+48 123 456 789", "x" * 40):
        page.goto("/register")
        field = words.field("Mobile number")
        field.fill(typed)
        words.button("Next").click()
        expect(words.text("Enter a mobile number, for example 067 123 45 67."), typed).to_be_visible()
        expect(field).to_have_value(typed)
        expect(field).to_be_focused()


def test_a_second_tab_and_a_reload_find_the_same_step(page: Page, context: BrowserContext, site: Site) -> None:
    add_line(site, "380676000110")
    words = Words(page, "uk")
    page.goto("/register")
    words.field("Mobile number").fill("067 600 01 10")
    words.button("Next").click()
    expect(words.field("Code from the SMS")).to_be_visible()
    page.reload()
    expect(words.field("Code from the SMS")).to_be_visible()
    second = context.new_page()
    second.goto("/register")
    expect(Words(second, "uk").field("Code from the SMS")).to_be_visible()


def test_the_language_can_be_switched_in_the_middle(page: Page, context: BrowserContext, site: Site) -> None:
    words = Words(page, "uk")
    page.goto("/register")
    words.field("Mobile number").fill("12")
    words.button("Next").click()
    expect(words.text("Enter a mobile number, for example 067 123 45 67.")).to_be_visible()
    page.get_by_role("group", name=words.say("Language")).get_by_role("button", name="English").click()
    english = Words(page, "en")
    expect(english.text("Enter a mobile number, for example 067 123 45 67.")).to_be_visible()
    expect(english.field("Mobile number")).to_have_value("12")


def test_without_javascript_the_page_says_what_to_do(browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, locale="uk-UA")
    page = context.new_page()
    page.goto(site.address + "/")
    expect(page.locator("h1")).to_be_visible()
    assert "JavaScript" in page.content()
    context.close()
