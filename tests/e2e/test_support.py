"""A customer and a consultant, each in a browser: from the picture to the rating, without a reload (K1, K2, K6)."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.domain.support.test_files import PNG
from tests.e2e.accessibility import violations
from tests.e2e.people import make_person
from tests.e2e.promptly import once_within
from tests.e2e.site import PASSWORD, Phone, Site

WITHIN_MS = 2000


@pytest.fixture
def customer(page: Page, site: Site, sign_in) -> Page:  # type: ignore[no-untyped-def]
    sign_in(make_person(site).number)
    page.goto("/support")
    return page


def said(page: Page, text: str):  # type: ignore[no-untyped-def]
    return page.get_by_test_id("message").filter(has_text=text)


def write(page: Page, text: str) -> None:
    page.get_by_label("Ваше повідомлення").fill(text)
    page.get_by_label("Ваше повідомлення").press("Enter")


def test_two_talk_from_the_picture_to_the_rating(
    customer: Page, solomiia: Page, context: BrowserContext, tmp_path: Path
) -> None:
    customer.get_by_role("button", name="Фахівець з мобільного зв’язку").click()
    expect(customer.get_by_test_id("place")).to_contain_text("у черзі")
    waiting = solomiia.get_by_test_id("waiting").filter(has_text="Ганна")
    waiting.first.get_by_role("button").click()
    expect(customer.get_by_test_id("who")).to_contain_text("Соломія")

    once_within(
        WITHIN_MS,
        lambda turn: write(customer, f"Добрий день! <b>Чому</b> списали 5,31{turn}? 😀"),
        lambda turn, ms: expect(said(solomiia, f"<b>Чому</b> списали 5,31{turn}? 😀")).to_be_visible(timeout=ms),
    )
    expect(customer.get_by_test_id("seen")).to_be_visible()
    typing = customer.get_by_test_id("typing")

    def type_a_word(_: int) -> None:
        expect(typing).to_have_count(0)
        solomiia.get_by_label("Ваше повідомлення").press_sequentially("Вітаю")

    once_within(WITHIN_MS, type_a_word, lambda _, ms: expect(typing).to_contain_text("Соломія пише", timeout=ms))
    solomiia.get_by_label("Ваше повідомлення").press("Enter")
    expect(said(customer, "Вітаю")).to_be_visible()
    once_within(
        WITHIN_MS,
        lambda turn: write(solomiia, f"Дивлюся, {turn}"),
        lambda turn, ms: expect(said(customer, f"Дивлюся, {turn}")).to_be_visible(timeout=ms),
    )

    photo = tmp_path / "знімок.png"
    photo.write_bytes(PNG)
    customer.get_by_test_id("chat-file").set_input_files(photo)
    expect(solomiia.get_by_role("img", name="знімок.png")).to_be_attached()
    lie = tmp_path / "фото.png"
    lie.write_bytes(b"<script>alert(1)</script>")
    customer.get_by_test_id("chat-file").set_input_files(lie)
    expect(customer.get_by_test_id("pending").get_by_role("alert")).to_contain_text("лише зображення або PDF")
    customer.get_by_role("button", name="Вилучити").click()

    context.set_offline(True)
    write(customer, "Написано без зв’язку")
    write(solomiia, "Ви тут?")
    expect(customer.get_by_test_id("pending")).to_have_count(1)
    context.set_offline(False)
    expect(said(solomiia, "Написано без зв’язку")).to_have_count(1, timeout=60_000)
    expect(said(customer, "Ви тут?")).to_have_count(1, timeout=60_000)
    expect(customer.get_by_test_id("pending")).to_have_count(0)
    expect(said(customer, "Написано без зв’язку")).to_have_count(1)
    assert violations(customer) == []
    assert violations(solomiia) == []

    solomiia.get_by_role("button", name="Завершити").click()
    solomiia.get_by_role("dialog").get_by_role("button", name="Завершити").click()
    customer.get_by_role("button", name="5 з 5").click()
    expect(customer.get_by_test_id("rated")).to_contain_text("5 з 5")
    expect(solomiia.get_by_text("5 з 5")).to_be_visible()


def test_a_request_is_made_answered_and_solved_by_both(customer: Page, solomiia: Page) -> None:
    customer.get_by_role("button", name="Фахівець для компаній").click()
    solomiia.get_by_test_id("waiting").filter(has_text="Компанії").first.get_by_role("button").click()
    solomiia.get_by_role("button", name="Створити звернення").click()
    asked = solomiia.get_by_role("dialog")
    asked.get_by_label("Про що воно").fill("Рахунок за жовтень")
    asked.get_by_label("Що треба зробити").fill("Надіслати копію")
    asked.get_by_role("button", name="Створити звернення").click()
    expect(customer.get_by_text(re.compile(r"Створено звернення T-\d{6}"))).to_be_visible()
    customer.goto("/support")
    customer.get_by_role("link", name="Рахунок за жовтень").click()
    expect(customer.get_by_role("heading", level=1)).to_have_text("Рахунок за жовтень")

    solomiia.goto("/desk/tickets")
    solomiia.get_by_role("link", name="Рахунок за жовтень").click()
    solomiia.get_by_label("Відповідь").fill("Копію надіслано")
    solomiia.get_by_label("Стан після цього").select_option("solved")
    solomiia.get_by_role("button", name="Надіслати").click()
    expect(customer.get_by_text("Копію надіслано")).to_be_visible()
    customer.get_by_role("button", name="Так, вирішено").click()
    expect(customer.get_by_role("status").filter(has_text="Закрито")).to_be_visible()
    assert violations(customer) == []
    assert violations(solomiia) == []


def test_the_staff_sign_in_by_password_and_code_and_a_customer_is_sent_there(customer: Page, site: Site) -> None:
    customer.goto("/desk")
    customer.wait_for_url("**/desk/login*")
    phone = Phone(site.address, "380678000003")
    before = len(phone.messages())
    customer.get_by_label("Службовий логін").fill("lead1")
    customer.get_by_label("Пароль", exact=True).fill(PASSWORD)
    customer.get_by_role("button", name="Далі").click()
    customer.get_by_label("Код із SMS").fill(phone.next_code(after=before))
    customer.wait_for_url("**/desk")
    expect(customer.get_by_role("heading", level=1)).to_have_text("Розмови")
    for path in ("/desk/figures", "/desk/answers", "/desk/tickets"):
        customer.goto(path)
        expect(customer.get_by_role("heading", level=1)).to_be_visible()
        assert violations(customer) == []


def test_whoever_tries_it_alone_is_answered_by_the_demos_consultant(customer: Page) -> None:
    customer.get_by_role("button", name="Фахівець з домашнього інтернету").click()
    write(customer, "Не працює роутер")
    expect(said(customer, "Мавка").filter(has_text="Добрий день").first).to_be_visible(timeout=60_000)


class Cable:
    """The socket of a page: it can be cut, and it can go deaf: what is sent arrives, and no answer comes back."""

    def __init__(self, page: Page) -> None:
        self._is_cut = self._is_deaf = False
        self._open: list[tuple[WebSocketRoute, WebSocketRoute]] = []
        page.route_web_socket(re.compile(r"/_event"), self._carry)

    def deafen(self) -> None:
        self._is_deaf = True

    def cut(self) -> None:
        self._is_cut = True
        # Closing one lets the page open the next, which is lost by its first word.
        ended, self._open = self._open, []
        for ends in ended:
            self._end(*ends)

    def mend(self) -> None:
        self._is_cut = self._is_deaf = False

    def _carry(self, here: WebSocketRoute) -> None:
        there = here.connect_to_server()
        # A connection that never opens would be waited for; this one opens and is lost with the first word.
        here.on_message(lambda message: self._end(here, there) if self._is_cut else there.send(message))
        there.on_message(lambda message: None if self._is_deaf and not self._is_cut else here.send(message))
        self._open.append((here, there))

    def _end(self, here: WebSocketRoute, there: WebSocketRoute) -> None:
        here.close(code=3001, reason="cut")
        there.close(code=3001, reason="cut")


def test_what_was_typed_while_the_socket_was_cut_arrives_once(page: Page, site: Site, sign_in, solomiia: Page) -> None:  # type: ignore[no-untyped-def]
    cable = Cable(page)
    sign_in(make_person(site).number)
    page.goto("/support")
    page.get_by_role("button", name="Фахівець для компаній").click()
    solomiia.get_by_test_id("waiting").filter(has_text="Компанії").first.get_by_role("button").click()
    expect(page.get_by_test_id("who")).to_contain_text("Соломія")

    # Kept, but the page is never told: it will send this one again.
    cable.deafen()
    write(page, "Чи дійшло це?")
    expect(said(solomiia, "Чи дійшло це?")).to_have_count(1)
    cable.cut()
    write(page, "Написано без зв’язку")
    write(solomiia, "Ви тут?")
    expect(said(solomiia, "Ви тут?")).to_have_count(1)
    expect(page.get_by_test_id("pending")).to_have_count(2)
    expect(said(page, "Ви тут?")).to_have_count(0)

    cable.mend()
    for text in ("Чи дійшло це?", "Написано без зв’язку", "Ви тут?"):
        expect(said(page, text)).to_have_count(1, timeout=60_000)
        expect(said(solomiia, text)).to_have_count(1, timeout=60_000)
    expect(page.get_by_test_id("pending")).to_have_count(0)
    expect(solomiia.get_by_test_id("message")).to_have_count(3)
