"""Screens follow the data: C5."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from playwright.sync_api import Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.service import Leg, SystemAccount, account_for, post, system_account
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e.promptly import once_within
from tests.e2e.site import MAKSYM, Site

# What C5 promises, to the millisecond.
WITHIN_MS = 2000


def pay_in(site: Site, number: str, amount: Money) -> Money:
    """A payment arrives from outside the server; the balance after it."""

    async def pay(database: Database) -> Money:
        async with database.unit_of_work() as session:
            line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(number)))).one()
            own = await account_for(session, line_id=line.id, unit=Unit.UAH)
            other = await system_account(session, SystemAccount.OPENING, Unit.UAH)
            assert own.id is not None
            assert other.id is not None
            legs = [Leg(own.id, amount), Leg(other.id, -amount)]
            await post(session, key=str(uuid4()), kind=OperationKind.ADJUSTMENT, at=datetime.now(UTC), legs=legs)
            return own.balance

    return site.behind_its_back(pay)


def shown(amount: Money) -> str:
    """The amount as a screen reader gets it, whatever the spaces are."""
    hryvnias, kopiykas = divmod(amount.kopiykas, 100)
    return f"{hryvnias:,}".replace(",", r"\s?") + f",{kopiykas:02}"


def expect_balance(page: Page, amount: Money, *, timeout: int | None = None) -> None:
    expect(page.locator("main .money-big")).to_have_text(re.compile(shown(amount)), timeout=timeout)


def test_a_payment_from_elsewhere_is_on_the_screen_within_two_seconds(
    page: Page, sign_in: Callable[[str], None], site: Site
) -> None:
    sign_in(MAKSYM)
    page.goto("/home")
    expect_balance(page, pay_in(site, MAKSYM, Money.uah(1)))
    after: list[Money] = []
    once_within(
        WITHIN_MS,
        lambda _: after.append(pay_in(site, MAKSYM, Money.uah(25, 50))),
        lambda turn, ms: expect_balance(page, after[turn], timeout=ms),
    )
