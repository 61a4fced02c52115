"""A subscriber has forgotten the password: A8."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.authenticator import virtual_authenticator
from tests.e2e.people import ANSWER, QUESTION, Person, SignIn, make_person
from tests.e2e.site import Phone, Site
from tests.e2e.words import Words, choose

NEW = "Тиха-Вода-7"
NUMBER_FIELD = "Mobile number or home internet account"


def prove_the_number(words: Words, person: Person, inbox: Phone) -> None:
    before = len(inbox.messages())
    words.field(NUMBER_FIELD).fill(person.typed)
    words.button("Next").click()
    words.field("Code from the SMS").fill(inbox.next_code(after=before))


def choose_a_password(words: Words) -> None:
    words.field("New password").fill(NEW)
    words.field("The password once more").fill(NEW)
    words.button("Save and sign in").click()
    words.page.wait_for_url("**/home")


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_code_and_secret_question_restore_access_and_every_contact_hears_of_it(
    page: Page, context: BrowserContext, site: Site, phone: Callable[[str], Phone], language: str
) -> None:
    person = make_person(site, question=True)
    choose(context, site.address, language)
    words, inbox = Words(page, language), phone(person.number)
    page.goto("/login")
    words.button("Sign in with your password").click()
    words.link("Forgot the password?").click()
    page.wait_for_url("**/recover")
    prove_the_number(words, person, inbox)
    expect(page.locator(".secret-question")).to_have_text(QUESTION)
    words.field("Answer").fill("Марія")
    words.button("Send the answer").click()
    expect(words.text("This is not the answer you gave us. Tries left: {tries_left}.", tries_left=4)).to_be_visible()
    words.field("Answer").fill(f"  {ANSWER.upper()} ")
    words.button("Send the answer").click()
    choose_a_password(words)
    inbox.next_message(after=2)


def test_a_lost_page_finds_its_step_again(page: Page, site: Site, phone: Callable[[str], Phone]) -> None:
    person = make_person(site, question=True)
    words = Words(page, "uk")
    page.goto("/recover")
    words.field(NUMBER_FIELD).fill(person.typed)
    words.button("Next").click()
    expect(page.get_by_test_id("code-step")).to_be_visible()
    page.reload()
    words.field("Code from the SMS").fill(phone(person.number).next_code(after=0))
    expect(page.locator(".secret-question")).to_be_visible()
    page.reload()
    words.field("Answer").fill(ANSWER)
    words.button("Send the answer").click()
    expect(words.field("New password")).to_be_visible()
    page.reload()
    choose_a_password(words)


def test_a_passkey_is_the_better_second_proof(
    page: Page, site: Site, sign_in: SignIn, phone: Callable[[str], Phone]
) -> None:
    person = make_person(site)
    words = Words(page, "uk")
    sign_in(person.number)
    page.goto("/profile/security")
    with virtual_authenticator(page):
        words.button("Add a passkey").click()
        expect(page.get_by_test_id("passkey")).to_have_count(1)
        page.context.clear_cookies(name="mk_session")
        page.goto("/recover")
        prove_the_number(words, person, phone(person.number))
        words.button("Confirm with a passkey").click()
        choose_a_password(words)


def test_who_has_forgotten_everything_is_told_where_to_go(
    page: Page, site: Site, phone: Callable[[str], Phone]
) -> None:
    person = make_person(site)
    words = Words(page, "uk")
    page.goto("/recover")
    prove_the_number(words, person, phone(person.number))
    expect(page.get_by_test_id("recover-at-end")).to_contain_text(words.say("Visit any Kyivstar service centre."))


def test_an_employee_is_sent_to_the_coordinator(page: Page, site: Site, phone: Callable[[str], Phone]) -> None:
    person = make_person(site, question=True, is_employee=True)
    words = Words(page, "uk")
    page.goto("/recover")
    prove_the_number(words, person, phone(person.number))
    expect(
        words.text("Your company manages this access. Your company's coordinator will restore it for you.")
    ).to_be_visible()
