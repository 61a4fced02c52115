"""The demo bank's own pages: every test card ends as docs/acquiring.md says, and anybody can use them."""

from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import bank
from tests.e2e.accessibility import violations, width_of
from tests.e2e.acquirer.conftest import ShopSite
from tests.e2e.words import Words
from tests.fixtures.servers import wait_until


def came_back(page: Page) -> str:
    """The reference with which the browser came back to the shop."""
    expect(page.locator("h1")).to_have_text("Shop")
    return parse_qs(urlsplit(page.url).query)["reference"][0]


@pytest.mark.parametrize("card", [bank.VISA, bank.MASTERCARD])
def test_a_good_card_pays_and_the_shop_is_told(page: Page, shop: ShopSite, card: str) -> None:
    page.goto("/shop/new")
    bank.pay_at_bank(page, card)
    told = shop.wait_for_notice(came_back(page), "success")
    assert told["mask"] == f"{card[:4]}{card[5:7]}******{card[-4:]}"
    assert told["token"] == ""


@pytest.mark.parametrize(
    ("card", "decline"),
    [
        (bank.EXPIRED, "card_expired"),
        (bank.LIMIT, "card_limit"),
        (bank.INTERNET_OFF, "internet_not_allowed"),
        (bank.NO_MONEY, "not_enough_money"),
        (bank.UNKNOWN_CARD, "wrong_card"),
        (bank.FRAUD, "suspected_fraud"),
    ],
)
def test_each_bad_card_fails_with_its_reason(page: Page, shop: ShopSite, card: str, decline: str) -> None:
    page.goto("/shop/new")
    bank.pay_at_bank(page, card)
    assert shop.wait_for_notice(came_back(page), "failure")["decline"] == decline


def test_three_wrong_codes_end_the_payment(page: Page, shop: ShopSite) -> None:
    page.goto("/shop/new")
    bank.type_card(page)
    for left in (2, 1):
        page.locator("#code").fill("000000")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_have_text(f"Код неправильний. Залишилося спроб: {left}.")
    page.locator("#code").fill("000000")
    page.keyboard.press("Enter")
    assert shop.wait_for_notice(came_back(page), "failure")["decline"] == "wrong_code"


def test_a_slow_card_is_processing_for_a_while(page: Page, shop: ShopSite) -> None:
    page.goto("/shop/new")
    bank.pay_at_bank(page, bank.SLOW)
    reference = came_back(page)
    assert shop.state(reference)["state"] == "processing"
    shop.wait_for_notice(reference, "success")


def test_of_a_silent_card_only_a_question_tells(page: Page, shop: ShopSite) -> None:
    page.goto("/shop/new")
    bank.pay_at_bank(page, bank.SILENT)
    reference = came_back(page)
    assert shop.state(reference)["state"] == "success"
    page.wait_for_timeout(2500)
    assert shop.notices(reference) == []


def test_of_one_card_the_shop_is_told_twice(page: Page, shop: ShopSite) -> None:
    page.goto("/shop/new")
    bank.pay_at_bank(page, bank.TWICE)
    reference = came_back(page)
    wait_until(lambda: len(shop.notices(reference)) == 3, seconds=30, what="both notices")
    assert [each["state"] for each in shop.notices(reference)] == ["processing", "success", "success"]


def test_after_one_card_the_bank_cannot_be_reached_and_then_tells_all_the_same(page: Page, shop: ShopSite) -> None:
    page.goto("/shop/new")
    bank.pay_at_bank(page, bank.UNREACHABLE)
    reference = came_back(page)
    assert shop.state(reference)["state"] == "unavailable"
    page.goto("/shop/new")
    expect(page.locator("h1")).to_have_text("Unavailable")
    shop.wait_for_notice(reference, "success")


def test_the_switch_makes_the_bank_unreachable_and_reachable_again(page: Page) -> None:
    said = Words(page, "uk")
    page.goto("/acquirer/")
    said.button("Be unreachable for a minute").click()
    expect(said.text("Shops cannot reach the bank now; in a minute at most they can again.")).to_be_visible()
    said.button("Let shops reach it again").click()
    expect(said.text("Shops can reach the bank.")).to_be_visible()
    page.goto("/shop/new")
    expect(page.locator("#number")).to_be_visible()


def test_the_payer_can_give_up_at_both_steps(page: Page, shop: ShopSite) -> None:
    page.goto("/shop/new")
    bank.give_up_at_bank(page)
    assert shop.wait_for_notice(came_back(page), "failure")["decline"] == "given_up"
    page.goto("/shop/new")
    bank.type_card(page)
    expect(page.locator("#code")).to_be_visible()
    bank.give_up_at_bank(page)
    assert shop.wait_for_notice(came_back(page), "failure")["decline"] == "given_up"


