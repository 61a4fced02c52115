"""A subscriber signs in: A2, A3, A4, A9, A11."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.site import PASSWORD, Phone, Site
from tests.e2e.words import Words, choose

ANDRII, ANDRII_TYPED = "380682000001", "068 200 00 01"
NUMBER_FIELD = "Mobile number or home internet account"


def by_code(words: Words, typed: str, inbox: Phone) -> None:
    before = len(inbox.messages())
    words.field(NUMBER_FIELD).fill(typed)
    words.button("Next").click()
    words.field("Code from the SMS").fill(inbox.next_code(after=before))


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_andrii_signs_in_with_a_code(
    page: Page, context: BrowserContext, site: Site, phone: Callable[[str], Phone], language: str
) -> None:
    choose(context, site.address, language)
    page.goto("/login")
    by_code(Words(page, language), ANDRII_TYPED, phone(ANDRII))
    page.wait_for_url("**/home")


def test_olena_signs_in_with_her_internet_account(page: Page, phone: Callable[[str], Phone]) -> None:
    page.goto("/login")
    by_code(Words(page, "uk"), "0004477622", phone("380671000001"))
    page.wait_for_url("**/home")


def test_a_private_page_asks_to_sign_in_and_is_returned_to(page: Page, phone: Callable[[str], Phone]) -> None:
    page.goto("/profile/security")
    page.wait_for_url("**/login?next=**")
    by_code(Words(page, "uk"), ANDRII_TYPED, phone(ANDRII))
    page.wait_for_url("**/profile/security")


def test_nobody_is_sent_to_a_foreign_site(page: Page, phone: Callable[[str], Phone], site: Site) -> None:
    for wanted in ("//evil.example", "https://evil.example", "/%09/evil.example", "/\\evil.example"):
        page.context.clear_cookies()
        site.forget_tries()
        page.goto(f"/login?next={wanted}")
        by_code(Words(page, "uk"), ANDRII_TYPED, phone(ANDRII))
        page.wait_for_url(f"{site.address}/home")


def test_password_then_code_then_this_browser_is_remembered(
    page: Page, phone: Callable[[str], Phone], site: Site
) -> None:
    words, inbox = Words(page, "uk"), phone(ANDRII)
    page.goto("/login")
    words.button("Sign in with your password").click()
    words.field("Login, number or account").fill(ANDRII_TYPED)
    words.field("Password").fill(PASSWORD)
    before = len(inbox.messages())
    words.button("Sign in").click()
    expect(words.text("The password is right. A code is on its way to your phone by SMS.")).to_be_visible()
    page.locator("#remember").check()
    words.field("Code from the SMS").fill(inbox.next_code(after=before))
    page.wait_for_url("**/home")
    page.evaluate("fetch('/api/session/close', {method: 'POST'})")
    page.wait_for_url("**/login?next=**")
    words.button("Sign in with your password").click()
    words.field("Login, number or account").fill(ANDRII_TYPED)
    words.field("Password").fill(PASSWORD)
    words.button("Sign in").click()
    page.wait_for_url("**/home")


def test_a_wrong_password_and_an_unknown_login_read_the_same(context: BrowserContext) -> None:
    said = []
    for login in (ANDRII_TYPED, "nobody"):
        page = context.new_page()
        words = Words(page, "uk")
        page.goto("/login")
        words.button("Sign in with your password").click()
        words.field("Login, number or account").fill(login)
        words.field("Password").fill("Wrong-1234")
        words.button("Sign in").click()
        refusal = words.text(
            "The number or login and the password do not fit together. Check both, or sign in with an SMS code."
        )
        expect(refusal).to_be_visible()
        said.append(refusal.inner_text())
    assert said[0] == said[1]


def test_a_wrong_code_counts_down_and_the_last_one_asks_for_another(page: Page, phone: Callable[[str], Phone]) -> None:
    words = Words(page, "uk")
    page.goto("/login")
    words.field(NUMBER_FIELD).fill(ANDRII_TYPED)
    words.button("Next").click()
    for left in (4, 3, 2, 1):
        words.field("Code from the SMS").fill("")
        words.field("Code from the SMS").fill("2222")
        sentence = "This code does not fit. Check the SMS; tries left: {tries_left}."
        expect(words.text(sentence, tries_left=left)).to_be_visible()
    words.field("Code from the SMS").fill("")
    words.field("Code from the SMS").fill("2222")
    expect(words.text("This code no longer works. Ask for a new one.")).to_be_visible()
    inbox = phone(ANDRII)
    before = len(inbox.messages())
    words.button("Send another code").click()
    code = inbox.next_code(after=before)
    words.field("Code from the SMS").fill("")
    words.field("Code from the SMS").fill(code)
    page.wait_for_url("**/home")


def test_another_number_keeps_what_was_typed(page: Page) -> None:
    words = Words(page, "uk")
    page.goto("/login")
    words.field(NUMBER_FIELD).fill(ANDRII_TYPED)
    words.button("Next").click()
    words.button("Another number").click()
    expect(words.field(NUMBER_FIELD)).to_have_value(ANDRII_TYPED)


def test_signing_out_leaves_nothing_behind(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in(ANDRII)
    page.goto("/home")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("fetch('/api/session/close', {method: 'POST'})")
    page.wait_for_url("**/login?next=**")
    page.go_back()
    expect(page.get_by_text("068 200 00 01")).to_have_count(0)


def test_a_revoked_session_is_sent_away_at_once(page: Page, sign_in: Callable[[str], None], site: Site) -> None:
    from sqlmodel import select

    from mykyivstar.db.database import Database
    from mykyivstar.domain.identity import sessions
    from mykyivstar.domain.identity.models import Profile

    sign_in(ANDRII)
    page.goto("/home")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    async def revoke(database: Database) -> None:
        from datetime import UTC, datetime

        async with database.unit_of_work() as session:
            profile = (await session.exec(select(Profile).where(Profile.login_key == ANDRII))).one()
            await sessions.revoke_all(session, profile.id or 0, datetime.now(UTC))

    site.behind_its_back(revoke)
    page.wait_for_url("**/login?next=**")
