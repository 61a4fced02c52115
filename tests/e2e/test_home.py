"""The dashboard in a browser: everything at a glance, one click to another line."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.domain.usage.models import Allowance, AllowanceKind
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e.accessibility import dress, violations, width_of
from tests.e2e.people import make_person
from tests.e2e.site import ANDRII, IRYNA, OLENA, Site
from tests.e2e.words import Words, choose
from tests.factories.people import hold, make_account, make_line, put_money


def test_olena_sees_what_she_has_and_what_comes_next(olena: Page) -> None:
    expect(olena.locator("h1")).to_have_text("Мій")
    expect(olena.get_by_test_id("balance")).to_have_text(re.compile(r"\d+,\d\d\s₴"))
    expect(olena.get_by_test_id("charge-amount")).to_have_text(re.compile(r"\d+,\d\d\s₴"))
    expect(olena.get_by_test_id("charge-day")).to_have_text(re.compile(r"^[а-яіїʼ’']+, \d+ [а-яі]+$"))
    expect(olena.locator("[data-testid=gauge][data-kind=data]")).to_contain_text("ГБ")
    expect(olena.get_by_test_id("internet-card")).to_contain_text("Працює")
    expect(olena.get_by_test_id("tile")).to_have_count(4)


def test_one_click_takes_another_line_in_hand_and_it_stays_there(olena: Page) -> None:
    other = olena.get_by_test_id("tile").filter(has_text="Робочий")
    other.get_by_role("button").click()
    expect(olena.locator("h1")).to_have_text("Робочий")
    expect(olena.locator(".bar-switcher")).to_contain_text("Робочий")
    expect(other.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    expect(olena.locator("main .tile[aria-pressed=true]")).to_have_count(1)
    olena.reload()
    expect(olena.locator("h1")).to_have_text("Робочий")
    olena.locator(".bar-switcher").get_by_role("button").first.click()
    expect(olena.locator(".bar-switcher [aria-checked=true]")).to_contain_text(["Робочий"])
    olena.get_by_test_id("line-choice").filter(has_text="Мій").click()
    expect(olena.locator("h1")).to_have_text("Мій")
    expect(olena.locator("main .tile[aria-pressed=true]")).to_contain_text(["Мій"])


def test_the_card_of_the_account_in_hand_offers_no_way_to_itself(olena: Page) -> None:
    card = olena.get_by_test_id("internet-card")
    card.get_by_role("button", name="Показати цей рахунок").click()
    expect(olena.locator("h1")).to_have_text("Дім")
    expect(olena.locator("main .tile[aria-pressed=true]")).to_contain_text(["Дім"])
    expect(card.get_by_role("button")).to_have_count(0)
    # What is taken in hand stays so: whoever comes next finds her as she was.
    olena.get_by_test_id("tile").filter(has_text="Мій").get_by_role("button").click()
    expect(card.get_by_role("button", name="Показати цей рахунок")).to_be_visible()


@pytest.mark.browser_context_args(reduced_motion="no-preference")
def test_a_balance_does_not_count_up_from_another_lines(olena: Page) -> None:
    seen = """() => {
        window.seen = [];
        const look = () => window.seen.push(document.querySelector("[data-testid=balance]").innerText);
        new MutationObserver(look).observe(document.querySelector("main"), { subtree: true, childList: true });
    }"""
    before = olena.get_by_test_id("balance").inner_text()
    olena.evaluate(seen)
    olena.get_by_test_id("tile").filter(has_text="Соломія").get_by_role("button").click()
    expect(olena.locator("h1")).to_have_text("Соломія")
    olena.wait_for_timeout(1000)
    after = olena.get_by_test_id("balance").inner_text()
    assert set(olena.evaluate("window.seen")) <= {before, after}
    # What is taken in hand stays so: whoever comes next finds her as she was.
    olena.get_by_test_id("tile").filter(has_text="Мій").get_by_role("button").click()
    expect(olena.locator("h1")).to_have_text("Мій")


def test_the_address_names_the_line_to_begin_with(olena: Page) -> None:
    key = olena.get_by_test_id("internet-card").get_attribute("data-key")
    olena.goto(f"/home?line={key}")
    expect(olena.locator("h1")).to_have_text("Дім")
    expect(olena.get_by_test_id("balance")).to_be_visible()


def test_nobody_sees_a_strangers_line_by_its_address(page: Page, sign_in: Callable[[str], None], site: Site) -> None:
    sign_in(OLENA)
    page.goto("/home")
    key = page.get_by_test_id("tile").nth(1).get_attribute("data-key")
    sign_in(ANDRII)
    page.goto(f"/home?line={key}")
    expect(page.locator("h1")).to_have_text(re.compile(r"\+380\s68\s200\s00\s01"))
    expect(page.locator("body")).not_to_contain_text("Робочий")


def test_andrii_is_told_what_to_do(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in(ANDRII)
    page.goto("/home")
    expect(page.locator("[data-testid=alert][data-kind=balance_low]")).to_contain_text(re.compile(r"бракує \d"))
    expect(page.locator("[data-testid=alert][data-kind=validity_short]")).to_contain_text("Номер активний до")
    expect(page.get_by_test_id("validity")).to_contain_text("Активний до")


def test_irynas_internet_is_off_and_says_what_brings_it_back(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in(IRYNA)
    page.goto("/home")
    # Beside the line, or above when the account itself is in hand: she may have looked at it before.
    expect(page.locator("main [data-kind=internet_off]").first).to_contain_text(re.compile(r"Внесіть \d+,\d\d\s₴"))


def test_what_is_not_known_is_said_and_not_shown_as_nought(
    page: Page, sign_in: Callable[[str], None], site: Site
) -> None:
    sign_in(make_person(site).number)
    page.goto("/home")
    expect(page.get_by_test_id("balance")).to_have_text("Баланс ще невідомий")
    expect(page.get_by_test_id("tariff")).to_have_text("ще невідомо")
    expect(page.get_by_test_id("month-cost")).to_have_text("ще нічого")
    expect(page.get_by_test_id("next-charge")).to_contain_text("Регулярних списань немає.")
    expect(page.locator("main")).not_to_contain_text("0,00")


def test_what_is_over_is_not_shown_as_a_sum_or_a_promise(
    page: Page, sign_in: Callable[[str], None], site: Site
) -> None:
    person, now = make_person(site), datetime.now(UTC)

    async def make(database: Database) -> None:
        async with database.unit_of_work() as session:
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(person.number)))).one()
            line.valid_until, line.receiving_until = now - timedelta(days=110), now - timedelta(days=19)
            profile = (await session.exec(select(Profile).where(Profile.login_key == person.number))).one()
            off, below = InternetState.OFF_FOR_DEBT, Money.uah(-50)
            account = await make_account(session, f"000{person.number[-7:]}", state=off, disconnect_threshold=below)
            await hold(session, Actor(profile_id=profile.id or 0, session_id=0), account, position=1)
            await put_money(session, account, Money.uah(-135))
            left = {"kind": AllowanceKind.MINUTES_UKRAINE, "granted": 6000, "left": 40}
            until = now + timedelta(days=5)
            session.add(Allowance(line_id=line.id or 0, source="test", expires_at=until, **left))

    site.behind_its_back(make)
    sign_in(person.number)
    page.goto("/home")
    expect(page.get_by_test_id("validity")).to_contain_text("Не діє з")
    expect(page.get_by_test_id("validity")).not_to_contain_text("поповнення")
    expect(page.get_by_test_id("internet-card")).to_contain_text("Вимкнеться, якщо менше за")
    expect(page.get_by_test_id("internet-card")).not_to_contain_text("Залишок до вимкнення")
    expect(page.get_by_test_id("gauge")).to_contain_text("Менше хвилини")
    page.get_by_test_id("to-internet").click()
    expect(page.get_by_test_id("threshold")).to_be_visible()
    expect(page.get_by_test_id("room")).to_have_count(0)


def test_long_names_and_large_sums_stand_beside_each_other_on_every_screen(
    page: Page, sign_in: Callable[[str], None], site: Site
) -> None:
    person = make_person(site)

    async def make(database: Database) -> None:
        async with database.unit_of_work() as session:
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(person.number)))).one()
            holding = (await session.exec(select(Holding).where(Holding.line_id == line.id))).one()
            holding.nickname = "Мамин номер для дзвінків і для інтернету"
            await put_money(session, line, Money.uah(1_234_567, 89))
            other = await make_line(session, f"38067903{person.number[-4:]}")
            await hold(session, Actor(profile_id=holding.profile_id, session_id=0), other, position=1)
            await put_money(session, other, Money.uah(-35, 50))

    site.behind_its_back(make)
    sign_in(person.number)
    for path in ("/home", "/lines"):
        page.goto(path)
        expect(page.locator(_NAMED)).to_have_count(5)
        for width in (320, 390, 768, 1024, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.locator(".bar-switcher").get_by_role("button").first.click()
            expect(page.get_by_test_id("line-choice").first).to_be_visible()
            assert page.evaluate(_COVERED_OR_CUT, _NAMED) == [], (path, width)
            assert width_of(page) == width
            page.keyboard.press("Escape")


def test_text_twice_as_large_needs_no_scrolling_sideways(olena: Page) -> None:
    for path, shown in (("/home", "balance"), ("/lines", "line")):
        olena.goto(path)
        expect(olena.get_by_test_id(shown).first).to_be_visible()
        olena.set_viewport_size({"width": 390, "height": 800})
        olena.evaluate("document.documentElement.style.fontSize = '200%'")
        assert width_of(olena) == 390, path


# What has a name or a number at the left and a sum at the right.
_NAMED = ".line-chip, main .tile, main [data-testid=line] .row-body"
_COVERED_OR_CUT = """(named) => [...document.querySelectorAll(named)].filter((each) => {
    const box = (found) => {
        const range = document.createRange();
        range.selectNodeContents(each.querySelector(found));
        return range.getBoundingClientRect();
    };
    const name = each.querySelector(".line-name, .row-title");
    const [left, sum] = [box(".line-words, .row-main"), box(".line-balance, .tile-balance, .row-end")];
    const clipped = name.matches(".line-name") ? Math.min(left.right, name.getBoundingClientRect().right) : left.right;
    const isBeside = sum.width === 0 || clipped <= sum.left + 1 || left.bottom <= sum.top + 1;
    const isNumber = name.textContent.startsWith("+");
    return !isBeside || (isNumber && name.scrollWidth > name.clientWidth);
}).map((each) => each.textContent)"""


def test_it_is_the_same_in_every_language(page: Page, sign_in: Callable[[str], None], base_url: str) -> None:
    sign_in(OLENA)
    for language in ("uk", "en", "ru"):
        choose(page.context, base_url, language)
        page.goto("/home")
        words = Words(page, language)
        for heading in ("What is left", "Next charge", "All my numbers", "Home internet"):
            expect(page.get_by_role("heading", name=words.say(heading), exact=True)).to_be_visible()
        words.link("Top up").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(words.say("Top up"))


def test_everybody_can_use_it(olena: Page) -> None:
    expect(olena.get_by_test_id("balance")).to_be_visible()
    for width, scheme in ((320, "light"), (390, "dark"), (768, "light"), (1024, "dark"), (1280, "light")):
        dress(olena, width=width, scheme=scheme)
        assert width_of(olena) == width
        assert violations(olena) == [], (width, scheme)
