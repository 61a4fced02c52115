"""The charge calendar in a browser: what comes, what is missing, what would be."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.models import Cause
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e.accessibility import dress, violations, width_of
from tests.e2e.people import make_person
from tests.e2e.site import ANDRII, IRYNA, OLENA, Site
from tests.e2e.words import Words, choose
from tests.factories.payments import make_payment, share
from tests.factories.people import put_money

MONEY = re.compile(r"\d+,\d\d\s₴")


def test_olena_goes_from_her_next_charge_to_all_of_them_and_tries_a_top_up(olena: Page) -> None:
    olena.get_by_test_id("next-charge").get_by_role("link", name="Календар списань").click()
    expect(olena).to_have_url(re.compile("/calendar$"))
    expect(olena.locator("h1")).to_have_text("Календар списань")
    tariff = olena.locator("[data-testid=charge][data-kind=tariff]")
    expect(tariff.first).to_contain_text(MONEY)
    assert 1 <= tariff.count() <= 3
    assert violations(olena) == []
    before = olena.get_by_test_id("charge").count()
    olena.get_by_label("Поповнення на суму, грн").fill("333,33")
    olena.get_by_role("button", name="Показати, що буде").click()
    expect(olena.get_by_test_id("supposed")).to_be_visible()
    expect(olena.locator("[data-testid=charge][data-kind=top_up]")).to_contain_text("+333,33")
    expect(olena.get_by_test_id("charge")).to_have_count(before + 1)
    assert violations(olena) == []
    olena.get_by_role("button", name="Показати, як є").click()
    expect(olena.get_by_test_id("supposed")).to_have_count(0)
    expect(olena.get_by_test_id("charge")).to_have_count(before)
    expect(olena.get_by_label("Поповнення на суму, грн")).to_have_value("")


def test_a_sum_that_is_none_is_refused_beside_its_field(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in(OLENA)
    page.goto("/calendar")
    page.get_by_label("Поповнення на суму, грн").fill("сто")
    page.get_by_role("button", name="Показати, що буде").click()
    expect(page.locator("#amount-error")).to_be_visible()
    expect(page.locator("#amount")).to_be_focused()


def test_andrii_pays_what_is_missing_with_one_button(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in(ANDRII)
    page.goto("/calendar")
    banner = page.get_by_test_id("shortfall")
    expect(banner).to_contain_text("інакше тариф зупиниться")
    assert violations(page) == []
    button = page.get_by_test_id("pay-least")
    amount = re.search(r"(\d+),(\d\d)", button.inner_text())
    assert amount is not None
    button.click()
    expect(page).to_have_url(re.compile(r"/top-up\?"))
    kopiykas = "" if amount[2] == "00" else f",{amount[2]}"
    expect(page.get_by_label("Сума в гривнях")).to_have_value(f"{amount[1]}{kopiykas}")
    expect(page.get_by_test_id("whom").first.get_by_role("radio")).to_be_checked()


def test_irynas_contract_has_invoices_and_her_mothers_internet_is_off(
    page: Page, sign_in: Callable[[str], None]
) -> None:
    sign_in(IRYNA)
    page.goto("/calendar")
    expect(page.get_by_test_id("invoice").first).to_contain_text(MONEY)
    expect(page.get_by_test_id("shortfall")).to_have_count(0)
    page.locator(".bar-switcher").get_by_role("button").first.click()
    page.get_by_test_id("line-choice").filter(has_text="Квартира мами").click()
    expect(page.get_by_test_id("shortfall")).to_contain_text("інакше інтернету не буде")
    expect(page.get_by_test_id("invoice")).to_have_count(0)


def test_the_banner_goes_when_money_arrives(page: Page, sign_in: Callable[[str], None], site: Site) -> None:
    number = make_person(site).number

    async def charge_soon(database: Database) -> None:
        async with database.unit_of_work() as session:
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(number)))).one()
            tariff = (await session.exec(select(Tariff).where(Tariff.code == "spare"))).one()
            line.tariff_id, line.next_charge_at = tariff.id, datetime.now(UTC) + timedelta(days=5)
            session.add(line)
            await put_money(session, line, Money.uah(1))

    async def pay(database: Database) -> None:
        async with database.unit_of_work() as session:
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(number)))).one()
            at = datetime.now(UTC)
            payment = await make_payment(session, share(line, Money.uah(500)), key=f"calendar-{number}", at=at)
            await credit(session, payment, at=at, cause=Cause.NOTICE)

    site.behind_its_back(charge_soon)
    sign_in(number)
    page.goto("/calendar")
    expect(page.get_by_test_id("shortfall")).to_be_visible()
    site.behind_its_back(pay)
    expect(page.get_by_test_id("covered")).to_be_visible()
    expect(page.get_by_test_id("shortfall")).to_have_count(0)


def test_a_line_without_charges_says_so(page: Page, sign_in: Callable[[str], None], site: Site) -> None:
    sign_in(make_person(site).number)
    page.goto("/calendar")
    expect(page.get_by_text("За ці 60 днів регулярних списань немає")).to_be_visible()
    assert violations(page) == []


def test_it_is_said_in_each_language(
    page: Page, context: BrowserContext, site: Site, sign_in: Callable[[str], None]
) -> None:
    only_regular = "Only what is regular: calls, SMS and data beyond the package are not in it. Times are of Kyiv."
    sign_in(ANDRII)
    for language in ("uk", "en", "ru"):
        choose(context, site.address, language)
        words = Words(page, language)
        page.goto("/calendar")
        stops = words.text("Top up {amount} by {day}, or the tariff stops", amount="{amount}", day="{day}")
        expect(stops).to_be_visible()
        expect(words.button("Show what would be")).to_be_visible()
        expect(words.text(only_regular)).to_be_visible()


def test_nothing_is_wider_than_the_screen(page: Page, sign_in: Callable[[str], None]) -> None:
    for who in (OLENA, ANDRII, IRYNA):
        sign_in(who)
        page.goto("/calendar")
        expect(page.get_by_test_id("charge").first).to_be_visible()
        for width in (320, 1280):
            dress(page, width=width, scheme="light")
            assert width_of(page) <= width, (who, width)
