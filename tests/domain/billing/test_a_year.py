"""A year of one home internet account and one line, told day by day with a moving clock.

From November 2027 to October 2028: a leap February, both clock changes, a debt, a holiday, another tariff, bonuses that
are earned, given and lost, a fee of the 31st in shorter months.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.billing.fees import FEES
from mykyivstar.domain.billing.runs import carry_out
from mykyivstar.domain.bonuses.accrual import BONUSES, fourths_due
from mykyivstar.domain.bonuses.arriving import arrive, write_off
from mykyivstar.domain.bonuses.errors import AccountSuspended
from mykyivstar.domain.bonuses.models import BonusState, BonusTransfer
from mykyivstar.domain.bonuses.rules import BonusTerms
from mykyivstar.domain.bonuses.transferring import Order, transfer
from mykyivstar.domain.catalogue.models import FeePeriod, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet import suspending, tariff_changes
from mykyivstar.domain.internet.day import start_of_day
from mykyivstar.domain.internet.models import InternetAccount, InternetPeriod, InternetState
from mykyivstar.domain.internet.terms import InternetTerms
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.models import Cause
from mykyivstar.kit.clock import KYIV, FixedClock, kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.domain.billing import small_world as world
from tests.factories.payments import make_payment, share
from tests.factories.people import hold, make_person, put_money

FIRST, LAST = date(2027, 11, 1), date(2028, 10, 31)
NOON, NINE, EVENING = timedelta(hours=12), timedelta(hours=9), timedelta(hours=18)


class Year:
    """The people, and what they do on which day at noon."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        self.refused: list[date] = []
        self.states: dict[date, InternetState] = {}
        self.plan: dict[date, Callable[[], Awaitable[None]]] = {
            date(2028, 3, 11): lambda: self.pay(200),
            date(2028, 3, 20): lambda: self.pay(1_500),
            date(2028, 6, 1): self.order_holiday,
            date(2028, 8, 10): self.order_tariff,
        }

    async def begin(self) -> None:
        """600 UAH on the account, tariff 100 and television 50; 2000 on the line, whose fee is of the 31st."""
        month = FeePeriod.MONTH
        async with self.database.unit_of_work() as session:
            home = await world.tariff(session, "fast", 100, kind=TariffKind.INTERNET, fee_period=month)
            await world.tariff(session, "faster", 145, kind=TariffKind.INTERNET, fee_period=month)
            mobile = await world.tariff(session, "phone", 80, fee_period=month)
            tv = await world.service(session, "tv", 50, for_internet=True, fee_period=month)
            self.actor: Actor = await make_person(session)
            self.account: InternetAccount = await world.account(session, home, 600, FIRST)
            await world.connect(session, self.account, tv, FIRST)
            self.line: Line = await world.line(session, mobile, 2_000, date(2027, 12, 31))
            await put_money(session, self.line, Money.ZERO, unit=Unit.BONUS)
            for thing in (self.account, self.line):
                await hold(session, self.actor, thing)

    async def live(self, day: date) -> None:
        """One day as the jobs and the people do it."""
        begins = self.clock.moment = kyiv_midnight(day)
        await start_of_day(self.database.unit_of_work, at=begins)
        await carry_out(self.database, FEES, day=day, at=begins)
        for fourth in await fourths_due(self.database, day):
            await carry_out(self.database, BONUSES, day=fourth, at=begins + NINE)
        self.clock.moment = datetime.combine(day, datetime.min.time(), KYIV).astimezone(UTC) + NOON
        if (act := self.plan.get(day)) is not None:
            await act()
        if day.day == 15:
            await self.give_bonuses(day)
        self.clock.moment = begins + EVENING
        await write_off(self.database.unit_of_work, at=self.clock.moment)
        async with self.database.reading() as session:
            self.states[day] = (await session.get_one(InternetAccount, self.account.id)).state

    async def pay(self, hryvnias: int) -> None:
        """A card payment arrives."""
        at = self.clock.moment
        async with self.database.unit_of_work() as session:
            payment = await make_payment(
                session, share(self.account, Money.uah(hryvnias)), key=f"pay-{at:%Y%m%d}", at=at
            )
            await credit(session, payment, at=at, cause=Cause.NOTICE)

    async def order_holiday(self) -> None:
        """Twenty days in June."""
        async with self.database.unit_of_work() as session:
            await suspending.order(
                session,
                self.actor,
                key="holiday",
                account_id=self.account.id or 0,
                first_day=date(2028, 6, 5),
                last_day=date(2028, 6, 24),
                language="uk",
                terms=InternetTerms(),
                at=self.clock.moment,
            )

    async def order_tariff(self) -> None:
        """A faster one from September."""
        async with self.database.unit_of_work() as session:
            await tariff_changes.order(
                session,
                self.actor,
                key="faster",
                account_id=self.account.id or 0,
                code="faster",
                language="uk",
                at=self.clock.moment,
            )

    async def give_bonuses(self, day: date) -> None:
        """Fifty to the own line, if there are any and the rules allow it."""
        key = HoldingKey(HoldingKind.INTERNET, self.account.id or 0)
        if day < date(2027, 12, 4):
            return
        order = Order(f"give-{day}", key, self.line.msisdn.digits, Money.uah(50))
        try:
            async with self.database.unit_of_work() as session:
                given = await transfer(session, self.actor, order, terms=BonusTerms(), at=self.clock.moment)
        except AccountSuspended:
            self.refused.append(day)
            return
        async with self.database.unit_of_work() as session:
            await arrive(session, given.id or 0, at=given.arrives_at)

    async def taken_by_month(self) -> dict[str, int]:
        """What home internet cost in each month, in kopiykas: fees, the holiday's price, less what came back."""
        kinds = [OperationKind.TARIFF_FEE, OperationKind.SERVICE_FEE, OperationKind.ADJUSTMENT]
        return await self._by_month(Unit.UAH, kinds)

    async def earned_by_month(self) -> dict[str, int]:
        """Whole bonuses by the month in which they came."""
        earned = await self._by_month(Unit.BONUS, [OperationKind.BONUS_ACCRUAL])
        return {month: -kopiykas // 100 for month, kopiykas in earned.items()}

    async def _by_month(self, unit: Unit, kinds: list[OperationKind]) -> dict[str, int]:
        async with self.database.reading() as session:
            query = (
                select(Entry)
                .join(LedgerAccount, col(LedgerAccount.id) == Entry.account_id)
                .where(LedgerAccount.internet_account_id == self.account.id, LedgerAccount.unit == unit)
                .where(col(Entry.kind).in_(kinds))
            )
            entries = (await session.exec(query.order_by(col(Entry.id)))).all()
        sums: dict[str, int] = {}
        for entry in entries:
            month = str(Month.of(entry.at))
            sums[month] = sums.get(month, 0) - entry.amount.kopiykas
        return sums


async def test_a_year_day_by_day(database: Database, clock: FixedClock) -> None:
    year = Year(database, clock)
    await year.begin()
    day = FIRST
    while day <= LAST:
        await year.live(day)
        day += timedelta(days=1)

    # June: ten of thirty days, and the price of the holiday. From September the other tariff.
    usual, faster = 150_00, 195_00
    months = ["2027-11", "2027-12", *(f"2028-{number:02}" for number in range(1, 11))]
    expected = dict.fromkeys(months, usual) | {"2028-06": 50_00 + 15_00, "2028-09": faster, "2028-10": faster}
    assert await year.taken_by_month() == expected
    assert await world.money_of(database, year.account) == Money(2_300_00 - sum(expected.values()))

    # In debt from the first of March, paid on the eleventh: 21 of 31 days. In June 10 of 30.
    assert await year.earned_by_month() == {
        "2027-12": 100,
        "2028-01": 100,
        "2028-02": 100,
        "2028-03": 100,
        "2028-04": 68,
        "2028-05": 100,
        "2028-06": 100,
        "2028-07": 33,
        "2028-08": 100,
        "2028-09": 100,
        "2028-10": 145,
    }
    off = {day for day, state in year.states.items() if state is InternetState.OFF_FOR_DEBT}
    assert off == {date(2028, 3, number) for number in range(1, 11)}
    away = {day for day, state in year.states.items() if state is InternetState.SUSPENDED}
    assert away == {date(2028, 6, number) for number in range(5, 25)}
    assert year.refused == [date(2028, 6, 15)]

    # The fee of the 31st: on the last day of shorter months, 29 February among them.
    periods = [period.partition("/")[0] for _, _, period in await world.fees_of(database, year.line)]
    assert periods == [
        "2027-12-31",
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
        "2028-04-30",
        "2028-05-31",
        "2028-06-30",
        "2028-07-31",
        "2028-08-31",
        "2028-09-30",
        "2028-10-31",
    ]
    assert await world.due_of(database, year.line) == kyiv_midnight(date(2028, 11, 30))

    async with database.reading() as session:
        given = (await session.exec(select(BonusTransfer).order_by(col(BonusTransfer.id)))).all()
        history = (await session.exec(select(InternetPeriod).order_by(col(InternetPeriod.id)))).all()
    assert [each.state for each in given] == [BonusState.ENDED] * 9 + [BonusState.ARRIVED]
    assert {each.lost for each in given[:-1]} == {Money.uah(50)}
    assert [period.state for period in history] == [
        InternetState.ACTIVE,
        InternetState.OFF_FOR_DEBT,
        InternetState.ACTIVE,
        InternetState.SUSPENDED,
        InternetState.ACTIVE,
    ]
    assert kyiv_date(history[-1].since) == date(2028, 6, 25)
    assert await world.the_books_hold(database)
