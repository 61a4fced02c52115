"""A home whose internet does not work, and a phone that dials, in a browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import Database, changed
from mykyivstar.domain.faults.visits import finish
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Holding
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.faults.conftest import make_outage
from tests.e2e.accessibility import violations
from tests.e2e.people import Person, make_person
from tests.e2e.site import Phone, Site
from tests.e2e.words import Words, choose

ADDRESS = "/internet/fault"


@dataclass(frozen=True)
class Home:
    """Hanna's home internet at a street of its own."""

    person: Person
    street: str


@pytest.fixture
def home(page: Page, sign_in: Callable[[str], None], site: Site) -> Home:
    """Hanna with a home internet account, signed in, on no page yet."""
    person = make_person(site)
    street = f"вул. Тестова {person.number[-4:]}-та"

    async def settle(database: Database) -> None:
        async with database.unit_of_work() as session:
            account = InternetAccount(number=f"00099{person.number[-4:]}", contract_phone=Msisdn(person.number))
            account.address = f"м. Київ, {street}, 5"
            profile = (await session.exec(select(Profile).where(Profile.login_key == person.number))).one()
            session.add(account)
            await session.flush()
            at = datetime.now(UTC)
            session.add(Holding(profile_id=profile.id, internet_account_id=account.id, proved_at=at, position=1))

    site.behind_its_back(settle)
    sign_in(person.number)
    return Home(person, street)


def test_from_the_check_to_a_visit_that_is_moved_cancelled_and_another_that_is_rated(
    page: Page, home: Home, site: Site, phone: Callable[[str], Phone]
) -> None:
    page.goto(ADDRESS)
    page.get_by_test_id("begin").click()
    assert violations(page) == []
    for _ in range(4):
        page.get_by_test_id("next-step").click()
    page.get_by_label("Що ви бачите?").fill("Не світиться WAN")
    page.get_by_test_id("ask").click()
    request = page.get_by_test_id("request")
    expect(request).to_contain_text("Не світиться WAN")
    # Not the first: its time to be chosen may be over in this very moment.
    page.get_by_test_id("window").nth(1).click()
    assert violations(page) == []
    page.get_by_test_id("book").click()
    expect(page.get_by_test_id("visit")).to_be_visible()
    chosen = page.get_by_test_id("visit").inner_text()
    page.get_by_test_id("choose-time").click()
    page.get_by_test_id("window").nth(3).click()
    page.get_by_test_id("book").click()
    expect(page.get_by_test_id("visit")).not_to_have_text(chosen)
    request.get_by_role("button", name="Скасувати заявку").click()
    page.get_by_test_id("really-cancel").click()
    expect(request).to_contain_text("Скасовано")
    page.get_by_role("button", name="Усе вже перевірено: викликати майстра").click()
    page.get_by_test_id("ask").click()
    expect(request).to_have_count(2)
    heading = request.first.get_by_role("heading").inner_text()

    async def mend(database: Database) -> None:
        async with database.unit_of_work() as session:
            await finish(session, heading.split()[-1], words="Замінено кабель", at=datetime.now(UTC))

    site.behind_its_back(mend)
    expect(page.get_by_test_id("rate")).to_be_visible()
    request.first.locator("label", has_text=re.compile("^5$")).click()
    page.get_by_test_id("rate").click()
    expect(request.first).to_contain_text("Ваша оцінка: 5 з 5")


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_an_outage_shows_itself_and_is_watched_in_every_language(
    page: Page, context: BrowserContext, home: Home, site: Site, language: str
) -> None:
    choose(context, site.address, language)
    words = Words(page, language)
    page.goto(ADDRESS)
    expect(words.text("On our side all is well")).to_be_visible()

    async def dig(database: Database) -> None:
        now = datetime.now(UTC)
        places = [("м. Київ", home.street, "1-9 odd")]
        await make_outage(
            database, code=f"T-{home.person.number}", starts_at=now, expected_at=now + timedelta(hours=3), places=places
        )

    site.behind_its_back(dig)
    page.reload()
    expect(words.text("There is an outage at your address")).to_be_visible()
    page.get_by_test_id("watch").click()
    expect(words.text("We will write an SMS")).to_be_visible()
    assert violations(page) == []


def test_the_map_of_the_network_and_its_list_say_the_same(page: Page, home: Home, site: Site) -> None:
    async def dig(database: Database) -> None:
        now, places = datetime.now(UTC), [("м. Полтава", home.street, ""), ("м. Київ", home.street, "")]
        await make_outage(
            database, code=f"M-{home.person.number}", starts_at=now, expected_at=now + timedelta(hours=3), places=places
        )
        async with database.unit_of_work() as session:
            changed(session, Subject(Topic.NETWORK, 0))

    page.goto(ADDRESS)
    page.get_by_role("link", name="Аварії та роботи на карті").click()
    expect(page.locator(".store-map[data-ready=true]")).to_be_visible()
    expect(page.locator(".store-map .map-home")).to_be_visible()
    site.behind_its_back(dig)
    own = page.get_by_test_id("city").first
    expect(own).to_contain_text(home.street)
    expect(own).to_contain_text("Ваше місто")
    own.get_by_role("button", name="Київ: показати на карті").click()
    popup = page.locator(".leaflet-popup")
    expect(popup).to_contain_text(home.street)
    expect(own).to_have_attribute("data-pointed", "")
    popup.get_by_role("button", name="Закрити").click()
    expect(popup).to_have_count(0)
    page.locator(".map-outage[title^=Київ]").click()
    expect(popup).to_contain_text("очікуємо до")
    assert violations(page) == []
    poltava = page.get_by_test_id("city").filter(has_text="Полтава")
    expect(poltava).to_contain_text(home.street)


def test_a_phone_dials_and_its_promised_payment_arrives(page: Page, home: Home) -> None:
    page.goto(f"/demo/phone?to={home.person.number}")
    page.get_by_test_id("dial").click()
    shown = page.get_by_test_id("ussd")
    expect(shown).to_contain_text("1 Обіцяний платіж")
    for answer, text in (("1", "50,00 грн"), ("1", "Взяти 50,00 грн?"), ("1", "50,00 грн уже на рахунку")):
        page.get_by_label("Відповідь").fill(answer)
        page.get_by_test_id("ussd-send").click()
        expect(shown).to_contain_text(text)
    assert violations(page) == []
    page.goto("/home")
    expect(page.get_by_text(re.compile(r"50,00\s₴")).first).to_be_visible()
