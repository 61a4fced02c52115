"""Paying by card in a browser: to the bank and back, each failure, given up, silent, slow, split. Own people each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.domain.payments.card import INQUIRE_JOB
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e import bank
from tests.e2e.people import Person, let_proofs_grow_old, make_person
from tests.e2e.site import Site
from tests.e2e.test_weight import check, weighed
from tests.e2e.words import Words, choose
from tests.factories.people import LONG_AGO, put_money
from tests.fixtures.servers import wait_until

_numbers = count(1)
PAYMENT = re.compile(r"/payments/[\w-]+$")


@dataclass
class Payer:
    """Somebody with lines of their own, each with ten hryvnias."""

    site: Site
    page: Page
    person: Person
    numbers: list[str]

    def has(self) -> list[Money]:
        """What is on each line; the books prove right."""

        async def read(database: Database) -> list[Money]:
            async with database.reading() as session:
                found = [
                    (await session.exec(select(Line.id).where(Line.msisdn == Msisdn(n)))).one() for n in self.numbers
                ]
                ids = [line_id or 0 for line_id in found]
                assert (await proof(session)).holds
                known = (await balances(session, line_ids=ids)).lines
                return [known[line_id].money or Money.ZERO for line_id in ids]

        return self.site.behind_its_back(read)

    def payments(self) -> list[Payment]:
        """All that they began."""

        async def read(database: Database) -> list[Payment]:
            async with database.reading() as session:
                query = select(Payment).join(Profile, col(Profile.id) == col(Payment.profile_id))
                return list((await session.exec(query.where(Profile.login_key == self.person.number))).all())

        return self.site.behind_its_back(read)

    def fill_in(self, amount: str) -> None:
        """The form for the line in hand, and on to the check page."""
        self.page.goto("/top-up")
        self.page.get_by_label("Сума в гривнях").fill(amount)
        self.page.get_by_test_id("next").click()
        expect(self.page.locator("h1")).to_have_text("Перевірте платіж")

    def pay(self, amount: str, card: str = bank.VISA, code: str | None = None) -> None:
        """All the way to the bank and back."""
        self.fill_in(amount)
        self.page.get_by_test_id("pay").click()
        bank.pay_at_bank(self.page, card, code)
        self.page.wait_for_url(PAYMENT)


def make_payer(site: Site, page: Page, *, lines: int) -> Payer:
    person = make_person(site)
    numbers = [person.number, *[f"38067904{next(_numbers):04}" for _ in range(lines - 1)]]

    async def make(database: Database) -> None:
        async with database.unit_of_work() as session:
            profile = (await session.exec(select(Profile).where(Profile.login_key == person.number))).one()
            for position, number in enumerate(numbers[1:], start=1):
                line = Line(msisdn=Msisdn(number))
                session.add(line)
                await session.flush()
                session.add(Holding(profile_id=profile.id, line_id=line.id, proved_at=LONG_AGO, position=position))
            for line in (await session.exec(select(Line).where(col(Line.msisdn).in_(map(Msisdn, numbers))))).all():
                await put_money(session, line, Money.uah(10))

    site.behind_its_back(make)
    return Payer(site, page, person, numbers)


@pytest.fixture
def payer(page: Page, sign_in: Callable[[str], None], site: Site) -> Payer:
    made = make_payer(site, page, lines=1)
    sign_in(made.person.number)
    return made


def state(page: Page) -> Locator:
    return page.get_by_test_id("state")


def violations(page: Page) -> list[str]:
    return [found["id"] for found in Axe().run(page).response["violations"]]


def test_a_card_pays_and_the_receipt_is_there(payer: Payer) -> None:
    page = payer.page
    page.goto("/home")
    page.get_by_role("link", name="Поповнити").first.click()
    expect(page.locator("h1")).to_have_text("Поповнити")
    page.get_by_role("button", name="50 ₴", exact=True).click()
    page.get_by_test_id("next").click()
    expect(page.get_by_test_id("share")).to_contain_text("60,00")
    expect(page.get_by_test_id("total")).to_have_text(re.compile(r"^50,00\s₴$"))
    page.get_by_test_id("pay").dblclick()
    bank.pay_at_bank(page)
    page.wait_for_url(PAYMENT)
    expect(state(page)).to_have_text("Зараховано")
    expect(page.get_by_test_id("step")).to_have_count(4)
    expect(page.get_by_test_id("receipt")).to_contain_text("424242******4242")
    expect(page.locator(".bar-switcher .line-balance").first).to_have_text(re.compile(r"60,00"))
    assert (len(payer.payments()), payer.has()) == (1, [Money.uah(60)])
    page.goto("/top-up")
    expect(page.get_by_label("Сума в гривнях")).to_have_value("")


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (bank.EXPIRED, "Термін дії картки закінчився"),
        (bank.LIMIT, "Ліміт картки"),
        (bank.INTERNET_OFF, "платити цією карткою в інтернеті"),
        (bank.NO_MONEY, "На картці недостатньо коштів"),
        (bank.FRAUD, "Служба безпеки банку"),
    ],
)
def test_a_refused_card_says_why_and_the_next_try_is_filled_in(payer: Payer, card: str, words: str) -> None:
    payer.pay("20", card)
    expect(state(payer.page)).to_have_text("Не сплачено")
    expect(payer.page.get_by_test_id("reason")).to_contain_text(words)
    payer.page.get_by_role("link", name="Спробувати ще раз").click()
    expect(payer.page.get_by_label("Сума в гривнях")).to_have_value("20")
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
    expect(state(payer.page)).to_have_text("Зараховано", timeout=40_000)
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
    wait_until(lambda: payer.payments()[0].state is PaymentState.CREDITED, seconds=15, what="the inquiry")
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


def test_a_complaint_is_sent_with_the_receipt(payer: Payer) -> None:
    page = payer.page
    payer.pay("20", bank.NO_MONEY)
    page.get_by_role("button", name="Повідомити про проблему").click()
    page.get_by_role("button", name="Надіслати з квитанцією").click()
    expect(page.locator("#words")).to_be_focused()
    page.get_by_label("Що не так?").fill("Гроші зняли двічі")
    page.get_by_role("button", name="Надіслати з квитанцією").click()
    expect(page.get_by_test_id("dispute")).to_contain_text("Розбираємося")


def test_a_stranger_finds_no_payment_signed_in_or_not(
    payer: Payer, sign_in: Callable[[str], None], site: Site, browser: Any, base_url: str
) -> None:
    payer.pay("20")
    address = payer.page.url
    expect(state(payer.page)).to_be_visible()
    nobody = browser.new_context(base_url=base_url).new_page()
    nobody.goto(address)
    expect(nobody.locator("main")).to_contain_text("Такого платежу тут немає")
    sign_in(make_person(site).number)
    payer.page.goto(address)
    expect(payer.page.locator("main")).to_contain_text("Такого платежу тут немає")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_is_the_same_in_the_other_languages(payer: Payer, base_url: str, language: str) -> None:
    page, words = payer.page, Words(payer.page, language)
    choose(page.context, base_url, language)
    page.goto("/top-up?amount=0")
    words.button("Next").click()
    expect(page.locator("#amount-error")).to_have_text(
        words.say("Enter an amount in hryvnias, for example 150 or 150,50.")
    )
    expect(words.field("Sum in hryvnias")).to_be_focused()
    words.field("Sum in hryvnias").fill("20")
    words.button("Next").click()
    expect(page.locator("h1")).to_have_text(words.say("Check the payment"))
    page.get_by_test_id("pay").click()
    bank.pay_at_bank(page)
    expect(state(page)).to_have_text(words.say("Credited"))
    words.link("Payments").first.click()
    expect(page.get_by_test_id("payment")).to_have_count(1)
    expect(page.get_by_test_id("day-total")).to_contain_text("20")
    page.get_by_role("link", name=words.say("Not paid"), exact=True).click()
    expect(page.get_by_test_id("payment")).to_have_count(0)
    page.go_back()
    expect(page.get_by_test_id("payment")).to_have_count(1)


def test_the_pages_are_light(payer: Payer) -> None:
    page = payer.page
    payer.pay("20", bank.NO_MONEY)
    for path in ("/top-up", "/wallet", "/payments", page.url):
        fresh = page.context.new_page()
        page.context.new_cdp_session(fresh).send("Network.clearBrowserCache")
        check(weighed(fresh, page.context, path))
        fresh.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_everybody_can_use_each_page(payer: Payer, width: int, scheme: Any) -> None:
    page = payer.page
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    payer.pay("20", bank.NO_MONEY)
    paid = page.url
    for path, there in (
        (paid, page.get_by_test_id("step").first),
        ("/top-up", page.get_by_test_id("whom").first),
        ("/top-up/check?form=" + "k" * 32 + f"&for={payer.numbers[0]}-5000", page.get_by_test_id("pay")),
        ("/wallet", page.get_by_test_id("split-row").first),
        ("/payments", page.get_by_test_id("payment").first),
    ):
        page.goto(path)
        expect(there).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
        assert violations(page) == [], path
