"""Home internet in a browser: what must be paid, television, off for debt and on again, a holiday."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from playwright.sync_api import Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.internet.states import switch_off_below
from mykyivstar.domain.lines.models import Holding
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.models import Cause
from mykyivstar.kit.clock import KYIV, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.period import Month
from tests.e2e.accessibility import violations
from tests.e2e.people import Person, make_person
from tests.e2e.site import Site
from tests.e2e.words import choose
from tests.factories.payments import make_payment, share
from tests.factories.people import LONG_AGO, put_money

MONEY = re.compile(r"\d+,\d\d\s₴")
_numbers = count(1)


def with_internet(site: Site, balance: Money) -> tuple[Person, str]:
    """Somebody with the account "0008800…" on the tariff of 100 hryvnias, off where there is too little."""
    person, number = make_person(site), f"000880{next(_numbers):04}"

    async def make(database: Database) -> None:
        at = datetime.now(UTC)
        async with database.unit_of_work() as session:
            profile = (await session.exec(select(Profile).where(Profile.login_key == person.number))).one()
            tariff = (await session.exec(select(Tariff).where(Tariff.code == "home_100"))).one()
            account = InternetAccount(
                number=number,
                contract_phone=Msisdn(person.number),
                address="Київ, вул. Садова, 1",
                tariff_id=tariff.id,
                next_charge_at=kyiv_midnight(Month.of(at).shifted(1).first_day),
            )
            session.add(account)
            await session.flush()
            session.add(Holding(profile_id=profile.id, internet_account_id=account.id, proved_at=LONG_AGO, position=1))
            await put_money(session, account, balance)
            await switch_off_below(session, at=at, only=[account.id or 0])

    site.behind_its_back(make)
    return person, number


def pay(site: Site, number: str, amount: Money) -> None:
    """As a partner or the bank would."""

    async def paid(database: Database) -> None:
        async with database.unit_of_work() as session:
            account = (await session.exec(select(InternetAccount).where(InternetAccount.number == number))).one()
            at = datetime.now(UTC)
            payment = await make_payment(session, share(account, amount), key=f"pay-{number}", at=at)
            await credit(session, payment, at=at, cause=Cause.NOTICE)

    site.behind_its_back(paid)


def test_olena_goes_from_the_card_to_her_account_and_tries_a_television_package(olena: Page) -> None:
    card = olena.get_by_test_id("internet-card")
    expect(card).to_contain_text("Вимкнеться")
    card.get_by_test_id("to-internet").click()
    expect(olena).to_have_url(re.compile(r"/internet\?line=internet:\d+$"))
    expect(olena.locator("h1")).to_have_text("Домашній інтернет")
    for figure in ("balance", "threshold", "room", "next-payment"):
        expect(olena.get_by_test_id(figure)).to_contain_text(MONEY)
    expect(olena.get_by_test_id("fee")).to_have_count(2)
    assert violations(olena) == []
    olena.get_by_role("link", name="Пакети й ціни").click()
    expect(olena).to_have_url(re.compile("/tv"))
    children = olena.locator("[data-testid=service][data-code=tv_children]")
    children.get_by_role("button", name=re.compile("Підключити")).click()
    expect(olena.get_by_test_id("now")).to_contain_text(MONEY)
    expect(olena.get_by_test_id("next-payment")).to_contain_text("замість")
    assert violations(olena) == []
    olena.get_by_test_id("confirm").click()
    expect(olena.get_by_test_id("service-done")).to_contain_text("Дитячі канали")
    olena.get_by_role("button", name="Усі пакети").click()
    expect(children).to_contain_text("підключено")
    children.get_by_role("button", name=re.compile("Скасувати")).click()
    expect(children).not_to_contain_text("підключено")
    assert violations(olena) == []


def test_off_for_debt_a_payment_switches_on_before_ones_eyes(
    site: Site, page: Page, sign_in: Callable[[str], None]
) -> None:
    person, number = with_internet(site, Money.uah(-85))
    sign_in(person.number)
    page.goto("/internet")
    expect(page.get_by_test_id("standing")).to_contain_text("Інтернет вимкнено за борг")
    expect(page.get_by_test_id("next-payment")).to_contain_text(re.compile(r"85,00\s₴"))
    expect(page.get_by_test_id("period").first).to_contain_text("баланс упав нижче за поріг")
    assert violations(page) == []
    page.get_by_test_id("top-up").click()
    expect(page).to_have_url(re.compile(r"/top-up\?to=internet:\d+&amount=85"))
    expect(page.get_by_label("Сума в гривнях")).to_have_value("85")
    page.go_back()
    expect(page.get_by_test_id("standing")).to_contain_text("Інтернет вимкнено за борг")
    pay(site, number, Money.uah(85))
    expect(page.get_by_test_id("standing")).not_to_contain_text("Інтернет вимкнено за борг")
    expect(page.locator("[data-testid=period][data-cause=paid]")).to_contain_text("Працює")


def test_a_holiday_is_said_checked_ordered_and_cancelled_in_english(
    site: Site, page: Page, sign_in: Callable[[str], None]
) -> None:
    person, _ = with_internet(site, Money.uah(40))
    sign_in(person.number)
    choose(page.context, site.address, "en")
    page.goto("/internet/suspend")
    today = datetime.now(KYIV).date()
    page.get_by_label("First day").fill(today.isoformat())
    page.get_by_label("Last day").fill((today + timedelta(days=12)).isoformat())
    page.get_by_test_id("next").click()
    expect(page.locator("#first_day-error")).to_contain_text("earliest")
    page.get_by_label("First day").fill((today + timedelta(days=3)).isoformat())
    page.get_by_test_id("next").click()
    expect(page.get_by_test_id("price")).to_contain_text("15")
    expect(page.get_by_test_id("effects")).to_contain_text("Bonuses for")
    assert violations(page) == []
    page.get_by_test_id("order").click()
    expect(page.get_by_test_id("suspension-ordered")).to_be_visible()
    page.get_by_test_id("suspension-ordered").get_by_role("link").click()
    order = page.get_by_test_id("orders").get_by_test_id("suspension")
    order.get_by_role("button", name="Cancel").click()
    expect(page.get_by_test_id("done")).to_contain_text("price is back")
    expect(page.get_by_test_id("orders")).to_have_count(0)


def test_without_internet_the_page_says_how_to_get_it(site: Site, page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in(make_person(site).number)
    for path in ("/internet", "/tv"):
        page.goto(path)
        expect(page.get_by_role("main")).to_contain_text("460")
        expect(page.get_by_role("link", name="Додати рахунок")).to_be_visible()
    assert violations(page) == []
