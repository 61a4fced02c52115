"""A page that is drawn before its server has answered shows nothing of what another address was about."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from mykyivstar.domain.payments.models import PaymentState
from mykyivstar.kit.money import Money
from tests.e2e import bank
from tests.e2e.held import hold_back
from tests.e2e.payers import PAYMENT, make_payer, state
from tests.e2e.site import Site


def test_the_order_of_before_cannot_be_paid_on_the_page_of_the_next(
    page: Page, sign_in: Callable[[str], None], site: Site
) -> None:
    held = hold_back(page)
    payer = make_payer(site, page, lines=1)
    sign_in(payer.person.number)
    payer.fill_in("20")
    expect(page.get_by_test_id("total")).to_have_text(re.compile(r"^20,00\s₴$"))
    old = page.url
    page.get_by_role("link", name="Змінити").click()
    amount = page.get_by_label("Сума в гривнях")
    expect(amount).to_have_value("20")
    amount.fill("35")
    held.after = "_redirect"
    page.get_by_test_id("next").click()
    page.wait_for_url(re.compile(r"/top-up/check\?form="))
    assert page.url != old
    expect(page.locator("h1")).to_have_text("Перевірте платіж")
    expect(page.locator("main .loading")).to_be_visible()
    expect(page.get_by_test_id("total")).to_have_count(0)
    expect(page.get_by_test_id("pay")).to_have_count(0)
    held.let_go()
    expect(page.get_by_test_id("total")).to_have_text(re.compile(r"^35,00\s₴$"))
    # Back at the old one: what is drawn there is its own again.
    page.evaluate("history.go(-2)")
    page.wait_for_url(old)
    expect(page.get_by_test_id("total")).to_have_text(re.compile(r"^20,00\s₴$"))
    page.get_by_test_id("pay").click()
    bank.pay_at_bank(page)
    page.wait_for_url(PAYMENT)
    expect(state(page)).to_have_text("Зараховано")
    assert [(each.state, each.amount) for each in payer.payments()] == [(PaymentState.CREDITED, Money.uah(20))]
