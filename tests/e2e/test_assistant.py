"""The assistant and the help in a browser: asked, answered with a source, handed over; an article for anybody (K4)."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e.clicks import click_twice
from tests.e2e.desk import at_desk, away
from tests.e2e.people import make_person
from tests.e2e.site import Site
from tests.e2e.test_support import violations

WITHIN_MS = 2000


def ask(page: Page, question: str) -> bool:
    """Have it answered; whether that was quick."""
    field = page.get_by_label("Ваше запитання")
    field.fill(question)
    field.press("Enter")
    try:
        expect(field).to_have_value("", timeout=WITHIN_MS)
    except AssertionError:
        expect(field).to_have_value("")
        return False
    return True


def test_own_data_an_article_what_it_does_not_know_and_a_person(
    page: Page, browser: Browser, site: Site, sign_in
) -> None:  # type: ignore[no-untyped-def]
    sign_in(make_person(site).number)
    page.goto("/support")
    page.get_by_role("button", name="Який мій баланс?").click()
    lines = page.get_by_test_id("talk-line")
    expect(lines).to_have_count(2)
    expect(lines.last).to_contain_text("З ваших даних")
    was_quick = [ask(page, "як перекинути гроші подрузі")]
    expect(lines.last.get_by_role("link", name="Переказ грошей з номера на номер")).to_be_visible()
    expect(page.get_by_label("Ваше запитання")).to_be_focused()
    was_quick.append(ask(page, "яка завтра <b>погода</b>"))
    expect(lines.last).to_contain_text("Цього я не знаю")
    # A machine with other work to do may hold up one of them.
    assert any(was_quick)
    assert violations(page) == []

    desk = at_desk(browser, site, "consultant1")
    try:
        click_twice(page.get_by_role("button", name="Далі — з людиною"))
        expect(page.get_by_test_id("place")).to_be_visible()
        desk.get_by_test_id("waiting").filter(has_text="Ганна").first.get_by_role("button").click()
        for side in (page, desk):
            expect(side.get_by_test_id("message").filter(has_text="яка завтра <b>погода</b>")).to_have_count(1)
            expect(side.get_by_test_id("message").filter(has_text="Онлайн-помічник")).to_have_count(3)
    finally:
        desk.context.close()
        away(site, "consultant1")


def test_anybody_looks_for_an_article_and_reads_it_in_their_language(page: Page) -> None:
    page.goto("/help")
    page.get_by_label("Що вас цікавить?").fill("закинути гроші на телефон")
    page.get_by_role("button", name="Знайти").click()
    page.wait_for_url("**/help?q=*")
    first = page.get_by_test_id("found").get_by_role("link").first
    expect(first).to_contain_text("Як поповнити рахунок карткою")
    assert violations(page) == []
    first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Як поповнити рахунок карткою")
    assert violations(page) == []
    page.goto("/help/nothing")
    expect(page.get_by_text("Такої статті немає")).to_be_visible()
