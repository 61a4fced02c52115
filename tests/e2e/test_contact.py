"""Somebody without a profile writes to us and is answered: by letter, and on a page that nobody else finds (K3)."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.accessibility import violations
from tests.e2e.site import Site
from tests.fixtures.servers import wait_until
from tests.jobs.test_mail import mailbox

WORDS = "Чому не працює <b>інтернет</b>? 😀"


def letters(site: Site, to: str) -> list[str]:
    """What has come to this address, as plain text."""
    found = mailbox(Path(site.serving.installation.environment["DATA_DIR"]) / "mail")
    return [each.get_body(("plain",)).get_content() for each in found if each["To"] == to]  # type: ignore[union-attr]


def test_a_stranger_writes_and_is_answered_by_letter_and_on_a_page_of_their_own(
    page: Page, solomiia: Page, site: Site
) -> None:
    page.goto("/login")
    page.get_by_role("link", name="Написати нам").click()
    page.wait_for_url("**/contact")
    page.get_by_label("Домашній інтернет і ТБ").check()
    page.get_by_role("button", name="Надіслати").click()
    expect(page.get_by_label("Ваше повідомлення")).to_have_attribute("aria-invalid", "true", timeout=60_000)
    page.get_by_label("Ваше повідомлення").fill(WORDS)
    page.get_by_label("Електронна адреса або мобільний номер").fill("ivan.e2e@example.com")
    assert violations(page) == []
    page.get_by_role("button", name="Надіслати").click()
    page.wait_for_url(re.compile(r"/contact/\w{16}$"), timeout=60_000)
    address = page.url
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Ваше звернення T-\d{6}"))
    expect(page.get_by_text("i•••@example.com")).to_be_visible()
    assert violations(page) == []

    solomiia.goto("/desk/tickets")
    solomiia.get_by_role("link", name=WORDS).click()
    solomiia.get_by_label("Відповідь").fill("Вимкніть роутер\nна хвилину.")
    solomiia.get_by_role("button", name="Надіслати").click()
    wait_until(lambda: bool(letters(site, "ivan.e2e@example.com")), seconds=60, what="the letter with the answer")
    [letter] = letters(site, "ivan.e2e@example.com")
    assert "Вимкніть роутер\nна хвилину." in letter.replace("\r\n", "\n")
    assert f"/contact/{address.rpartition('/')[2]}" in letter
    assert "інтернет" not in letter

    page.reload()
    expect(page.get_by_test_id("note").filter(has_text="Вимкніть роутер")).to_be_visible()
    page.get_by_label("Додати щось").fill("Дякую, працює")
    page.get_by_role("button", name="Надіслати").click()
    expect(solomiia.get_by_text("Дякую, працює")).to_be_visible()

    page.goto(f"{address[:-1]}{'a' if address[-1] != 'a' else 'b'}")
    expect(page.get_by_text("За цією адресою звернення немає")).to_be_visible()
    assert violations(page) == []


def test_without_workers_the_page_solves_the_puzzle_itself(page: Page) -> None:
    page.add_init_script("delete window.Worker")
    page.goto("/contact")
    page.get_by_label("Ваше повідомлення").fill("Дякую за швидку відповідь!")
    page.get_by_label("Електронна адреса або мобільний номер").fill("067 100 00 99")
    page.get_by_role("button", name="Надіслати").click()
    page.wait_for_url(re.compile(r"/contact/\w{16}$"), timeout=60_000)
    expect(page.get_by_text("+380 67 ••• •• 99")).to_be_visible()