def test_a_kept_card_gets_a_token(page: Page, shop: ShopSite) -> None:
    page.goto("/shop/new?wallet=olena")
    expect(
        Words(page, "uk").text("The shop will be able to charge this card again; you can delete it there.")
    ).to_be_visible()
    bank.pay_at_bank(page)
    assert shop.wait_for_notice(came_back(page), "success")["token"]


def test_a_test_card_fills_itself_in(page: Page, shop: ShopSite) -> None:
    page.goto("/shop/new")
    page.locator("summary").click()
    page.get_by_role("link", name=f"Заповнити {bank.TWICE}").click()
    expect(page.locator("#number")).to_have_value(bank.TWICE)
    assert bank.TWICE.replace(" ", "") not in page.url
    page.locator("button.primary").click()
    expect(page.locator("#code")).to_be_visible()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("number", "4242 4242 4242 4241", "Check the card number: a digit is wrong or missing."),
        ("number", "", "Check the card number: a digit is wrong or missing."),
        (
            "number",
            "4111 1111 1111 1111",
            "This bank knows its test cards only. Choose one below, and never type a real card here.",
        ),
        ("expiry", "13/30", "Month and year as on the card, not in the past."),
        ("expiry", "01/20", "Month and year as on the card, not in the past."),
        ("cvv", "12", "Three digits from the back of the card."),
        ("holder", "", "The name as on the card."),
    ],
)
def test_what_is_typed_wrong_is_said_beside_its_field(page: Page, field: str, typed: str, sentence: str) -> None:
    page.goto("/shop/new")
    right = {"number": bank.VISA, "expiry": "12/30", "cvv": "123", "holder": "OLENA"}
    for name, value in (right | {field: typed}).items():
        page.locator(f"#{name}").fill(value)
    page.keyboard.press("Enter")
    wrong = page.locator(f"#{field}")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{field}-fault")).to_have_text(Words(page, "uk").say(sentence))
    expect(page.locator("#number")).to_have_value("")
    expect(page.locator("#cvv")).to_have_value("")


@pytest.mark.parametrize("language", ["uk", "en", "ru"])
def test_the_pages_are_accessible_and_fit(browser: Browser, shop: ShopSite, language: str) -> None:
    locale = {"uk": "uk-UA", "en": "en-GB", "ru": "ru-RU"}[language]
    context = browser.new_context(base_url=shop.address, locale=locale)
    page = context.new_page()
    page.goto("/shop/new?wallet=olena")
    for step in ("card", "card faults", "code", "over"):
        if step == "card faults":
            page.locator("#number").fill("1")
            page.keyboard.press("Enter")
            expect(page.locator("#number-fault")).to_be_visible()
        elif step == "code":
            bank.type_card(page)
            expect(page.locator("#code")).to_be_visible()
        elif step == "over":
            address = page.url
            page.locator("#code").fill(bank.bank_sms(page))
            page.keyboard.press("Enter")
            came_back(page)
            page.goto(address)
            expect(page.locator(".alone")).to_be_visible()
        assert page.locator("html").get_attribute("lang") == language
        for scheme, (width, height) in product(("light", "dark"), ((390, 844), (1280, 800))):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": height})
            assert violations(page) == [], (step, scheme, width)
            assert width_of(page) <= width, (step, scheme, width)
    context.close()


def test_everything_works_without_scripts_and_by_keyboard(browser: Browser, shop: ShopSite) -> None:
    context = browser.new_context(base_url=shop.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/shop/new")
    page.locator("#number").focus()
    for typed in (bank.VISA, "12/30", "123", "OLENA"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    code = bank.bank_sms(page)
    page.locator("#code").focus()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    came_back(page)
    context.close()


def test_neither_the_file_nor_the_log_holds_a_card_number(page: Page, shop: ShopSite) -> None:
    page.goto("/shop/new?wallet=olena")
    page.locator("#number").fill("5555 5555 5555 4444")
    page.locator("#cvv").fill("987")
    page.locator("#expiry").fill("01/20")
    page.keyboard.press("Enter")
    expect(page.locator("#expiry-fault")).to_be_visible()
    bank.type_card(page, bank.MASTERCARD, cvv="987")
    page.locator("#code").fill(bank.bank_sms(page))
    page.keyboard.press("Enter")
    came_back(page)
    kept = b"".join(path.read_bytes() for path in shop.folder.glob("acquirer.db*"))
    for place in (kept, shop.log.encode()):
        assert b"5555555555554444" not in place
        assert b"5555 5555 5555 4444" not in place
    assert b"555555******4444" in kept
    assert b"OLENA" not in kept
