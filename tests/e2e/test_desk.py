"""The desk's own pages: a store changed by two leads and seen on the map, and a way in by passkey (K6)."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.e2e.accessibility import violations
from tests.e2e.authenticator import virtual_authenticator
from tests.e2e.desk import at_desk, away
from tests.e2e.site import PASSWORD, Site


def test_a_store_is_changed_by_two_and_the_map_shows_it(browser: Browser, site: Site, marta: Page) -> None:
    marta.goto("/desk/stores?q=Київ")
    assert violations(marta) == []
    marta.get_by_test_id("desk-store").first.get_by_role("link").click()
    marta.wait_for_url(re.compile(r"/desk/stores/[^/?]+$"))
    ostap = at_desk(browser, site, "admin")
    ostap.goto(marta.url)
    for desk in (marta, ostap):
        desk.get_by_role("button", name="Змінити", exact=True).click()
        expect(desk.get_by_label("Як в OpenStreetMap")).to_be_visible()
    marta.get_by_label("Як в OpenStreetMap").fill("Mo-Fr 9-18")
    marta.get_by_role("textbox", name="Телефон").focus()
    expect(marta.get_by_text("починаючи з «9-18»")).to_be_visible()
    marta.get_by_label("Як в OpenStreetMap").fill("Mo-Su 07:15-23:45")
    marta.get_by_role("textbox", name="Телефон").focus()
    expect(marta.get_by_test_id("hours-preview")).to_contain_text("07:15–23:45")
    assert violations(marta) == []
    marta.get_by_role("button", name="Зберегти").click()
    expect(marta.get_by_test_id("store-change").first).to_contain_text("Марта")

    ostap.get_by_role("textbox", name="Телефон").fill("0 800 111 222")
    # What Marta has changed stands beside his form by itself; saving says it once more.
    expect(ostap.get_by_role("alert").filter(has_text="07:15-23:45")).to_be_visible()
    ostap.get_by_role("button", name="Зберегти").click()
    expect(ostap.get_by_role("alert").filter(has_text="Тим часом магазин змінив")).to_be_visible()
    expect(ostap.get_by_role("textbox", name="Телефон")).to_have_value("0 800 111 222")
    ostap.get_by_role("button", name="Зберегти").click()
    expect(ostap.get_by_test_id("store-change")).to_have_count(2)
    assert violations(ostap) == []
    ostap.get_by_role("link", name="Як бачать клієнти").click()
    expect(ostap.get_by_text("07:15–23:45").first).to_be_visible()
    expect(ostap.get_by_role("link", name="0 800 111 222")).to_be_visible()
    ostap.context.close()
    away(site, "admin")


def test_a_passkey_stands_in_for_the_code(marta: Page) -> None:
    with virtual_authenticator(marta) as device:
        marta.goto("/desk/account")
        marta.get_by_role("button", name="Додати ключ доступу").click()
        marta.get_by_label("Пароль", exact=True).fill(PASSWORD)
        marta.get_by_role("dialog").get_by_role("button", name="Далі").click()
        expect(marta.get_by_test_id("staff-passkey")).to_have_count(1)
        assert violations(marta) == []
        marta.get_by_role("button", name="Профіль").click()
        marta.get_by_role("menuitem", name="Вийти").click()
        marta.wait_for_url("**/desk/login")
        marta.get_by_label("Службовий логін").fill("lead1")
        marta.get_by_label("Пароль", exact=True).fill(PASSWORD)
        marta.get_by_role("button", name="Далі").click()
        expect(marta.get_by_test_id("passkey-step")).to_be_visible()
        assert violations(marta) == []
        marta.get_by_role("button", name="Скористатися ключем доступу").click()
        marta.wait_for_url("**/desk")
        assert len(device.passkeys()) == 1
        marta.goto("/desk/account")
        marta.get_by_role("button", name="Вилучити").click()
        marta.get_by_role("dialog").get_by_role("button", name="Вилучити").click()
        expect(marta.get_by_test_id("staff-passkey")).to_have_count(0)
