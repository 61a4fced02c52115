"""Paying by card in a browser: to the bank and back, each failure, given up, silent, slow, split. Own people each."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlmodel import col

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job
from mykyivstar.domain.payments.card import INQUIRE_JOB
from mykyivstar.domain.payments.models import PaymentState
from mykyivstar.kit.money import Money
from tests.e2e import bank
from tests.e2e.clicks import click_twice
from tests.e2e.payers import PAYMENT, Payer, make_payer, state
from tests.e2e.people import let_proofs_grow_old
from tests.e2e.site import Site
from tests.fixtures.servers import wait_until


@pytest.fixture
def payer(page: Page, sign_in: Callable[[str], None], site: Site) -> Payer:
    made = make_payer(site, page, lines=1)
    sign_in(made.person.number)
    return made


def test_a_card_pays_and_the_receipt_is_there(payer: Payer) -> None:
    page = payer.page
    page.goto("/home")
    page.get_by_role("link", name="Поповнити").first.click()
    expect(page.locator("h1")).to_have_text("Поповнити")
    page.get_by_role("button", name="50 ₴", exact=True).click()
    page.get_by_test_id("next").click()
    expect(page.get_by_test_id("share")).to_contain_text("60,00")
    expect(page.get_by_test_id("total")).to_have_text(re.compile(r"^50,00\s₴$"))
    click_twice(page.get_by_test_id("pay"))
    bank.pay_at_bank(page)
    page.wait_for_url(PAYMENT)
    expect(state(page)).to_have_text("Зараховано")
    expect(page.get_by_test_id("step").last).to_have_attribute("data-state", "credited")
    expect(page.get_by_test_id("step").last).to_have_attribute("data-mark", "done")
    expect(page.get_by_test_id("receipt")).to_contain_text("424242******4242")
    expect(page.locator(".bar-switcher .line-balance").first).to_have_text(re.compile(r"60,00"))
    assert (len(payer.payments()), payer.has()) == (1, [Money.uah(60)])
    page.goto("/top-up")
    expect(page.get_by_label("Сума в гривнях")).to_have_value("")


def test_a_refused_card_says_why_and_the_next_try_is_filled_in(payer: Payer) -> None:
    page = payer.page
    page.goto("/top-up?amount=20")
    for card, words in (
        (bank.EXPIRED, "Термін дії картки закінчився"),
        (bank.LIMIT, "Ліміт картки"),
        (bank.INTERNET_OFF, "платити цією карткою в інтернеті"),
        (bank.NO_MONEY, "На картці недостатньо коштів"),
        (bank.FRAUD, "Служба безпеки банку"),
    ):
        expect(page.get_by_label("Сума в гривнях"), words).to_have_value("20")
        page.get_by_test_id("next").click()
        page.get_by_test_id("pay").click()
        bank.pay_at_bank(page, card)
        page.wait_for_url(PAYMENT)
        expect(state(page)).to_have_text("Не сплачено")
        expect(page.get_by_test_id("reason")).to_contain_text(words)
        page.get_by_role("link", name="Спробувати ще раз").click()
    expect(page.get_by_label("Сума в гривнях")).to_have_value("20")
    assert [each.state for each in payer.payments()] == [PaymentState.FAILED] * 5
    assert payer.has() == [Money.uah(10)]


def test_wrong_codes_end_it(payer: Payer) -> None:
    payer.pay("20", code="000000")
    expect(payer.page.get_by_test_id("reason")).to_contain_text("Код не підійшов")
    assert payer.has() == [Money.uah(10)]


def test_whoever_gives_up_at_the_bank_is_told_so(payer: Payer) -> None:
    payer.fill_in("20")
    payer.page.get_by_test_id("pay").click()
    bank.give_up_at_bank(payer.page)
    payer.page.wait_for_url(PAYMENT)
    expect(payer.page.get_by_test_id("reason")).to_be_visible()
    assert payer.payments()[0].state is PaymentState.FAILED


def test_the_browsers_back_button_loses_nothing_and_pays_once(payer: Payer) -> None:
    page = payer.page
    payer.fill_in("35,50")
    page.get_by_test_id("pay").click()
    expect(bank.bank_field(page, "number")).to_be_visible()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Перевірте платіж")
    # One does not leave again by oneself.
    page.wait_for_timeout(800)
    page.go_back()
    expect(page.get_by_label("Сума в гривнях")).to_have_value("35,50")
    page.get_by_test_id("next").click()
    other = page.context.new_page()
    other.goto(_when_checked(page))
    for tab in (page, other):
        tab.get_by_test_id("pay").click()
        expect(bank.bank_field(tab, "number")).to_be_visible()
    assert page.url == other.url
    bank.pay_at_bank(page)
    expect(state(page)).to_have_text("Зараховано")
    assert (len(payer.payments()), payer.has()) == (1, [Money.uah(45, 50)])


def _when_checked(page: Page) -> str:
    expect(page.locator("h1")).to_have_text("Перевірте платіж")
    return page.url


def test_a_slow_bank_is_waited_for_without_a_reload(payer: Payer) -> None:
    payer.pay("20", bank.SLOW)
    expect(state(payer.page)).to_have_text("Обробляється")
    expect(payer.page.locator("[data-state=credited]")).to_have_attribute("data-mark", "ahead")
    bank.let_slow_payments_end(payer.site)
    expect(state(payer.page)).to_have_text("Зараховано", timeout=60_000)
    assert payer.has() == [Money.uah(30)]


def test_a_payer_who_never_comes_back_is_credited_all_the_same(payer: Payer) -> None:
    """The bank is silent and the browser is gone: our own question finds out."""
    page = payer.page
    payer.fill_in("20")
    page.get_by_test_id("pay").click()
    bank.type_card(page, bank.SILENT)
    bank.bank_field(page, "code").fill(bank.bank_sms(page))
    address, fields = page.locator("form:has(#code)").evaluate("f => [f.action, Object.fromEntries(new FormData(f))]")
    page.goto("about:blank")
    # The code is sent; the browser does not follow the way back.
    assert page.request.post(address, form=fields, max_redirects=0).status == 303
    (payment,) = payer.payments()
    assert payment.state is PaymentState.CONFIRMING

    async def ask_now(database: Database) -> None:
        async with database.unit_of_work() as session:
            due = update(Job).where(col(Job.dedup) == f"{INQUIRE_JOB}:{payment.id}").values(run_at=datetime.now(UTC))
            await session.execute(due)

    payer.site.behind_its_back(ask_now)
    wait_until(lambda: payer.payments()[0].state is PaymentState.CREDITED, seconds=60, what="the inquiry")
    page.goto(f"/payments/{payment.code}")
    expect(state(page)).to_have_text("Зараховано")
    assert payer.has() == [Money.uah(30)]


def test_one_payment_is_split_over_three(page: Page, sign_in: Callable[[str], None], site: Site) -> None:
    payer = make_payer(site, page, lines=3)
    sign_in(payer.person.number)
    page.goto("/wallet")
    expect(page.get_by_test_id("total")).to_have_text(re.compile(r"30,00"))
    page.get_by_label("Сума на всіх разом, гривень").fill("100")
    expect(page.get_by_test_id("gets")).to_have_text([re.compile("33,34"), re.compile("33,33"), re.compile("33,33")])
    expect(page.get_by_test_id("rest")).to_contain_text("(1)")
    page.get_by_text("До суми").click()
    page.get_by_label("Кожен баланс довести до, гривень").fill("25")
    expect(page.get_by_test_id("to-pay")).to_have_text(re.compile("45,00"))
    page.get_by_test_id("split-row").nth(2).get_by_role("checkbox").uncheck()
    expect(page.get_by_test_id("to-pay")).to_have_text(re.compile("30,00"))
    page.get_by_test_id("split-row").nth(2).get_by_role("checkbox").check()
    page.get_by_test_id("next").click()
    expect(page.get_by_test_id("share")).to_have_count(3)
    page.get_by_test_id("pay").click()
    bank.pay_at_bank(page)
    expect(state(page)).to_have_text("Зараховано")
    expect(page.get_by_test_id("share")).to_have_count(3)
    assert (len(payer.payments()), payer.has()) == (1, [Money.uah(25)] * 3)


def test_a_remembered_card_pays_in_one_touch_and_a_large_sum_asks_who_it_is(payer: Payer) -> None:
    page = payer.page
    page.goto("/top-up")
    page.get_by_label("Сума в гривнях").fill("5")
    page.get_by_label("Запам’ятати картку").check()
    page.get_by_test_id("next").click()
    page.get_by_test_id("pay").click()
    bank.pay_at_bank(page)
    expect(state(page)).to_have_text("Зараховано")
    let_proofs_grow_old(payer.site, payer.person)
    page.wait_for_timeout(2100)
    payer.fill_in("100")
    expect(page.locator("main")).to_contain_text("Visa •••• 4242")
    page.get_by_test_id("pay").click()
    dialog = page.get_by_role("dialog", name="Це ви?")
    dialog.get_by_role("button", name="Паролем").click()
    dialog.get_by_label("Ваш пароль").fill("Kobzar-1840")
    dialog.get_by_role("button", name="Підтвердити").click()
    page.wait_for_url(PAYMENT)
    expect(state(page)).to_have_text("Зараховано")
    assert payer.has() == [Money.uah(115)]
    page.goto("/wallet")
    page.get_by_test_id("card").get_by_role("button").click()
    page.get_by_role("menuitem", name="Вилучити картку").click()
    page.get_by_test_id("remove-card").click()
    expect(page.get_by_test_id("card")).to_have_count(0)
