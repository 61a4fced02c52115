"""Reading SMS on the demo phone, as whoever tries the app does."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from mykyivstar.db.database import Database
from mykyivstar.domain.notifications.phones import receive
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e.promptly import once_within
from tests.e2e.site import Phone, Site

# Nobody's in the demo world, so that no other test writes to it.
NUMBER = "380671234567"
WITHIN_MS = 1500
CODES = ("K7MD", "K7MF", "K7MH")


def ring(site: Site, text: str) -> None:
    async def arrive(database: Database) -> None:
        await receive(database.unit_of_work, to=Msisdn(NUMBER), text=text, at=SystemClock().now())

    site.behind_its_back(arrive)


def test_a_message_shows_itself_within_a_second_with_its_code_to_copy(
    page: Page, site: Site, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/demo/phone?to={NUMBER}")
    expect(page.get_by_test_id("phone-in-hand")).to_have_text("+380 67 123 45 67")
    expect(page.get_by_text("Це демонстраційний пристрій, а не справжній телефон")).to_be_visible()
    newest = page.get_by_role("log").get_by_role("listitem").first

    once_within(
        WITHIN_MS,
        lambda turn: ring(site, f"{CODES[turn]} – код для входу в Мій Київстар. Нікому його не кажіть"),
        lambda turn, ms: expect(newest.get_by_test_id("code")).to_have_text(CODES[turn], timeout=ms),
    )
    code = newest.get_by_test_id("code").inner_text()
    newest.get_by_role("button", name="Скопіювати код").click()
    expect(newest.locator("[data-copied=true]")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == code
    once_within(
        WITHIN_MS,
        lambda turn: ring(site, f"Новий вхід: Chrome {turn}"),
        lambda turn, ms: expect(newest.get_by_test_id("sms")).to_have_text(f"Новий вхід: Chrome {turn}", timeout=ms),
    )


def test_any_number_can_be_typed_and_a_wrong_one_says_how(page: Page) -> None:
    page.goto("/demo/phone")
    field = page.get_by_label("Інший номер")
    field.fill("не номер")
    page.get_by_role("button", name="Подивитися").click()
    expect(page.get_by_text("Введіть мобільний номер, наприклад 067 123 45 67.")).to_be_visible()
    expect(field).to_have_value("не номер")
    field.fill("099 654-32-10")
    page.get_by_role("button", name="Подивитися").click()
    expect(page.get_by_test_id("phone-in-hand")).to_have_text("+380 99 654 32 10")
    expect(page.get_by_text("Повідомлень ще немає")).to_be_visible()


def test_a_code_asked_for_in_one_tab_is_read_in_another(
    page: Page, context: BrowserContext, phone: Callable[[str], Phone]
) -> None:
    number = "380671000002"
    device = context.new_page()
    device.goto(f"/demo/phone?to={number}")
    expect(device.get_by_test_id("phone-in-hand")).to_have_text("+380 67 100 00 02")
    before = len(phone(number).messages())
    page.goto("/login")
    page.get_by_label(re.compile("Мобільний номер")).fill("067 100 00 02")
    page.get_by_role("button", name="Далі").click()
    code = phone(number).next_code(after=before)
    expect(device.get_by_test_id("code").first).to_have_text(code)
