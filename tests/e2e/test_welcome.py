"""A home internet customer comes for the first time, with a temporary password: A5."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.authenticator import virtual_authenticator
from tests.e2e.people import ANSWER, QUESTION, make_account
from tests.e2e.site import Phone, Site
from tests.e2e.words import Words

NEW = "Тиха-Вода-7"


def temporary_password(site: Site, account: str, inbox: Phone) -> str:
    """What the operator sends."""
    done = site.serving.installation.run("issue-temporary-password", account)
    assert done.returncode == 0, done.stderr
    found = re.search(r"пароль (\w{10})", inbox.next_message(after=0))
    assert found is not None
    return found[1]


def fill_in(words: Words, password: str) -> None:
    words.field("Temporary password once more").fill(password.lower())
    words.field("New password").fill(NEW)
    words.field("The password once more").fill(NEW)
    words.page.locator("#terms").check()
    words.page.locator("#personal_data").check()


@pytest.mark.parametrize("begins_at", ["/login", "/welcome"])
def test_the_first_visit_ends_at_home_with_the_account(
    page: Page, site: Site, phone: Callable[[str], Phone], begins_at: str
) -> None:
    account, contract_phone = make_account(site)
    password = temporary_password(site, account, phone(contract_phone))
    words = Words(page, "uk")
    page.goto(begins_at)
    if begins_at == "/login":
        words.button("Sign in with your password").click()
        words.field("Login, number or account").fill(account)
        words.field("Password").fill(password)
        words.button("Sign in").click()
    else:
        words.field("Login from the SMS").fill(account)
        words.field("Temporary password from the SMS").fill(password)
        words.button("Next").click()
    page.wait_for_url("**/welcome")
    expect(page.locator("dl")).to_contain_text(account)
    expect(page.locator("dl")).to_contain_text("Київ, вул. Садова, 1")
    fill_in(words, password)
    page.get_by_text(words.say("Secret question"), exact=True).click()
    words.field("Question").fill(QUESTION)
    words.button("Create the profile").click()
    expect(page.locator("#answer-error")).to_be_visible()
    expect(words.field("New password")).to_have_value(NEW)
    words.field("Answer").fill(ANSWER)
    words.button("Create the profile").click()
    page.wait_for_url("**/home")
    expect(page.get_by_text(account).first).to_be_visible()


def test_a_passkey_for_recovery_is_made_before_going_in(page: Page, site: Site, phone: Callable[[str], Phone]) -> None:
    account, contract_phone = make_account(site)
    password = temporary_password(site, account, phone(contract_phone))
    words = Words(page, "uk")
    page.goto("/welcome")
    words.field("Login from the SMS").fill(account)
    words.field("Temporary password from the SMS").fill(password)
    words.button("Next").click()
    fill_in(words, password)
    words.button("Create the profile").click()
    expect(words.button("Make a passkey")).to_be_visible()
    page.reload()
    with virtual_authenticator(page) as device:
        words.button("Make a passkey").click()
        page.wait_for_url("**/home")
        assert len(device.passkeys()) == 1
