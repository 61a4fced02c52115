"""What waits to be looked at is marked wherever somebody is, and they choose how they are told of it (M5)."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.notices import inbox
from mykyivstar.domain.notifications.templates import SmsTemplate
from tests.e2e.accessibility import violations
from tests.e2e.people import Person, SignIn, make_person
from tests.e2e.site import Site
from tests.e2e.words import Words


def tell(site: Site, person: Person) -> None:
    """A payment of somebody else comes, and an answer to a request."""

    async def put(database: Database) -> None:
        at = datetime.now(UTC)
        async with database.unit_of_work() as session:
            profile = (await session.exec(select(Profile).where(Profile.login == person.number))).one()
            assert profile.id is not None
            await inbox.put(
                session, profile.id, SmsTemplate.TRANSFER_GOT, {"kopiykas": "12050", "by": "067*****02"}, at=at
            )
            about = "ticket:of-the-test"
            await inbox.put(
                session, profile.id, SmsTemplate.TICKET_ANSWERED, {"number": "T-000001"}, at=at, about=about
            )

    site.behind_its_back(put)


@pytest.mark.parametrize("path", ["/help", "/terms", "/safety", "/no/such/page"])
def test_public_pages_have_the_bars_of_whoever_is_signed_in(page: Page, site: Site, sign_in: SignIn, path: str) -> None:
    sign_in(make_person(site).number)
    page.goto(path)
    words = Words(page, "uk")
    expect(page.get_by_role("navigation", name=words.say("Main menu"))).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("link", name=words.say("Sign in"))).to_have_count(0)


def test_the_public_start_lets_whoever_is_signed_in_go_on(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in(make_person(site).number)
    page.goto("/")
    page.wait_for_url("**/home")


def test_what_comes_is_marked_at_once_on_any_page_until_it_is_looked_at(
    page: Page, site: Site, sign_in: SignIn
) -> None:
    person, words = make_person(site), Words(page, "uk")
    sign_in(person.number)
    page.goto("/help")
    bell = page.get_by_test_id("bell")
    expect(bell).to_have_accessible_name(words.say("Notifications"))
    tell(site, person)
    expect(bell).to_have_accessible_name("2 нові сповіщення")
    expect(
        page.get_by_role("navigation", name=words.say("Main menu")).get_by_text(words.say("New answer"))
    ).to_be_visible()
    assert violations(page) == []

    bell.click()
    expect(page.get_by_role("heading", level=1, name=words.say("Notifications"))).to_be_visible()
    notices = page.get_by_test_id("notice")
    expect(notices).to_have_count(2)
    expect(notices.last).to_contain_text("120,50")
    expect(notices.first.get_by_role("link")).to_have_attribute("href", "/support/tickets/of-the-test")
    expect(bell).to_have_accessible_name(words.say("Notifications"))
    expect(page.get_by_test_id("news-mark")).to_have_count(0)
    assert violations(page) == []


def test_a_tab_that_comes_later_is_marked_too_and_a_phone_has_dots(page: Page, site: Site, sign_in: SignIn) -> None:
    person = make_person(site)
    tell(site, person)
    sign_in(person.number)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/home")
    expect(page.get_by_test_id("news-dot").locator("visible=true")).to_have_count(2)
    assert violations(page) == []


def test_each_topic_is_switched_by_itself_and_stays_so(page: Page, site: Site, sign_in: SignIn) -> None:
    person, words = make_person(site), Words(page, "uk")
    sign_in(person.number)
    page.goto("/profile/notifications")
    sms, letters = page.locator("#money-sms"), page.locator("#money-email")
    expect(sms).to_be_checked()
    expect(letters).to_be_disabled()
    assert violations(page) == []
    sms.click()
    expect(sms).not_to_be_checked()
    page.reload()
    expect(page.locator("#money-app")).to_be_checked()
    expect(sms).not_to_be_checked()
    expect(page.locator("#charges-sms")).to_be_checked()
    expect(words.text("Your profile has no e-mail address yet.")).to_be_visible()
