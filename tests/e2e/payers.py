"""People who pay by card in a browser: each with lines of their own, ten hryvnias on each."""

import re
from dataclasses import dataclass
from itertools import count

from playwright.sync_api import Locator, Page, expect
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.domain.payments.models import Payment
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e import bank
from tests.e2e.people import Person, make_person
from tests.e2e.site import Site
from tests.factories.people import LONG_AGO, put_money

_numbers = count(1)
#: The page of any payment.
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
    """A new subscriber with so many lines; not signed in yet."""
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


def state(page: Page) -> Locator:
    """Where the payment of this page is, in a word."""
    return page.get_by_test_id("state")
