"""Call details in a browser: seen, ordered for the price that was said, taken away; refused; in three languages."""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.ledger.accounts import account_for
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.domain.usage.stored import NewRecord
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.period import Month
from tests.e2e.accessibility import violations
from tests.e2e.clicks import click_twice
from tests.e2e.people import Person, let_proofs_grow_old, make_person
from tests.e2e.site import Phone, Site
from tests.e2e.words import Words, choose
from tests.factories.people import put_money

LANGUAGES = ("uk", "en", "ru")


@dataclass
class Reader:
    """Somebody with 20 ₴, who registered long ago and calls every six hours."""

    site: Site
    page: Page
    person: Person
    records_of_last_month: int

    def has(self) -> Money:
        async def read(database: Database) -> Money:
            async with database.reading() as session:
                line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(self.person.number)))).one()
                assert (await proof(session)).holds
                return (await balances(session, line_ids=[line.id or 0])).lines[line.id or 0].money or Money.ZERO

        return self.site.behind_its_back(read)


def make_reader(site: Site, page: Page, money: Money) -> Reader:
    person, now = make_person(site), datetime.now(UTC)
    last_month = Month.of(now).shifted(-1).period
    starts = [now - timedelta(minutes=1) - timedelta(hours=6 * n) for n in range(250)]

    async def make(database: Database) -> None:
        async with database.unit_of_work() as session:
            profile = (await session.exec(select(Profile).where(Profile.login_key == person.number))).one()
            profile.created_at = datetime(2020, 1, 1, tzinfo=UTC)
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(person.number)))).one()
            await account_for(session, line_id=line.id, floor=Money.ZERO)
            await put_money(session, line, money)
            rows = [
                NewRecord(
                    line_id=line.id or 0,
                    started_at=start,
                    ref=f"{person.number}-{n}",
                    category=UsageCategory.CALL_OFF_NET,
                    quantity=90,
                    other_party="380501234567",
                    cost=Money(150),
                    rule="off_net",
                )
                for n, start in enumerate(starts)
            ]
            await store(session, rows)

    site.behind_its_back(make)
    return Reader(site, page, person, sum(start in last_month for start in starts))


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


def this_month() -> str:
    today = kyiv_date(datetime.now(UTC))
    return f"/details?from={today.replace(day=1)}&to={today}"


def test_details_of_this_month_are_ordered_with_a_code_and_taken_away(
    reader: Reader, words: Words, phone: Callable[[str], Phone], tmp_path: Path
) -> None:
    page, before = reader.page, len(phone(reader.person.number).messages())
    let_proofs_grow_old(reader.site, reader.person)
    page.goto(this_month())
    expect(page.locator("h1")).to_have_text(words.say("Call details"))
    expect(page.get_by_test_id("price")).to_contain_text(re.compile(r"5[.,]31"))
    for part in ("4[.,]17", "0[.,]83", "0[.,]31"):
        expect(page.locator(".facts")).to_contain_text(re.compile(part))
    expect(page.get_by_test_id("record")).to_have_count(0)
    assert violations(page) == []
    page.locator("#csv").check()
    page.get_by_test_id("order").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_role("button", name=re.compile(r"\+380")).first.click()
    page.locator("#proof_code").fill(phone(reader.person.number).next_code(after=before))
    expect(page.get_by_test_id("confirm-order")).to_be_visible()
    assert reader.has() == Money.uah(20), "nothing is taken before the yes"
    click_twice(page.get_by_test_id("confirm-order"))
    expect(page).to_have_url(re.compile(r"/reports$"))
    expect(page.get_by_test_id("report")).to_have_count(1)
    expect(page.get_by_test_id("file").filter(has_text="CSV")).to_be_visible(timeout=60_000)
    assert reader.has() == Money.uah(14, 69)
    assert violations(page) == []
    with page.expect_download() as taken:
        page.get_by_test_id("file").filter(has_text="CSV").click()
    path = tmp_path / "details.csv"
    taken.value.save_as(path)
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0][0] == words.say("Date")
    assert {row[3] for row in rows[1 : rows.index([])]} == {"380501234567"}
    page.get_by_role("link", name=words.say("Show the records")).click()
    expect(page.get_by_test_id("record").first).to_be_visible()


def test_without_money_it_is_refused_and_nothing_is_ordered(
    site: Site, page: Page, sign_in: Callable[[str], None]
) -> None:
    poor, words = make_reader(site, page, Money.uah(5, 30)), Words(page, "uk")
    sign_in(poor.person.number)
    page.goto(this_month())
    page.get_by_test_id("order").click()
    page.get_by_test_id("confirm-order").click()
    expect(page.locator("dialog[open] [role=alert]")).to_contain_text("0,01")
    assert poor.has() == Money.uah(5, 30)
    page.goto("/reports")
    expect(words.text("No reports yet")).to_be_visible()


def test_last_month_is_free_and_read_page_by_page(reader: Reader, words: Words) -> None:
    page = reader.page
    page.goto("/details")
    expect(page.get_by_test_id("record")).to_have_count(50)
    expect(page.get_by_test_id("record").first).to_contain_text(re.compile(r"45\s67"))
    words.button("Show more").click()
    expect(page.get_by_test_id("record")).to_have_count(100)
    expect(page.get_by_role("table")).to_contain_text(str(reader.records_of_last_month))
    assert violations(page) == []


def test_days_that_cannot_be_are_said_and_the_page_stays(reader: Reader) -> None:
    page, words = reader.page, Words(reader.page, "uk")
    page.goto("/details")
    page.locator("#first").fill("2026-02-02")
    page.locator("#last").fill("2026-02-01")
    page.get_by_test_id("show").click()
    expect(page.locator("#last-error")).to_have_text(words.say("The last day is before the first one: swap them."))
    page.goto("/details?from=nonsense&to=2026-02-01")
    expect(words.text("Choose the first and the last day.")).to_be_visible()


def test_a_report_is_deleted(reader: Reader) -> None:
    page, words = reader.page, Words(reader.page, "uk")
    page.goto("/details")
    page.get_by_test_id("order").click()
    expect(page.get_by_test_id("file")).to_be_visible(timeout=60_000)
    words.button("Delete the report").click()
    page.get_by_test_id("delete").click()
    expect(words.text("No reports yet")).to_be_visible()
