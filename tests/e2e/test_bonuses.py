"""Bonuses in a browser: from the form over the check page to their way; refused at the field; in three languages."""

from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.models import Unit
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e.accessibility import violations
from tests.e2e.people import make_person
from tests.e2e.site import Site
from tests.e2e.words import Words, choose
from tests.factories.people import LONG_AGO, make_account, put_money

_accounts = count(1)


@pytest.fixture(params=("uk", "en", "ru"))
def words(request: pytest.FixtureRequest, context: BrowserContext, site: Site, page: Page) -> Words:
    """Somebody who reads this language."""
    choose(context, site.address, request.param)
    return Words(page, request.param)


@pytest.fixture
def giver(page: Page, sign_in: Callable[[str], None], site: Site) -> Page:
    """Somebody with a line and 100 bonuses on their home internet."""
    person = make_person(site)

    async def make(database: Database) -> None:
        async with database.unit_of_work() as session:
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(person.number)))).one()
            holding = (await session.exec(select(Holding).where(Holding.line_id == line.id))).one()
            account = await make_account(session, f"00077{next(_accounts):05}", contract_phone=Msisdn(person.number))
            session.add(Holding(profile_id=holding.profile_id, internet_account_id=account.id, proved_at=LONG_AGO))
            await put_money(session, account, Money.uah(100), unit=Unit.BONUS)

    site.behind_its_back(make)
    sign_in(person.number)
    return page


def test_bonuses_are_checked_given_once_and_on_their_way(giver: Page, words: Words) -> None:
    page = giver
    page.goto("/internet/bonuses")
    expect(page.locator("h1")).to_have_text(words.say("Bonuses"))
    expect(page.get_by_test_id("there")).to_contain_text("100")
    assert violations(page) == []
    field = page.get_by_label(words.say("How many bonuses"))
    field.fill("2")
    page.get_by_test_id("next").click()
    expect(page.locator("#amount-error")).to_have_text(
        words.say("At least {least} bonuses are transferred at once.", least=3)
    )
    field.fill("40")
    page.get_by_test_id("next").click()
    expect(page.locator("h1")).to_have_text(words.say("Check the bonuses"))
    expect(page.get_by_test_id("sum")).to_have_text("40")
    expect(page.locator(".facts")).to_contain_text("60")
    assert violations(page) == []
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("done")).to_contain_text(words.say("The bonuses are on their way"))
    page.reload()
    expect(page.get_by_test_id("done")).to_contain_text(words.say("The bonuses are on their way"))
    page.goto("/internet/bonuses")
    expect(page.get_by_test_id("there")).to_contain_text("60")
    expect(page.get_by_test_id("event").first).to_have_attribute("data-state", "on_the_way")
    assert violations(page) == []
