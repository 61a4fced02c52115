"""A customer and a consultant, each in a browser: from the form with a picture to the new name (G3, F4, K6)."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.domain.support.test_files import PNG
from tests.e2e.accessibility import violations
from tests.e2e.clicks import click_twice
from tests.e2e.people import make_person
from tests.e2e.site import Site

NAME = "Савченко Ганна Петрівна"


@pytest.fixture
def customer(page: Page, site: Site, sign_in) -> Page:  # type: ignore[no-untyped-def]
    sign_in(make_person(site).number)
    page.goto("/profile")
    return page


def files(customer: Page, photo: Path, lie: Path) -> str:
    """The name, the form, the picture, sent; the number of the application."""
    customer.get_by_role("link", name="Особисті дані в договорі").click()
    customer.get_by_role("link", name="Змінити: Ім’я в договорі").click()
    customer.get_by_label("Прізвище, ім’я, по батькові").fill("Ганна")
    customer.get_by_role("button", name="Далі").click()
    expect(customer.get_by_text("Напишіть ім’я як у документі")).to_be_visible()
    assert violations(customer) == []
    customer.get_by_label("Прізвище, ім’я, по батькові").fill(NAME)
    customer.get_by_role("button", name="Далі").click()
    expect(customer.get_by_role("heading", level=1)).to_have_text("Перевірте та надішліть заяву")
    customer.get_by_role("button", name="Надіслати заяву").click()
    expect(customer.get_by_role("alert").filter(has_text="Додайте зображення або PDF")).to_be_visible()

    customer.get_by_test_id("attach-file").set_input_files([lie, photo])
    expect(customer.get_by_test_id("attaching").filter(has_text="фото.png")).to_contain_text("лише зображення або PDF")
    expect(customer.get_by_test_id("document")).to_have_text(re.compile(r"паспорт\.png"))
    customer.reload()
    expect(customer.get_by_test_id("document")).to_have_count(1)
    assert violations(customer) == []
    click_twice(customer.get_by_role("button", name="Надіслати заяву"))
    customer.wait_for_url(re.compile(r"/applications/[^/]+$"))
    expect(customer.get_by_role("status").filter(has_text="Отримано")).to_be_visible()
    number = re.search(r"A-\d{6}", customer.get_by_text(re.compile(r"^A-\d{6}")).first.inner_text())
    assert number is not None
    return number[0]


def test_a_name_is_changed_by_an_application_with_a_picture(customer: Page, solomiia: Page, tmp_path: Path) -> None:
    lie, photo = tmp_path / "фото.png", tmp_path / "паспорт.png"
    lie.write_bytes(b"<script>alert(1)</script>")
    photo.write_bytes(PNG)
    number = files(customer, photo, lie)
    solomiia.goto("/desk/applications")
    solomiia.get_by_role("link").filter(has_text=number).click()
    expect(solomiia.get_by_role("heading", level=1)).to_have_text("Зміна імені")
    expect(solomiia.get_by_text(NAME)).to_have_count(0)
    solomiia.get_by_role("button", name="Взяти").click()
    expect(solomiia.get_by_test_id("shall-be").filter(has_text=NAME).first).to_be_visible()
    expect(customer.get_by_role("status").filter(has_text="На перевірці")).to_be_visible()
    solomiia.get_by_text("паспорт.png").click()
    expect(solomiia.get_by_role("img", name="паспорт.png")).to_be_attached()
    assert violations(solomiia) == []
    solomiia.get_by_role("button", name="Попросити доповнити").click()
    solomiia.get_by_label("Чого бракує").fill("Друга сторінка")
    solomiia.get_by_role("button", name="Надіслати клієнтові").click()

    expect(customer.get_by_text("Друга сторінка")).to_be_visible()
    customer.get_by_test_id("attach-file").set_input_files(photo)
    expect(customer.get_by_role("button", name="Вилучити паспорт.png")).to_be_visible()
    customer.get_by_role("button", name="Надіслати", exact=True).click()
    expect(customer.get_by_role("status").filter(has_text="На перевірці")).to_be_visible()
    assert violations(customer) == []

    solomiia.get_by_role("button", name="Схвалити", exact=True).click()
    solomiia.get_by_role("button", name="Схвалити та змінити дані").click()
    expect(customer.get_by_role("status").filter(has_text="Схвалено")).to_be_visible()
    customer.goto("/profile/data")
    expect(customer.get_by_test_id("datum").first).to_contain_text(NAME)
    for path in ("/profile/data", "/applications"):
        customer.goto(path)
        expect(customer.get_by_test_id("datum").or_(customer.get_by_test_id("application")).first).to_be_visible()
        assert violations(customer) == []
    solomiia.goto("/desk/applications")
    expect(solomiia.get_by_test_id("desk-application").first).to_be_visible()
    assert violations(solomiia) == []
