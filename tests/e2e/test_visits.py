"""Whoever has forgotten everything books a visit, and is given access at the counter (A8)."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessibility import fits_everybody
from tests.e2e.people import Person, make_person
from tests.e2e.site import Phone, Site
from tests.e2e.test_recovery import choose_a_password, prove_the_number
from tests.e2e.words import Words


def fill_in(page: Page, person: Person, words: Words) -> str:
    """Book the last half-hour of the second day, with the mistakes that people make; the day."""
    words.button("Next").click()
    expect(
        page.get_by_role("alert").filter(
            has_text=words.say("Choose one of the times that are shown: the centre is open then.")
        )
    ).to_be_visible()
    # The list itself shows the new day only when the server has answered.
    day = words.field("Day").locator("option").nth(1).get_attribute("value")
    assert day is not None
    words.field("Day").select_option(day)
    last = page.get_by_test_id("visit-time").last
    expect(last.locator("input")).to_have_value(re.compile(f"^{day}"))
    last.click()
    words.field("How to address you").fill("Ганна")
    words.field("Mobile number").fill("044 490 12 34")
    words.button("Next").click()
    expect(words.field("Mobile number")).to_have_attribute("aria-invalid", "true")
    expect(words.field("How to address you")).to_have_value("Ганна")
    words.field("Mobile number").fill(person.typed)
    fits_everybody(page)
    words.button("Next").click()
    expect(words.text("Is everything right?")).to_be_visible()
    fits_everybody(page)
    return day


def the_desk_sees(desk: Page, store: str, day: str, number: str) -> Locator:
    """The visit in the desk's list."""
    desk.goto("/desk/visits")
    desk.get_by_label("Центр обслуговування").select_option(store)
    desk.get_by_label("День").select_option(day)
    desk.get_by_role("button", name="Показати").click()
    line = desk.get_by_test_id("desk-visit").filter(has_text=number)
    expect(line).to_contain_text("Ганна")
    expect(line).to_contain_text("Записано")
    fits_everybody(desk)
    return line


def test_from_the_end_of_the_recovery_to_a_visit_that_is_cancelled(
    page: Page, solomiia: Page, site: Site, phone: Callable[[str], Phone]
) -> None:
    person = make_person(site)
    inbox, words = phone(person.number), Words(page, "uk")
    page.goto("/recover")
    prove_the_number(words, person, inbox)
    before = len(inbox.messages())
    page.get_by_test_id("recover-at-end").get_by_role("link", name=words.say("Find the nearest one")).click()
    page.wait_for_url("**/stores?service=identity_check")
    page.get_by_test_id("store").first.get_by_role("link").click()
    words.link("Book a visit").click()
    page.wait_for_url(re.compile(r"/book-visit\?store="))
    store = page.url.rpartition("=")[2]
    day = fill_in(page, person, words)
    words.button("Book").click()
    page.wait_for_url(re.compile(r"/visits/\w{16}$"), timeout=60_000)
    sms = inbox.next_message(after=before)
    path = re.search(r"/visits/\w{16}", page.url)
    assert path is not None
    assert path[0] in sms
    assert "паспорт" in sms
    number = re.search(r"V-\w{6}", sms)
    assert number is not None

    line = the_desk_sees(solomiia, store, day, number[0])

    page.goto(path[0])
    expect(page.get_by_role("heading", level=1)).to_contain_text(number[0])
    words.button("Choose another time").click()
    expect(page.get_by_test_id("visit-time").first).to_be_visible()
    fits_everybody(page)
    words.button("Leave it as it is").click()
    words.button("Cancel the visit").click()
    page.get_by_role("dialog").get_by_role("button", name=words.say("Cancel the visit"), exact=True).click()
    expect(page.get_by_role("status").filter(has_text=words.say("Cancelled"))).to_be_visible()
    solomiia.reload()
    expect(line).to_contain_text("Скасовано")
    page.goto(f"{path[0][:-1]}{'a' if path[0][-1] != 'a' else 'b'}")
    expect(words.text("There is no visit at this address")).to_be_visible()


def test_at_the_counter_a_lead_gives_a_password_that_sets_a_new_one(
    page: Page, marta: Page, site: Site, phone: Callable[[str], Phone]
) -> None:
    person = make_person(site)
    marta.goto("/desk/visits")
    marta.get_by_role("link", name="Відновити доступ").click()
    marta.get_by_label("Мобільний номер, рахунок домашнього інтернету або логін").fill(person.typed)
    marta.get_by_role("button", name="Показати картку").click()
    expect(marta.get_by_text("Ганна")).to_be_visible()
    fits_everybody(marta)
    marta.get_by_role("button", name="Видати тимчасовий пароль").click()
    expect(marta.get_by_label("Що ви бачили")).to_have_attribute("aria-invalid", "true")
    marta.get_by_label("Що ви бачили").fill("ID-картка, …1840")
    marta.get_by_role("button", name="Видати тимчасовий пароль").click()
    password = marta.locator("strong").inner_text()
    fits_everybody(marta)
    assert "Центр обслуговування видав пароль" in phone(person.number).next_message(after=0)

    words = Words(page, "uk")
    page.goto("/login")
    words.button("Sign in with your password").click()
    words.field("Login, number or account").fill(person.typed)
    words.field("Password").fill(password)
    words.button("Sign in").click()
    page.wait_for_url("**/recover")
    choose_a_password(words)
