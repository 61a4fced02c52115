"""Transfers in a browser: at once, with the code, refused; in three languages. Each test's own people."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e.accessibility import violations
from tests.e2e.clicks import click_twice
from tests.e2e.people import Person, make_person
from tests.e2e.site import Phone, Site
from tests.e2e.words import Words, choose
from tests.factories.people import put_money

_getters = count(1)
LANGUAGES = ("uk", "en", "ru")


@dataclass
class Purse:
    """Somebody with 500 ₴, and a line that gets money."""

    site: Site
    page: Page
    giver: Person
    getter: str

    def has(self) -> list[Money]:
        """What is on both."""

        async def read(database: Database) -> list[Money]:
            async with database.reading() as session:
                numbers = [Msisdn(self.giver.number), Msisdn(self.getter)]
                ids = [(await session.exec(select(Line.id).where(Line.msisdn == each))).one() or 0 for each in numbers]
                found = (await balances(session, line_ids=ids)).lines
                assert (await proof(session)).holds
                return [found[each].money or Money.ZERO for each in ids]

        return self.site.behind_its_back(read)

    def fill_in(self, words: Words, amount: str, number: str | None = None) -> None:
        """The form, and on."""
        self.page.get_by_label(words.say("Mobile number or internet account")).fill(number or typed(self.getter))
        self.page.get_by_label(words.say("Sum in hryvnias")).fill(amount)
        self.page.get_by_test_id("next").click()


@pytest.fixture
def purse(page: Page, sign_in: Callable[[str], None], site: Site) -> Purse:
    """At the form."""
    giver, getter = make_person(site), f"38067903{next(_getters):04}"

    async def make(database: Database) -> None:
        async with database.unit_of_work() as session:
            session.add(Line(msisdn=Msisdn(getter)))
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(giver.number)))).one()
            await put_money(session, line, Money.uah(500))

    site.behind_its_back(make)
    sign_in(giver.number)
    return Purse(site, page, giver, getter)


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest, context: BrowserContext, site: Site, page: Page) -> Words:
    """Somebody who reads this language."""
    choose(context, site.address, request.param)
    return Words(page, request.param)


@pytest.fixture
def ukrainian(page: Page) -> Words:
    return Words(page, "uk")


def typed(number: str) -> str:
    return f"0{number[3:5]} {number[5:8]}-{number[8:10]}-{number[10:]}"


def mistake(page: Page, field: str) -> Locator:
    return page.locator(f"#{field}-error")


def test_fifteen_hryvnias_go_at_once(purse: Purse, words: Words) -> None:
    page = purse.page
    page.goto("/transfer")
    expect(page.locator("h1")).to_have_text(words.say("Transfer"))
    expect(page.get_by_test_id("month-left")).to_contain_text(re.compile(r"2.900[.,]00"))
    assert violations(page) == []
    purse.fill_in(words, "15")
    expect(page.locator("h1")).to_have_text(words.say("Check the transfer"))
    expect(page.get_by_test_id("sum")).to_contain_text(re.compile(r"15[.,]00"))
    expect(page.locator(".facts")).to_contain_text(re.compile(r"485[.,]00"))
    assert violations(page) == []
    page.get_by_test_id("confirm").click()
    expect(page.locator("h1")).to_have_text(words.say("Transferred"))
    assert violations(page) == []
    assert purse.has() == [Money.uah(485), Money.uah(15)]
    words.link("Receipt").click()
    expect(page).to_have_url(re.compile(r"/payments/[\w-]+$"))


def test_a_hundred_go_with_the_code(purse: Purse, words: Words, phone: Callable[[str], Phone]) -> None:
    page, before = purse.page, len(phone(purse.giver.number).messages())
    page.goto("/transfer")
    purse.fill_in(words, "100")
    words.button("Send the code").click()
    expect(page.get_by_test_id("code-step")).to_be_visible()
    assert violations(page) == []
    sms = phone(purse.giver.number).next_message(after=before)
    assert re.search(r"100[.,]00", sms)
    assert f"067*****{purse.getter[-2:]}" in sms
    page.get_by_label(words.say("Code from the SMS")).fill(sms.split()[0])
    expect(page.get_by_test_id("done")).to_be_visible()
    assert purse.has() == [Money.uah(400), Money.uah(100)]
    assert "100" in phone(purse.getter).next_message(after=0)
    page.goto("/transfer")
    expect(page.get_by_test_id("month-left")).to_contain_text(re.compile(r"2.800[.,]00"))


def test_what_is_refused_says_so_beside_its_field(purse: Purse, ukrainian: Words) -> None:
    page = purse.page
    for field, amount, number in (
        ("amount", "0", None),
        ("amount", "-5", None),
        ("amount", "1e9", None),
        ("amount", "12.345", None),
        ("amount", "сто", None),
        ("amount", "0,99", None),
        ("amount", "1 000,01", None),
        ("amount", "500,01", None),
        ("number", "15", "050 123 45 67"),
        ("number", "15", "ні"),
    ):
        page.goto("/transfer")
        purse.fill_in(ukrainian, amount, number)
        expect(mistake(page, field), f"{amount} to {number}").to_be_visible()
        expect(page.locator(f"#{field}")).to_be_focused()
        expect(page.locator("#amount")).to_have_value(amount)
        assert violations(page) == [], (amount, number)
        assert purse.has() == [Money.uah(500), Money.ZERO], (amount, number)


def test_the_own_number_is_refused_in_each_language(purse: Purse, context: BrowserContext) -> None:
    for language in LANGUAGES:
        choose(context, purse.site.address, language)
        words = Words(purse.page, language)
        purse.page.goto("/transfer")
        purse.fill_in(words, "15", typed(purse.giver.number))
        expect(mistake(purse.page, "number")).to_have_text(
            words.say("This is the number you transfer from. Enter another one.")
        )


def test_the_address_fills_the_form_in(purse: Purse) -> None:
    page = purse.page
    page.goto(f"/transfer?to={purse.getter}&amount=12,50")
    page.get_by_test_id("next").click()
    expect(page.get_by_test_id("sum")).to_contain_text("12,50")
    page.get_by_role("link", name="Змінити").click()
    expect(page.locator("#amount")).to_have_value("12,50")
    expect(page.locator("#number")).to_have_value(purse.getter)


def test_a_lost_page_finds_the_code_again_and_wrong_ones_end_it(purse: Purse, ukrainian: Words) -> None:
    page = purse.page
    page.goto("/transfer")
    purse.fill_in(ukrainian, "100")
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("code-step")).to_be_visible()
    page.reload()
    expect(page.get_by_test_id("code-step")).to_be_visible()
    page.goto("/transfer")
    page.get_by_test_id("waiting").get_by_role("link").click()
    for left in ("4", "3", "2", "1"):
        page.get_by_label("Код із SMS").fill("0000")
        expect(mistake(page, "code")).to_contain_text(left)
    page.get_by_label("Код із SMS").fill("0000")
    expect(page.get_by_test_id("not-done")).to_contain_text("Забагато неправильних кодів")
    assert violations(page) == []
    assert purse.has() == [Money.uah(500), Money.ZERO]


def test_given_up_nothing_goes(purse: Purse, ukrainian: Words) -> None:
    page = purse.page
    page.goto("/transfer")
    purse.fill_in(ukrainian, "100")
    page.get_by_test_id("confirm").click()
    page.get_by_test_id("give-up").click()
    expect(page.get_by_test_id("not-done")).to_contain_text("Ви скасували переказ")
    assert purse.has() == [Money.uah(500), Money.ZERO]


def test_a_double_click_and_a_second_tab_transfer_once(purse: Purse, context: BrowserContext) -> None:
    page = purse.page
    page.goto(f"/transfer?to={purse.getter}&amount=15")
    page.get_by_test_id("next").click()
    expect(page.get_by_test_id("confirm")).to_be_visible()
    second = context.new_page()
    second.goto(page.url)
    expect(second.get_by_test_id("confirm")).to_be_visible()
    click_twice(page.get_by_test_id("confirm"))
    second.get_by_test_id("confirm").click()
    for tab in (page, second):
        expect(tab.get_by_test_id("done")).to_be_visible()
    assert purse.has() == [Money.uah(485), Money.uah(15)]


def test_the_whole_way_by_keyboard(purse: Purse) -> None:
    page = purse.page
    page.goto("/transfer")
    page.locator("#number").focus()
    page.keyboard.type(typed(purse.getter))
    page.keyboard.press("Tab")
    expect(page.locator("#amount")).to_be_focused()
    page.keyboard.type("15")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("confirm")).to_be_visible()
    for _ in range(40):
        if page.evaluate("document.activeElement?.dataset?.testid") == "confirm":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("done")).to_be_visible()
    assert purse.has() == [Money.uah(485), Money.uah(15)]


def test_who_owns_no_number_is_told_what_to_do(page: Page, sign_in: Callable[[str], None], site: Site) -> None:
    person = make_person(site)

    async def make(database: Database) -> None:
        from mykyivstar.domain.lines.models import Holding, HoldingRole

        async with database.unit_of_work() as session:
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(person.number)))).one()
            holding = (await session.exec(select(Holding).where(Holding.line_id == line.id))).one()
            holding.role = HoldingRole.PAYER

    site.behind_its_back(make)
    sign_in(person.number)
    page.goto("/transfer")
    expect(page.get_by_role("link", name="Додати номер")).to_be_visible()
    assert violations(page) == []
