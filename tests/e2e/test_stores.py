"""The map of stores in a browser: the nearest, filters, one store; by keyboard, refused, and without scripts."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.e2e.accessibility import violations
from tests.e2e.site import OLENA, Site
from tests.e2e.words import Words, choose

LVIV = {"latitude": 49.8397, "longitude": 24.0297}


def is_drawn(page: Page) -> None:
    expect(page.locator(".store-map[data-ready=true]")).to_be_visible()
    expect(page.locator(".map-cluster, .map-pin").first).to_be_visible()


def test_somebody_finds_the_nearest_store_that_is_in_step_with_the_map(page: Page) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(LVIV)
    page.goto("/stores")
    expect(page.locator("h1")).to_have_text("Магазини та центри обслуговування")
    is_drawn(page)
    assert violations(page) == []
    page.get_by_role("button", name="Найближчі до мене").click()
    expect(page).to_have_url(re.compile(r"near=49\.840,24\.030"))
    first = page.get_by_test_id("store").first
    expect(first).to_contain_text("Львів")
    expect(first).to_contain_text("км")
    first.get_by_role("button").click()
    expect(page.locator(".leaflet-popup")).to_contain_text("Львів")
    expect(first).to_have_attribute("data-pointed", "")
    page.locator(".leaflet-popup").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/stores/demo-lviv-"))
    expect(page.get_by_role("table")).to_contain_text("сьогодні")
    expect(page.get_by_role("link", name="Маршрут у браузері")).to_have_attribute("href", re.compile("openstreetmap"))
    is_drawn(page)
    assert violations(page) == []


def test_filters_stay_in_the_address_and_going_back_takes_one_away(page: Page) -> None:
    page.goto("/stores")
    count = page.locator("[role=status]", has_text="місц")
    of_all = count.inner_text()
    page.get_by_role("link", name="eSIM").click()
    expect(page).to_have_url(re.compile("service=esim"))
    expect(count).not_to_have_text(of_all)
    with_esim = count.inner_text()
    page.get_by_label("Місто, вулиця або назва").fill("одеса")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("service=esim"))
    expect(page.get_by_role("heading", name="Найближчі до центру: Одеса")).to_be_visible()
    expect(page.get_by_test_id("store").first).to_contain_text("Одеса")
    page.go_back()
    expect(count).to_have_text(with_esim)
    page.goto("/stores?q=немає такої вулиці")
    expect(page.get_by_text("Нічого не знайдено")).to_be_visible()


def test_what_is_found_is_downloaded(page: Page) -> None:
    page.goto("/stores?q=тернопіль&kind=service_centre")
    expect(page.get_by_test_id("store").first).to_contain_text("Тернопіль")
    with page.expect_download() as download:
        page.get_by_role("link", name="GeoJSON").click()
    features = json.loads(download.value.path().read_text("utf-8"))["features"]
    assert {feature["properties"]["kind"] for feature in features} == {"service_centre"}


def test_a_device_that_may_not_tell_where_it_is_gets_a_hint(page: Page, site: Site) -> None:
    for language in ("en", "ru"):
        choose(page.context, site.address, language)
        words = Words(page, language)
        page.goto("/stores")
        # Nothing was granted: a headless browser refuses.
        words.button("Nearest to me").click()
        expect(words.text("The browser may not tell where you are. Type a city or a street instead.")).to_be_visible()
        expect(page.locator("h1")).to_have_text(words.say("Stores and service centres"))


def test_olena_sees_it_within_her_own_bars_and_an_unknown_store_is_none(
    page: Page, sign_in: Callable[[str], None]
) -> None:
    sign_in(OLENA)
    page.goto("/stores/nowhere")
    expect(page.get_by_text("Такого магазину немає")).to_be_visible()
    expect(page.get_by_role("link", name="Поповнити").first).to_be_visible()


def test_without_scripts_there_is_a_plain_list(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False, locale="uk-UA")
    page = context.new_page()
    page.goto("/stores")
    page.get_by_role("link", name="Список магазинів без скриптів").click()
    page.get_by_label("Місто або вулиця").fill("харків")
    page.get_by_role("button", name="Знайти").click()
    expect(page.locator("h2").first).to_be_visible()
    expect(page.locator("section").first).to_contain_text("Харків")
    context.close()
