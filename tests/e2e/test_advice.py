"""Comparing tariffs and locking the tariff's money, in a browser."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.accessibility import violations, width_of
from tests.e2e.people import make_person
from tests.e2e.site import ANDRII, MAKSYM, Site
from tests.e2e.words import Words, choose

MONEY = re.compile(r"\d+,\d\d\s₴")


def test_olena_sees_which_tariff_is_cheaper_and_why(as_olena: Page) -> None:
    as_olena.goto("/tariff/advice?line=line:1")
    expect(as_olena.get_by_test_id("verdict")).to_contain_text("заощадив би вам")
    tariffs = as_olena.get_by_test_id("tariff")
    expect(tariffs.filter(has_text="Ваш тариф")).to_have_count(1)
    expect(tariffs.last).to_contain_text("дорожче на")
    expect(as_olena.get_by_test_id("check")).to_contain_text("до копійки")
    assert violations(as_olena) == []
    measured = as_olena.locator("[data-testid=tariff][data-code=measured]")
    measured.locator("summary").click()
    reason = measured.locator("[data-testid=reason][data-category=data]")
    expect(reason).to_contain_text("у пакеті 15")
    expect(reason).to_contain_text("Понад пакет")
    expect(measured.get_by_test_id("month")).to_have_count(3)
    expect(measured.locator("[data-what=total]").first).to_contain_text(MONEY)
    assert violations(as_olena) == []
    measured.locator("summary").click()
    expect(measured.get_by_test_id("comparison")).to_have_count(0)
    expect(as_olena.get_by_role("link", name="Телефонуйте 466").last).to_have_attribute("href", "tel:466")


def test_who_has_the_cheapest_is_told_so(page: Page, sign_in: Callable[[str], None], site: Site) -> None:
    sign_in(ANDRII)
    page.goto("/tariff/advice")
    expect(page.get_by_test_id("verdict")).to_contain_text("Ваш тариф найвигідніший")


def test_a_number_that_was_never_used_has_nothing_to_compare(
    page: Page, sign_in: Callable[[str], None], site: Site
) -> None:
    sign_in(make_person(site).number)
    page.goto("/tariff/advice")
    expect(page.get_by_test_id("refused")).to_be_visible()
    assert violations(page) == []


def test_the_tariffs_money_is_locked_by_a_switch_and_stays_at_home(as_olena: Page) -> None:
    as_olena.goto("/calendar?line=line:1")
    lock = as_olena.get_by_test_id("lock")
    lock.get_by_role("switch").click()
    expect(lock.get_by_test_id("locked")).to_contain_text("250,00 ₴ із 250,00 ₴".replace(" ₴", "\u00a0₴"))
    free = re.search(r"(\d+),(\d\d)", lock.get_by_test_id("free").inner_text())
    assert free is not None
    assert violations(as_olena) == []
    as_olena.locator("select#lock").select_option("off")
    as_olena.get_by_role("button", name="Показати, що буде").click()
    expect(as_olena.get_by_test_id("supposed")).to_be_visible()
    expect(lock.get_by_role("switch")).to_be_checked()
    as_olena.goto(f"/transfer?to=380682000001&amount={int(free[1]) + 1}")
    as_olena.get_by_role("button", name="Далі").click()
    expect(as_olena.get_by_text("відкладено на тариф. Вільно витратити")).to_be_visible()
    as_olena.goto("/calendar?line=line:1")
    lock.get_by_role("switch").click()
    expect(lock.get_by_test_id("locked")).to_have_count(0)


def test_both_are_said_in_each_language_and_fit_a_phone(
    page: Page, context: BrowserContext, site: Site, sign_in: Callable[[str], None]
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    sign_in(MAKSYM)
    for language in ("uk", "en", "ru"):
        choose(context, site.address, language)
        words = Words(page, language)
        page.goto("/tariff/advice")
        expect(words.text("All tariffs, the cheapest first")).to_be_visible()
        page.locator("[data-testid=tariff] summary").last.click()
        expect(words.text("Month by month")).to_be_visible()
        assert width_of(page) <= 320
        page.goto("/calendar")
        expect(words.text("Keep money for the tariff")).to_be_visible()
        expect(page.get_by_role("switch")).to_be_checked()
        assert width_of(page) <= 320
