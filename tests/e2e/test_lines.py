"""My numbers in a browser: named, ordered, removed, added by a code. Each test's own person."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.lines.models import Line, Owner
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e.people import Person, make_person
from tests.e2e.site import Phone, Site
from tests.e2e.words import Words, choose


@pytest.fixture
def hanna(page: Page, sign_in: Callable[[str], None], site: Site) -> Person:
    """Hanna, who has one line, at the list of her numbers."""
    person = make_person(site)
    sign_in(person.number)
    page.goto("/lines")
    expect(lines(page)).to_have_count(1)
    return person


@pytest.fixture
def second(site: Site, hanna: Person) -> str:
    """Another line of Hanna's contract, not in her profile."""
    number = "38067902" + hanna.number[-4:]

    async def make(database: Database) -> None:
        async with database.unit_of_work() as session:
            owner = Owner(ref=f"test-{hanna.number}", name="Ганна")
            session.add(owner)
            await session.flush()
            first = (await session.exec(select(Line).where(Line.msisdn == Msisdn(hanna.number)))).one()
            first.owner_id = owner.id
            session.add(Line(msisdn=Msisdn(number), owner_id=owner.id))

    site.behind_its_back(make)
    return number


def lines(page: Page) -> Locator:
    return page.get_by_test_id("line")


def remove_last(page: Page) -> None:
    lines(page).last.get_by_role("button").click()
    page.get_by_role("menuitem", name="Вилучити з профілю").click()
    page.get_by_role("dialog").get_by_role("button", name="Вилучити", exact=True).click()


def typed(number: str) -> str:
    return f"0{number[3:5]} {number[5:8]}-{number[8:10]}-{number[10:]}"


def add(page: Page, phone: Callable[[str], Phone], number: str) -> None:
    before = len(phone(number).messages())
    page.get_by_label("Мобільний номер або рахунок інтернету").fill(typed(number))
    page.get_by_role("button", name="Надіслати код").click()
    page.get_by_label("Код із SMS").fill(phone(number).next_code(after=before))


def test_a_number_is_added_by_the_code_that_came_to_it(
    page: Page, hanna: Person, second: str, phone: Callable[[str], Phone]
) -> None:
    add(page, phone, second)
    expect(page.get_by_role("status").filter(has_text="Додано 1")).to_be_visible()
    expect(lines(page)).to_have_count(2)


def test_the_code_step_is_found_again_after_a_reload(
    page: Page, hanna: Person, second: str, phone: Callable[[str], Phone]
) -> None:
    before = len(phone(second).messages())
    page.get_by_label("Мобільний номер або рахунок інтернету").fill(typed(second))
    page.get_by_role("button", name="Надіслати код").click()
    expect(page.get_by_test_id("code-step")).to_contain_text(typed(second))
    page.reload()
    expect(page.get_by_test_id("code-step")).to_contain_text(typed(second))
    page.get_by_label("Код із SMS").fill("ZZZZ")
    expect(page.locator("#code-error")).to_contain_text("4")
    page.get_by_label("Код із SMS").fill(phone(second).next_code(after=before))
    expect(lines(page)).to_have_count(2)


def test_what_seems_to_be_hers_too_is_suggested_masked(
    page: Page, hanna: Person, second: str, phone: Callable[[str], Phone]
) -> None:
    page.reload()
    suggestion = page.get_by_test_id("suggestion")
    expect(suggestion).to_contain_text(f"+380 67 ••• •• {second[-2:]}")
    assert second not in page.content()
    before = len(phone(second).messages())
    suggestion.get_by_role("button").click()
    page.get_by_label("Код із SMS").fill(phone(second).next_code(after=before))
    expect(lines(page)).to_have_count(2)
    expect(suggestion).to_have_count(0)


def test_a_name_and_a_colour_are_seen_everywhere(page: Page, hanna: Person) -> None:
    shown = re.compile(rf"{hanna.number[-2:]}$")
    lines(page).get_by_role("button").click()
    page.get_by_role("menuitem", name="Назва й колір").click()
    dialog = page.get_by_role("dialog", name="Назва й колір")
    dialog.get_by_label("Назва").fill("x" * 41)
    dialog.get_by_role("button", name="Зберегти").click()
    expect(dialog.locator("#nickname-error")).to_contain_text("від 1 до 40")
    expect(dialog.locator("#nickname")).to_be_focused()
    expect(dialog.locator("#nickname")).to_have_value("x" * 41)
    dialog.locator("#nickname").fill("Дача")
    dialog.get_by_text("Зелений").click()
    dialog.get_by_role("button", name="Зберегти").click()
    expect(dialog).to_be_hidden()
    expect(lines(page)).to_contain_text("Дача")
    expect(lines(page).locator(".line-dot")).to_have_attribute("data-colour", "green")
    expect(page.locator(".bar-switcher .line-name").first).to_have_text("Дача")
    expect(page.locator(".bar-switcher .line-number").first).to_have_text(shown)


def test_the_order_is_hers(page: Page, hanna: Person, second: str, phone: Callable[[str], Phone]) -> None:
    add(page, phone, second)
    expect(lines(page)).to_have_count(2)
    lines(page).nth(1).get_by_role("button").click()
    page.get_by_role("menuitem", name="Пересунути вище").click()
    expect(lines(page).nth(0)).to_contain_text(re.compile(rf"{second[8:10]}\s{second[-2:]}"))
    page.reload()
    expect(lines(page).nth(0)).to_contain_text(re.compile(rf"{second[8:10]}\s{second[-2:]}"))


def test_removing_is_asked_about_and_the_last_one_stays(
    page: Page, hanna: Person, second: str, phone: Callable[[str], Phone]
) -> None:
    add(page, phone, second)
    expect(lines(page)).to_have_count(2)
    dialog = page.get_by_role("dialog", name="Вилучити з профілю?")
    remove_last(page)
    expect(lines(page)).to_have_count(1)
    expect(dialog).to_be_hidden()
    remove_last(page)
    expect(dialog.get_by_role("alert")).to_contain_text("єдиний номер")
    dialog.get_by_role("button", name="Скасувати").click()
    expect(dialog).to_be_hidden()
    expect(lines(page)).to_have_count(1)


def test_another_tab_follows(page: Page, hanna: Person) -> None:
    other = page.context.new_page()
    other.goto("/lines")
    expect(lines(other)).to_have_count(1)
    lines(page).get_by_role("button").click()
    page.get_by_role("menuitem", name="Назва й колір").click()
    page.locator("#nickname").fill("Вулик")
    page.get_by_role("button", name="Зберегти").click()
    expect(lines(other)).to_contain_text("Вулик")


def test_what_is_no_number_is_refused_in_every_language_and_stays_typed(page: Page, hanna: Person) -> None:
    sentence = "Enter a mobile number, for example 067 123 45 67, or the account number of your home internet."
    for language in ("uk", "en", "ru"):
        choose(page.context, page.url, language)
        page.reload()
        words = Words(page, language)
        field = words.field("Mobile number or internet account")
        field.fill("мама")
        words.button("Send the code").click()
        expect(page.locator("#number-error")).to_have_text(words.say(sentence))
        expect(field).to_have_value("мама")
        expect(field).to_be_focused()
