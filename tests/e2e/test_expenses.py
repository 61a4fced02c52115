"""Where the money went, in a browser: from a month to a heading, to the entry and its reason, and back again."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.models import IDS_OF_ONE, OperationKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.expenses.moving import move
from tests.e2e.accessibility import violations, width_of
from tests.e2e.people import Person, make_person
from tests.e2e.site import OLENA, Site
from tests.e2e.words import Words, choose

MONEY = re.compile(r"\d+,\d\d\s₴")


@pytest.fixture
def hanna(page: Page, sign_in: Callable[[str], None], site: Site) -> Person:
    """Somebody who paid 500, was charged for paid content nobody agreed to, and called a lot."""
    person, now = make_person(site), datetime.now(UTC)

    async def live(database: Database) -> None:
        async with database.unit_of_work() as session:
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(person.number)))).one()
            top_up = {"rule": "top_up/terminal"}
            at = now - timedelta(hours=2)
            await move(session, line, 50_000, at=at, kind=OperationKind.TOP_UP, why=top_up, key=f"{person.number}:in")
            love = {"rule": "price love/paid_content", "category": "paid_content", "quantity": 1}
            await move(session, line, -2_500, at=now - timedelta(hours=1), why=love, key=f"{person.number}:love")
            for n in range(40):
                call = {"rule": "price x/call_abroad", "category": "call_abroad", "quantity": 60, "record": f"r{n}"}
                at = now - timedelta(minutes=n + 1)
                await move(session, line, -100, at=at, why=call, key=f"{person.number}:{n}")

    site.behind_its_back(live)
    sign_in(person.number)
    return person


def test_olena_goes_from_her_month_to_an_entry_and_its_reason_and_back(olena: Page) -> None:
    olena.get_by_role("navigation", name="Головне меню").get_by_role("link", name="Витрати").click()
    expect(olena).to_have_url(re.compile("/expenses$"))
    expect(olena.get_by_test_id("spent")).to_contain_text(MONEY)
    expect(olena.get_by_test_id("chart").locator("li a")).to_have_count(13)
    assert violations(olena) == []
    olena.get_by_role("link", name="Попередній місяць").click()
    expect(olena).to_have_url(re.compile(r"month=\d{4}-\d{2}$"))
    expect(olena.get_by_role("link", name="Наступний місяць")).to_be_visible()
    # While it counts to the other month's sum, what is seen is not yet what is said.
    expect(olena.get_by_test_id("spent")).to_have_text(re.compile(r"^\s*(\S+\s₴)(\s*\1)?\s*$"))
    spent = olena.get_by_test_id("spent").inner_text().split("₴")[0].strip()
    olena.locator("[data-testid=heading][data-heading=tariff] a").click()
    expect(olena).to_have_url(re.compile(r"/expenses/history\?.*what=tariff"))
    entry = olena.get_by_test_id("entry").first
    expect(entry).to_contain_text("Плата за тариф")
    assert violations(olena) == []
    entry.get_by_role("link").click()
    expect(olena.locator("h1")).to_contain_text("Плата за тариф")
    expect(olena.get_by_test_id("facts")).to_contain_text("ПДВ")
    expect(olena.get_by_test_id("facts")).to_contain_text("Залишок до")
    expect(olena.get_by_test_id("ground")).to_contain_text("договором")
    assert violations(olena) == []
    olena.go_back()
    expect(olena.get_by_role("link", name="Плата за тариф", exact=True)).to_have_attribute("aria-current", "true")
    olena.go_back()
    expect(olena.get_by_test_id("spent")).to_contain_text(spent)


def test_more_is_shown_filters_stay_in_the_address_and_search_finds(page: Page, hanna: Person) -> None:
    page.goto("/expenses/history")
    entries, total = page.get_by_test_id("entry"), page.get_by_test_id("total")
    expect(total).to_contain_text("42 записи")
    expect(entries).to_have_count(30)
    page.get_by_role("button", name="Показати ще").click()
    expect(entries).to_have_count(42)
    page.get_by_role("link", name="Надходження").click()
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text("+500,00")
    page.go_back()
    expect(total).to_contain_text("42 записи")
    page.get_by_label("Пошук").fill("25")
    page.get_by_role("button", name="Знайти").click()
    expect(page).to_have_url(re.compile("q=25"))
    expect(entries).to_have_count(1)
    page.reload()
    expect(page.get_by_label("Пошук")).to_have_value("25")
    expect(total).to_contain_text("списано: 25,00")
    page.goto("/expenses/history?q=такого-немає")
    expect(page.get_by_text("Нічого не знайдено")).to_be_visible()
    assert violations(page) == []


def test_what_nobody_agreed_to_is_back_after_one_tap(page: Page, hanna: Person) -> None:
    page.goto("/expenses/history?what=paid_content")
    page.get_by_test_id("entry").get_by_role("link").click()
    expect(page.get_by_test_id("ground")).to_contain_text("немає")
    page.get_by_test_id("dispute").click()
    expect(page.get_by_test_id("is-back")).to_contain_text("уся сума знову на рахунку")
    assert violations(page) == []
    page.get_by_test_id("taken-back-by").get_by_role("link").click()
    expect(page.get_by_test_id("amount")).to_contain_text("+25,00")
    expect(page.locator("h1")).to_have_text("Повернено за вашим зверненням")
    page.get_by_test_id("takes-back").get_by_role("link").click()
    expect(page.get_by_test_id("amount")).to_contain_text("25,00")
    page.goto("/expenses/history?what=calls_abroad")
    page.get_by_test_id("entry").first.get_by_role("link").click()
    page.get_by_test_id("dispute").click()
    page.get_by_label("Що не так, вашими словами").fill("Я не телефонувала")
    page.get_by_role("button", name="Надіслати").click()
    expect(page.get_by_test_id("disputed")).to_contain_text("Я не телефонувала")
    # The first of all operations is somebody else's.
    page.goto(f"/expenses/entry/{IDS_OF_ONE}")
    expect(page.get_by_text("Такого запису немає")).to_be_visible()


def test_it_reads_well_in_other_languages_on_a_small_phone(
    page: Page, context: BrowserContext, site: Site, sign_in: Callable[[str], None]
) -> None:
    sign_in(OLENA)
    page.set_viewport_size({"width": 320, "height": 700})
    for language in ("en", "ru"):
        choose(context, site.address, language)
        words = Words(page, language)
        page.goto("/expenses")
        expect(page.get_by_role("heading", level=1)).to_have_text(words.say("Expenses"))
        expect(words.text("What it went for")).to_be_visible()
        fits(page, page.get_by_test_id("spent"))
        page.goto("/expenses/history")
        fits(page, page.get_by_test_id("total"))


def fits(page: Page, there: Locator) -> None:
    """What matters is there, and everybody can use it on a small phone."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(there).to_be_visible()
    assert width_of(page) <= 320
    assert violations(page) == []
