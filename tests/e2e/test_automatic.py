"""A link paid by a stranger, a promised payment, an auto top-up: each with people of its own."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import enqueue
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.models import Cause
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e import bank
from tests.e2e.accessibility import violations
from tests.e2e.clicks import click_twice
from tests.e2e.people import Person, let_proofs_grow_old, make_person
from tests.e2e.site import PASSWORD, Phone, Site
from tests.e2e.words import Words, choose
from tests.factories.payments import make_payment, share
from tests.fixtures.servers import wait_until

PAYMENT = re.compile(r"/payments/[\w-]+$")


@pytest.fixture
def hanna(page: Page, sign_in: Callable[[str], None], site: Site) -> Person:
    """Hanna with one empty line, signed in, on no page yet."""
    person = make_person(site)
    sign_in(person.number)
    return person


def has(site: Site, number: str) -> Money:
    """What is on the line; the books prove right."""

    async def read(database: Database) -> Money:
        async with database.reading() as session:
            assert (await proof(session)).holds
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(number)))).one()
            return (await balances(session, line_ids=[line.id or 0])).lines[line.id or 0].money or Money.ZERO

    return site.behind_its_back(read)


def told(site: Site, number: str) -> set[str]:
    """What SMS were put into the outbox for this number."""

    async def read(database: Database) -> set[str]:
        async with database.reading() as session:
            return set(await session.exec(select(SmsMessage.template).where(SmsMessage.to == Msisdn(number))))

    return site.behind_its_back(read)


def top_up(site: Site, number: str, amount: Money) -> None:
    """Money arrives, by whatever way."""

    async def pay(database: Database) -> None:
        async with database.unit_of_work() as session:
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(number)))).one()
            at = datetime.now(UTC)
            payment = await make_payment(session, share(line, amount), key=f"test-{number}-{at.timestamp()}", at=at)
            await credit(session, payment, at=at, cause=Cause.NOTICE)

    site.behind_its_back(pay)


def make_link(page: Page, *, amount: str, note: str = "", once: bool = True) -> str:
    """Make a link on the page; its path."""
    page.goto("/pay-links")
    page.get_by_label("Сума в гривнях").fill(amount)
    page.get_by_label("Примітка для того, хто платить").fill(note)
    page.locator("label", has_text="Один раз" if once else "Багато разів").first.click()
    page.get_by_role("button", name="Створити посилання").click()
    address = page.get_by_test_id("link-address").inner_text()
    return "/pay/" + address.rpartition("/pay/")[2]


def test_a_stranger_pays_by_a_link_and_the_second_one_is_told(
    page: Page, hanna: Person, site: Site, browser: Browser, browser_context_args: dict[str, object]
) -> None:
    path = make_link(page, amount="75", note="За квиток у театр")
    expect(page.get_by_test_id("qr")).to_be_visible()
    expect(page.get_by_test_id("qr")).to_have_js_property("complete", value=True)
    assert page.get_by_test_id("qr").evaluate("image => image.naturalWidth > 0")
    strangers = browser.new_context(**browser_context_args)  # type: ignore[arg-type]
    try:
        stranger = strangers.new_page()
        stranger.goto(path)
        expect(stranger.get_by_test_id("note")).to_have_text("За квиток у театр")
        expect(stranger.get_by_test_id("masked")).to_contain_text("••• ••")
        expect(stranger.get_by_test_id("sum")).to_have_text(re.compile(r"^75,00\s₴$"))
        assert hanna.number[3:] not in stranger.content()
        assert violations(stranger) == []
        click_twice(stranger.get_by_test_id("pay"))
        bank.pay_at_bank(stranger)
        stranger.wait_for_url(PAYMENT)
        expect(stranger.get_by_test_id("state")).to_have_text("Зараховано")
        assert hanna.number[-9:] not in re.sub(r"\s", "", stranger.locator("main").inner_text())
    finally:
        strangers.close()
    assert has(site, hanna.number) == Money.uah(75)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("pay-link")).to_have_attribute("data-standing", "paid")
    late = browser.new_context(**browser_context_args)  # type: ignore[arg-type]
    try:
        stranger = late.new_page()
        stranger.goto(path)
        expect(stranger.get_by_test_id("closed")).to_contain_text("його вже оплачено")
    finally:
        late.close()


def test_while_one_is_at_the_bank_another_waits(
    page: Page, hanna: Person, browser: Browser, browser_context_args: dict[str, object]
) -> None:
    path = make_link(page, amount="20")
    contexts = [browser.new_context(**browser_context_args) for _ in range(2)]  # type: ignore[arg-type]
    try:
        first, second = (context.new_page() for context in contexts)
        for stranger in (first, second):
            stranger.goto(path)
            expect(stranger.get_by_test_id("pay")).to_be_visible()
        first.get_by_test_id("pay").click()
        first.wait_for_url(re.compile("/acquirer/pay/"))
        second.get_by_test_id("pay").click()
        expect(second.get_by_role("alert").filter(has_text="хтось платить")).to_be_visible()
        second.reload()
        expect(second.get_by_test_id("held")).to_contain_text("хтось платить")
        bank.give_up_at_bank(first)
        first.wait_for_url(PAYMENT)
        expect(first.get_by_test_id("reason")).to_be_visible()
        second.get_by_role("button", name="Перевірити ще раз").click()
        expect(second.get_by_test_id("pay")).to_be_visible()
    finally:
        for context in contexts:
            context.close()


def test_an_open_sum_is_typed_and_a_wrong_one_refused_in_every_language(
    page: Page, hanna: Person, browser: Browser, browser_context_args: dict[str, object], site: Site
) -> None:
    path = make_link(page, amount="", once=False)
    with browser.new_context(**browser_context_args) as context:  # type: ignore[arg-type]
        stranger = context.new_page()
        for language in ("uk", "en", "ru"):
            choose(context, site.address, language)
            stranger.goto(path)
            words = Words(stranger, language)
            words.field("Sum in hryvnias").fill("сто")
            words.button("Pay by card").click()
            mistake = words.say("Enter an amount in hryvnias, for example 150 or 150,50.")
            expect(stranger.locator("#amount-error")).to_have_text(mistake)
            expect(words.field("Sum in hryvnias")).to_have_value("сто")
            expect(words.field("Sum in hryvnias")).to_be_focused()


def test_an_ended_link_says_so(page: Page, hanna: Person) -> None:
    path = make_link(page, amount="10")
    page.keyboard.press("Escape")
    page.get_by_test_id("pay-link").get_by_role("button").click()
    page.get_by_role("menuitem", name="Закрити посилання").click()
    page.get_by_test_id("end-link").click()
    expect(page.get_by_test_id("pay-link")).to_have_attribute("data-standing", "ended")
    page.goto(path)
    expect(page.get_by_test_id("closed")).to_contain_text("Власник закрив")
    page.goto("/pay/there-is-none")
    expect(page.get_by_test_id("closed")).to_contain_text("Такого посилання")


def test_a_promised_payment_is_taken_told_and_goes_back_by_itself(
    page: Page, hanna: Person, site: Site, phone: Callable[[str], Phone]
) -> None:
    before = len(phone(hanna.number).messages())
    page.goto("/promised-payment")
    expect(page.get_by_text("5,00 ₴, з ПДВ")).to_be_visible()
    page.get_by_role("radio", name=re.compile("50,00")).check()
    page.get_by_role("button", name="Далі").click()
    check = page.get_by_test_id("promise-check")
    expect(check).to_contain_text(re.compile(r"55,00\s₴"))
    assert violations(page) == []
    click_twice(page.get_by_test_id("take"))
    expect(page.get_by_test_id("promise-taken")).to_contain_text(re.compile(r"50,00\s₴ уже на рахунку"))
    assert has(site, hanna.number) == Money.uah(50)
    assert "Обіцяний платіж" in phone(hanna.number).next_message(after=before)
    page.get_by_role("link", name="Квитанція").click()
    page.wait_for_url(PAYMENT)
    expect(page.get_by_test_id("state")).to_have_text("Зараховано")
    page.goto("/home")
    note = page.get_by_test_id("open-promise")
    expect(note).to_contain_text(re.compile(r"55,00\s₴"))
    top_up(site, hanna.number, Money.uah(30))
    expect(note).to_contain_text(re.compile(r"25,00\s₴"))
    top_up(site, hanna.number, Money.uah(100))
    expect(note).to_have_count(0)
    assert has(site, hanna.number) == Money.uah(50 + 130 - 55)
    page.goto("/promised-payment")
    expect(page.get_by_test_id("not-offered")).to_contain_text("раз на календарний місяць")
    expect(page.get_by_test_id("promise")).to_contain_text("повернуто")


def save_card(page: Page) -> None:
    """Pay once and have the card remembered."""
    page.goto("/top-up")
    page.get_by_label("Сума в гривнях").fill("5")
    page.get_by_text("Запам’ятати картку на наступний раз").click()
    page.get_by_test_id("next").click()
    page.get_by_test_id("pay").click()
    bank.pay_at_bank(page)
    page.wait_for_url(PAYMENT)
    expect(page.get_by_test_id("state")).to_have_text("Зараховано")


def look_for_low_balances(site: Site) -> None:
    """It is the turn of the job that plans."""

    async def now(database: Database) -> None:
        async with database.unit_of_work() as session:
            await enqueue(session, "auto_top_up.plan", {}, run_at=datetime.now(UTC))

    site.behind_its_back(now)


def test_an_auto_top_up_is_set_up_and_the_job_pays(page: Page, hanna: Person, site: Site) -> None:
    page.goto("/auto-top-up")
    expect(page.get_by_text("Потрібна збережена картка")).to_be_visible()
    save_card(page)
    let_proofs_grow_old(site, hanna)
    page.goto("/auto-top-up")
    page.get_by_role("button", name="Налаштувати автопоповнення").click()
    page.get_by_label("Коли лишилося менше, гривень").fill("6")
    page.get_by_label("Поповнювати на, гривень").fill("40")
    page.get_by_label("За місяць щонайбільше, гривень").fill("30")
    page.get_by_role("button", name="Далі").click()
    expect(page.locator("#month_most-error")).to_contain_text("40,00")
    page.get_by_label("За місяць щонайбільше, гривень").fill("100")
    page.get_by_role("button", name="Далі").click()
    expect(page.get_by_test_id("rule-check")).to_contain_text(re.compile(r"40,00\s₴"))
    assert violations(page) == []
    page.get_by_test_id("save-rule").click()
    dialog = page.get_by_role("dialog", name="Це ви?")
    dialog.get_by_role("button", name="Паролем").click()
    dialog.locator("#proof_password").fill(PASSWORD)
    dialog.get_by_role("button", name="Підтвердити").click()
    expect(page.get_by_test_id("rule")).to_have_count(1)
    # Five hryvnias are under six: the job, whose turn comes every twenty seconds, finds it.
    look_for_low_balances(site)
    expect(page.get_by_test_id("rule")).to_contain_text(re.compile(r"40,00\s₴ із 100,00\s₴"), timeout=60_000)
    # What is planned counts in the month already; the money follows.
    wait_until(lambda: has(site, hanna.number) == Money.uah(45), seconds=60, what="the top-up")
    # By day it is there at once; at night it waits for the morning.
    wait_until(lambda: SmsTemplate.AUTO_TOP_UP_DONE in told(site, hanna.number), seconds=60, what="the SMS")
    page.get_by_test_id("rule").get_by_role("button").first.click()
    page.get_by_role("menuitem", name="Призупинити").click()
    expect(page.get_by_test_id("rule")).to_have_attribute("data-paused", "owner")
    page.get_by_role("button", name="Відновити").click()
    expect(page.get_by_test_id("rule")).to_have_attribute("data-paused", "")
    page.get_by_test_id("rule").get_by_role("button").first.click()
    page.get_by_role("menuitem", name="Видалити").click()
    page.get_by_test_id("delete-rule").click()
    expect(page.get_by_test_id("rule")).to_have_count(0)
