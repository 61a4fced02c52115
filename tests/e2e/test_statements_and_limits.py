"""In a browser: a statement ordered, taken away and proved; a limit set, data paused and back; in three languages."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from mykyivstar.kit.money import Money
from tests.e2e.site import Site
from tests.e2e.test_reports import LANGUAGES, Reader, make_reader, violations
from tests.e2e.words import Words, choose


@pytest.fixture
def reader(site: Site, page: Page, sign_in: Callable[[str], None]) -> Reader:
    made = make_reader(site, page, Money.uah(20))
    sign_in(made.person.number)
    return made


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest, context: BrowserContext, site: Site, page: Page) -> Words:
    """Somebody who reads this language."""
    choose(context, site.address, request.param)
    return Words(page, request.param)


def test_a_statement_is_ordered_taken_away_and_proved(reader: Reader, words: Words, tmp_path: Path) -> None:
    page = reader.page
    page.goto("/reports")
    page.get_by_test_id("order-paper").click()
    expect(page.locator("h1")).to_have_text(words.say("Order a report"))
    assert violations(page) == []
    first, last = page.locator("#first"), page.locator("#last")
    first.fill("2026-11-02")
    last.fill("2026-11-01")
    page.get_by_test_id("order").click()
    expect(words.text("The last day is before the first one: swap them.")).to_be_visible()
    first.fill("2024-01-01")
    last.fill("2024-12-31")
    page.locator("#csv").check()
    page.get_by_test_id("order").click()
    expect(page).to_have_url(re.compile(r"/reports$"))
    expect(page.get_by_test_id("says")).to_contain_text(re.compile(r"0[.,]00|20[.,]00"), timeout=60_000)
    assert violations(page) == []
    with page.expect_download() as taken:
        page.get_by_test_id("file").filter(has_text="CSV").click()
    path = tmp_path / "statement.csv"
    taken.value.save_as(path)
    facts = {
        row[0]: row[1]
        for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
        if len(row) == 2
    }
    page.goto(f"/verify/{facts[words.say('Code of the paper')]}")
    expect(page.get_by_role("status")).to_contain_text(words.say("We made this paper, and it says what stands below."))
    assert reader.has() == Money.uah(20), "free of charge"


def test_a_limit_is_set_and_data_paused_and_back(reader: Reader, words: Words) -> None:
    page = reader.page
    page.goto("/limits")
    expect(page.locator("h1")).to_have_text(words.say("Limits and pause"))
    money = page.get_by_test_id("limit-money")
    money.locator("#amount").fill("0")
    money.get_by_test_id("save-money").click()
    expect(money.locator("#amount")).to_have_attribute("aria-invalid", "true")
    money.locator("#amount").fill("5")
    money.get_by_test_id("save-money").click()
    expect(money.get_by_role("meter")).to_have_attribute("aria-valuenow", "100")
    expect(money).to_contain_text(words.say("Limit reached"))
    assert violations(page) == []
    page.get_by_test_id("ask-pause").click()
    page.get_by_test_id("pause-data").click()
    expect(page.get_by_test_id("pause")).to_contain_text(words.say("Paused"))
    page.get_by_test_id("resume").click()
    expect(page.get_by_test_id("pause")).to_contain_text(words.say("Mobile data works as usual."))
    money.get_by_test_id("remove-money").click()
    expect(money.get_by_role("meter")).to_have_count(0)
