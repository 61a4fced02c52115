"""What the assistant knows of somebody's own, and that it is theirs alone; on both databases."""

from datetime import timedelta

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.assistant.answering import Answer, answer
from mykyivstar.domain.assistant.understanding import Intent
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import HoldingRole, Line
from mykyivstar.domain.overview.queries import overview
from mykyivstar.domain.payments.models import Payment, PaymentState, Source
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.state.help.library import library
from tests.domain.expenses.moving import move
from tests.factories.people import hold, make_account, make_line, make_person, put_money


class House:
    """Olena owns a line and home internet and pays for her mother's line; Taras has his own and asks the same."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        self.olena: Actor
        self.taras: Actor
        self.line: Line
        self.mothers: Line
        self.his: Line
        self.account: InternetAccount

    async def open(self) -> None:
        async with self.database.unit_of_work() as session:
            self.olena, self.taras = await make_person(session, "olena"), await make_person(session, "taras")
            self.line, self.mothers = await make_line(session), await make_line(session, "380671000002")
            self.his = await make_line(session, "380671000003")
            self.account = await make_account(session)
            await hold(session, self.olena, self.line, position=0, nickname="Робочий")
            await hold(session, self.olena, self.mothers, position=1, nickname="Мама", role=HoldingRole.PAYER)
            await hold(session, self.olena, self.account, position=2)
            await hold(session, self.taras, self.his)
            for thing in (self.line, self.mothers, self.his, self.account):
                await put_money(session, thing, Money.uah(100))

    async def charge(self, thing: Line | InternetAccount, kopiykas: int, *, days_ago: int = 1) -> int:
        async with self.database.unit_of_work() as session:
            at = self.clock.now() - timedelta(days=days_ago)
            return (await move(session, thing, -kopiykas, at=at, kind=OperationKind.SERVICE_FEE)).id or 0

    async def ask(self, question: str, who: Actor | None = None, *, language: str = "uk") -> Answer:
        asker = who or self.olena
        async with self.database.reading() as session:
            return await answer(
                session,
                asker,
                question,
                whole=await overview(session, asker, self.clock.now()),
                in_hand=HoldingKey(HoldingKind.LINE, self.line.id or 0),
                indexes=library().indexes,
                language=language,
                at=self.clock.now(),
            )


@pytest.fixture
async def house(database: Database, clock: FixedClock) -> House:
    house = House(database, clock)
    await house.open()
    return house


def names(found: Answer) -> list[str]:
    return [part.nickname or part.number for part in found.parts]


async def test_charges_of_a_sum_are_found_among_ones_own_alone(house: House) -> None:
    mine, of_internet = await house.charge(house.line, 531), await house.charge(house.account, 531, days_ago=2)
    await house.charge(house.line, 532)
    await house.charge(house.line, 531, days_ago=100)
    his = await house.charge(house.his, 531)
    found = await house.ask("чому списали 5,31?")
    assert [charge.entry.id for charge in found.charges] == [mine, of_internet]
    assert [charge.entry.id for charge in (await house.ask("чому списали 5,31?", house.taras)).charges] == [his]


async def test_whoever_only_pays_for_a_number_is_not_told_what_it_was_charged_for(house: House) -> None:
    await house.charge(house.mothers, 531)
    found = await house.ask("чому списали 5,31?")
    assert (found.intent, found.charges) == (Intent.WHY_CHARGED, [])


async def test_without_a_sum_the_newest_charges_of_the_number_in_hand_or_named(house: House) -> None:
    await house.charge(house.account, 700)
    mine = await house.charge(house.line, 300)
    assert [charge.entry.id for charge in (await house.ask("за що зняли гроші?")).charges] == [mine]
    internet = await house.ask("за що зняли гроші на 0004477622?")
    assert [charge.entry.amount for charge in internet.charges] == [Money(-700)]


async def test_balances_are_of_all_ones_own_or_of_what_is_named(house: House) -> None:
    found = await house.ask("який мій баланс?")
    assert (found.intent, names(found)) == (Intent.BALANCE, ["Робочий", "Мама", "0004477622"])
    assert [part.balance for part in found.parts] == [Money.uah(100)] * 3
    assert names(await house.ask("який баланс у мами?")) == ["Мама"]
    assert names(await house.ask("баланс номера 067 100 00 02 який?")) == ["Мама"]
    assert names(await house.ask("how much money is left on my mobile?", language="en")) == ["Робочий", "Мама"]
    assert names(await house.ask("який мій баланс?", house.taras)) == ["380671000003"]


async def test_questions_about_home_internet_are_about_accounts_only(house: House) -> None:
    assert names(await house.ask("який поріг відключення?")) == ["0004477622"]
    assert names(await house.ask("який поріг відключення?", house.taras)) == []


async def test_payments_are_ones_own(house: House) -> None:
    async with house.database.unit_of_work() as session:
        for who, code in ((house.olena, "hers"), (house.taras, "his")):
            payment = Payment(
                code=code,
                key=code,
                request_hash="",
                source=Source.CARD,
                state=PaymentState.PROCESSING,
                amount=Money.uah(50),
                created_at=house.clock.now(),
                state_at=house.clock.now(),
                expires_at=house.clock.now(),
                profile_id=who.profile_id,
            )
            session.add(payment)
    assert [view.payment.code for view in (await house.ask("де мій платіж?")).payments] == ["hers"]


async def test_what_articles_say_is_answered_by_them_and_nothing_else(house: House) -> None:
    found = await house.ask("як закинути гроші на телефон мамі")
    assert found.intent is None
    assert found.hits[0].code == "top-up"
    lost = await house.ask("яка завтра погода у Львові")
    assert (lost.intent, lost.article, lost.parts, lost.charges) == (None, None, (), ())


async def test_an_article_is_found_in_another_language_than_the_page_has(house: House) -> None:
    found = await house.ask("freezing the internet for a vacation", language="uk")
    assert found.article is not None
    assert found.article.code == "suspension"


async def test_a_greeting_before_a_question_does_not_hide_it(house: House) -> None:
    assert (await house.ask("Привіт, роутер зламався")).hits[0].code == "internet-fault"
    assert (await house.ask("Добрий день!")).intent is Intent.GREETING


async def test_bonuses_are_told_of_what_has_any(house: House) -> None:
    assert names(await house.ask("скільки в мене бонусів?")) == []
    async with house.database.unit_of_work() as session:
        await put_money(session, house.account, Money.uah(87), unit=Unit.BONUS)
    found = await house.ask("скільки в мене бонусів?")
    assert [(part.number, part.bonus) for part in found.parts] == [("0004477622", Money.uah(87))]
