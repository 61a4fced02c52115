"""A year of a home internet account told day by day: debt, holidays, television, another tariff, a leap February, and
both changes of the clocks.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.billing.fees import FEES
from mykyivstar.domain.billing.runs import carry_out
from mykyivstar.domain.catalogue.models import Service, ServiceKind, Tariff, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet import services, suspending, tariff_changes
from mykyivstar.domain.internet.day import start_of_day
from mykyivstar.domain.internet.history import active_days
from mykyivstar.domain.internet.models import Cause, InternetAccount, InternetPeriod, InternetState
from mykyivstar.domain.internet.terms import InternetTerms
from mykyivstar.domain.ledger.models import Entry, LedgerAccount
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.models import Cause as PaymentCause
from mykyivstar.kit.clock import KYIV, FixedClock, kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.factories.payments import make_payment, share
from tests.factories.people import hold, make_account, make_person, put_money

FIRST_DAY, LAST_DAY = date(2027, 10, 15), date(2028, 11, 30)
Deed = Callable[["Story"], Awaitable[object]]


@dataclass
class Story:
    """One account, its owner, and the books."""

    database: Database
    clock: FixedClock
    actor: Actor
    account_id: int
    # How it stood at each noon.
    states: dict[date, InternetState] = field(default_factory=dict)
    balances: dict[date, Money] = field(default_factory=dict)

    async def live(self, deeds: Mapping[date, Deed]) -> None:
        """Every midnight the day begins and the fees are taken; at noon something may be done."""
        day = FIRST_DAY
        while day <= LAST_DAY:
            self.clock.moment = kyiv_midnight(day)
            await start_of_day(self.database.unit_of_work, at=self.clock.now())
            await carry_out(self.database, FEES, day=day, at=self.clock.now())
            self.clock.moment = datetime.combine(day, time(12), KYIV).astimezone(UTC)
            if (deed := deeds.get(day)) is not None:
                await deed(self)
            await self._note(day)
            day += timedelta(days=1)

    async def _note(self, day: date) -> None:
        async with self.database.reading() as session:
            self.states[day] = (await session.get_one(InternetAccount, self.account_id)).state
            found = await balances(session, internet_account_ids=[self.account_id])
            self.balances[day] = found.internet[self.account_id].money or Money.ZERO

    async def entries(self) -> list[tuple[date, str, int]]:
        """The Kyiv day, the rule and the kopiykas of everything that was taken or given back; no payments."""
        async with self.database.reading() as session:
            mine = col(LedgerAccount.internet_account_id) == self.account_id
            query = select(Entry).join(LedgerAccount, col(LedgerAccount.id) == col(Entry.account_id)).where(mine)
            rows = (await session.exec(query.order_by(col(Entry.id)))).all()
        said = [(kyiv_date(row.at), str(row.explanation.get("rule", "")), row.amount.kopiykas) for row in rows]
        return [each for each in said if each[1] and not each[1].startswith("payment.")]

    async def history(self) -> list[InternetPeriod]:
        async with self.database.reading() as session:
            query = select(InternetPeriod).where(col(InternetPeriod.internet_account_id) == self.account_id)
            return list((await session.exec(query.order_by(col(InternetPeriod.id)))).all())

    async def active(self, month: Month) -> int:
        async with self.database.reading() as session:
            return (await active_days(session, month, [self.account_id]))[self.account_id]


def pays(hryvnias: int) -> Deed:
    async def deed(story: Story) -> None:
        async with story.database.unit_of_work() as session:
            account = await session.get_one(InternetAccount, story.account_id)
            at = story.clock.now()
            payment = await make_payment(session, share(account, Money.uah(hryvnias)), key=f"pay-{at}", at=at)
            assert await credit(session, payment, at=at, cause=PaymentCause.NOTICE)

    return deed


def goes_away(first: date, last: date) -> Deed:
    async def deed(story: Story) -> None:
        async with story.database.unit_of_work() as session:
            await suspending.order(
                session,
                story.actor,
                key=f"away-{first}",
                account_id=story.account_id,
                first_day=first,
                last_day=last,
                language="uk",
                terms=InternetTerms(),
                at=story.clock.now(),
            )

    return deed


async def is_back_early(story: Story) -> None:
    async with story.database.unit_of_work() as session:
        state = await suspending.resume(session, story.actor, story.account_id, at=story.clock.now())
        assert state is InternetState.ACTIVE


async def wants_television(story: Story) -> None:
    async with story.database.unit_of_work() as session:
        await services.connect(
            session,
            story.actor,
            key="television",
            account_id=story.account_id,
            code="tv_home",
            language="uk",
            at=story.clock.now(),
        )


async def wants_it_faster(story: Story) -> None:
    async with story.database.unit_of_work() as session:
        await tariff_changes.order(
            session,
            story.actor,
            key="faster",
            account_id=story.account_id,
            code="home_500",
            language="uk",
            at=story.clock.now(),
        )


# Pays before each first, but forgets December's, and remembers on the twentieth of January.
DEEDS: Mapping[date, Deed] = {
    date(2027, 10, 28): pays(110),
    date(2027, 11, 16): wants_television,
    date(2027, 11, 28): pays(145),
    date(2028, 1, 20): pays(130),
    date(2028, 1, 28): pays(145),
    date(2028, 2, 5): goes_away(date(2028, 2, 10), date(2028, 2, 20)),
    date(2028, 2, 28): pays(100),
    date(2028, 3, 28): pays(100),
    date(2028, 4, 28): pays(130),
    date(2028, 5, 10): wants_it_faster,
    date(2028, 5, 28): pays(280),
    date(2028, 6, 28): pays(300),
    date(2028, 7, 10): goes_away(date(2028, 7, 20), date(2028, 8, 20)),
    date(2028, 7, 11): pays(300),
    date(2028, 8, 5): is_back_early,
    date(2028, 8, 28): pays(280),
    date(2028, 9, 28): pays(280),
    date(2028, 10, 20): goes_away(date(2028, 10, 27), date(2028, 10, 31)),
    date(2028, 10, 29): pays(280),
}


@pytest.fixture
async def story(database: Database, clock: FixedClock) -> Story:
    async with database.unit_of_work() as session:
        actor = await make_person(session)
        slow = Tariff(code="home_100", kind=TariffKind.INTERNET, name={"uk": "Дім 100"}, fee=Money.uah(100))
        fast = Tariff(code="home_500", kind=TariffKind.INTERNET, name={"uk": "Дім 500"}, fee=Money.uah(250))
        tv = Service(code="tv_home", name={"uk": "ТБ"}, fee=Money.uah(30), for_internet=True, kind=ServiceKind.TV)
        session.add_all([slow, fast, tv])
        await session.flush()
        account = await make_account(
            session, tariff_id=slow.id, next_charge_at=kyiv_midnight(date(2027, 11, 1)), charge_day=1
        )
        await hold(session, actor, account)
        await put_money(session, account, Money.uah(5))
    told = Story(database, clock, actor, account.id or 0)
    await told.live(DEEDS)
    return told


async def _entries_are_right_to_the_kopiyka(story: Story) -> None:
    assert [each for each in await story.entries() if each[0] < date(2028, 7, 1)] == [
        (date(2027, 11, 1), "tariff/home_100", -10000),
        # Fifteen of November's thirty days.
        (date(2027, 11, 16), "service/tv_home", -1500),
        (date(2027, 12, 1), "tariff/home_100", -10000),
        (date(2027, 12, 1), "service/tv_home", -3000),
        (date(2028, 1, 1), "tariff/home_100", -10000),
        (date(2028, 1, 1), "service/tv_home", -3000),
        (date(2028, 2, 1), "tariff/home_100", -10000),
        (date(2028, 2, 1), "service/tv_home", -3000),
        (date(2028, 2, 5), "internet_suspension", -1500),
        # Eleven of the twenty-nine days of a leap February.
        (date(2028, 2, 21), "internet_unused/home_100", 3793),
        (date(2028, 2, 21), "internet_unused/tv_home", 1138),
        (date(2028, 3, 1), "tariff/home_100", -10000),
        (date(2028, 3, 1), "service/tv_home", -3000),
        (date(2028, 4, 1), "tariff/home_100", -10000),
        (date(2028, 4, 1), "service/tv_home", -3000),
        (date(2028, 5, 1), "tariff/home_100", -10000),
        (date(2028, 5, 1), "service/tv_home", -3000),
        (date(2028, 6, 1), "tariff/home_500", -25000),
        (date(2028, 6, 1), "service/tv_home", -3000),
    ]
    assert [each for each in await story.entries() if each[0] >= date(2028, 7, 1)] == [
        (date(2028, 7, 1), "tariff/home_500", -25000),
        (date(2028, 7, 1), "service/tv_home", -3000),
        (date(2028, 7, 10), "internet_suspension", -1500),
        # Back on the fifth of August: twelve days of July come back, twenty-seven of August are taken.
        (date(2028, 8, 5), "internet_unused/home_500", 9677),
        (date(2028, 8, 5), "internet_unused/tv_home", 1161),
        (date(2028, 8, 5), "tariff/home_500", -21774),
        (date(2028, 8, 5), "service/tv_home", -2613),
        (date(2028, 9, 1), "tariff/home_500", -25000),
        (date(2028, 9, 1), "service/tv_home", -3000),
        (date(2028, 10, 1), "tariff/home_500", -25000),
        (date(2028, 10, 1), "service/tv_home", -3000),
        (date(2028, 10, 20), "internet_suspension", -1500),
        # The night on which the clocks go back is a day like any other.
        (date(2028, 11, 1), "internet_unused/home_500", 4032),
        (date(2028, 11, 1), "internet_unused/tv_home", 484),
        (date(2028, 11, 1), "tariff/home_500", -25000),
        (date(2028, 11, 1), "service/tv_home", -3000),
    ]


async def _states_are_in_the_history_in_order_and_without_gaps(story: Story) -> None:
    history = await story.history()
    assert [(row.state, row.cause) for row in history] == [
        (InternetState.ACTIVE, Cause.FOUND),
        (InternetState.OFF_FOR_DEBT, Cause.BELOW_THRESHOLD),
        (InternetState.ACTIVE, Cause.PAID),
        (InternetState.SUSPENDED, Cause.SUSPENSION),
        (InternetState.ACTIVE, Cause.SUSPENSION_ENDED),
        (InternetState.SUSPENDED, Cause.SUSPENSION),
        (InternetState.ACTIVE, Cause.RESUMED_EARLY),
        (InternetState.SUSPENDED, Cause.SUSPENSION),
        (InternetState.ACTIVE, Cause.SUSPENSION_ENDED),
    ]
    assert all(before.until == after.since for before, after in pairwise(history))
    assert history[1].since == kyiv_midnight(date(2028, 1, 1))
    assert history[4].since == kyiv_midnight(date(2028, 2, 21))


async def _active_days_are_those_on_which_it_worked(story: Story) -> None:
    expected = {(2027, 12): 31, (2028, 1): 12, (2028, 2): 18, (2028, 3): 31, (2028, 7): 19, (2028, 8): 27}
    expected |= {(2028, 10): 26, (2028, 11): 30}
    assert {month: await story.active(Month(*month)) for month in expected} == expected


async def _what_is_shown_at_noon_is_what_the_balance_says(story: Story) -> None:
    for day, state in story.states.items():
        if state is InternetState.ACTIVE:
            assert story.balances[day] >= Money.ZERO, day
        if state is InternetState.OFF_FOR_DEBT:
            assert story.balances[day] < Money.ZERO, day
    async with story.database.reading() as session:
        assert (await proof(session)).holds


async def test_a_year_of_debt_holidays_television_and_another_tariff(story: Story) -> None:
    await _entries_are_right_to_the_kopiyka(story)
    await _states_are_in_the_history_in_order_and_without_gaps(story)
    await _active_days_are_those_on_which_it_worked(story)
    await _what_is_shown_at_noon_is_what_the_balance_says(story)
