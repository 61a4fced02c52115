"""I1: on the fourth, the fee of the month before by its active days, half up to whole bonuses, once."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.billing.fees import FEES
from mykyivstar.domain.billing.runs import carry_out, rehearse
from mykyivstar.domain.billing.tallies import Count, Tally
from mykyivstar.domain.bonuses.accrual import BONUSES, EARNED, credited_to, fourths_due
from mykyivstar.domain.bonuses.rules import accrual_day, earned
from mykyivstar.domain.catalogue.models import FeePeriod, Tariff, TariffKind
from mykyivstar.domain.internet import states
from mykyivstar.domain.internet.models import Cause, InternetAccount, InternetState
from mykyivstar.domain.ledger.models import Entry, OperationKind
from mykyivstar.domain.ledger.reversal import reverse_entry
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.domain.billing import small_world as world
from tests.domain.bonuses.small_world import bonuses_of

NOVEMBER = date(2026, 11, 1)
FOURTH = date(2026, 12, 4)
NINE = kyiv_midnight(FOURTH) + timedelta(hours=9)


async def home(
    database: Database,
    money: int = 1_000,
    fee: int = 100,
    due: date = NOVEMBER,
    number: str = "0004477622",
    code: str = "fast",
) -> InternetAccount:
    async with database.unit_of_work() as session:
        period, kind = FeePeriod.MONTH, TariffKind.INTERNET
        its = await world.tariff(session, code, fee, kind=kind, fee_period=period)
        return await world.account(session, its, money, due, number)


async def pay(database: Database, day: date = NOVEMBER) -> None:
    await carry_out(database, FEES, day=day, at=kyiv_midnight(day))


async def fourth(database: Database, day: date = FOURTH) -> Tally:
    return await carry_out(database, BONUSES, day=day, at=kyiv_midnight(day) + timedelta(hours=9))


async def switch(database: Database, account: InternetAccount, state: InternetState, at: datetime) -> None:
    async with database.unit_of_work() as session:
        held = (await states.hold(session, [account.id or 0]))[account.id or 0]
        await states.switch(session, held.account, state, cause=Cause.OPERATOR, at=at)


async def test_a_full_month_of_the_100_tariff_brings_100(database: Database) -> None:
    account = await home(database)
    await pay(database)
    assert await fourth(database) == Tally({EARNED: Count(1, Money.uah(100))})
    assert await bonuses_of(database, account) == 100
    assert await world.the_books_hold(database)


async def test_it_is_explained(database: Database) -> None:
    await home(database)
    await pay(database)
    await fourth(database)
    async with database.reading() as session:
        entry = (await session.exec(select(Entry).where(Entry.kind == OperationKind.BONUS_ACCRUAL))).first()
    assert entry is not None
    assert entry.explanation == {
        "rule": "internet_bonus",
        "period": "2026-11",
        "fee": 100_00,
        "active_days": 30,
        "days": 30,
    }


@pytest.mark.parametrize("state", [InternetState.OFF_FOR_DEBT, InternetState.SUSPENDED])
async def test_days_that_are_off_do_not_count(database: Database, state: InternetState) -> None:
    """Off from the 11th at noon to the 20th at noon: both days count, the eight between do not."""
    account = await home(database)
    await pay(database)
    await switch(database, account, state, kyiv_midnight(date(2026, 11, 11)) + timedelta(hours=12))
    await switch(database, account, InternetState.ACTIVE, kyiv_midnight(date(2026, 11, 20)) + timedelta(hours=12))
    await fourth(database)
    assert await bonuses_of(database, account) == 73  # 100 x 22 / 30 = 73.3


async def test_who_paid_no_fee_for_the_month_earns_nothing(database: Database) -> None:
    account = await home(database, due=date(2026, 12, 1))
    await pay(database, date(2026, 12, 1))
    assert await fourth(database) == Tally()
    assert await bonuses_of(database, account) is None


async def test_a_fee_that_was_taken_back_earns_nothing(database: Database) -> None:
    account = await home(database)
    await pay(database)
    async with database.unit_of_work() as session:
        fee = await world.fee_entry(session, account)
        await reverse_entry(session, fee, key="back", at=NINE, explanation={})
    assert await fourth(database) == Tally()


async def test_a_neighbour_whose_fee_was_taken_back_takes_nobody_s_bonuses(database: Database) -> None:
    """Both fees are of one operation."""
    account, neighbour = await home(database), await home(database, number="0004477623", code="slow")
    await pay(database)
    async with database.unit_of_work() as session:
        fee = await world.fee_entry(session, neighbour)
        await reverse_entry(session, fee, key="back", at=NINE, explanation={})
    await fourth(database)
    assert (await bonuses_of(database, account), await bonuses_of(database, neighbour)) == (100, None)


async def test_a_run_of_another_day_of_the_month_credits_nothing(database: Database) -> None:
    account = await home(database)
    await pay(database)
    await fourth(database)
    assert await fourth(database, date(2026, 12, 5)) == Tally()
    assert await bonuses_of(database, account) == 100
    async with database.reading() as session:
        assert await credited_to(session, account.id or 0) == date(2026, 11, 30)


async def test_a_fee_for_a_part_of_the_month_counts_its_days_once(database: Database) -> None:
    """It came back on the 11th and paid for twenty days: the bonuses are what it paid, not less."""
    account = await home(database)
    async with database.unit_of_work() as session:
        (await session.get_one(InternetAccount, account.id)).state = InternetState.OFF_FOR_DEBT
    await switch(database, account, InternetState.ACTIVE, kyiv_midnight(date(2026, 11, 11)))
    await pay(database, date(2026, 11, 11))
    assert await world.fees_of(database, account) == [(66_67, "tariff/fast", "2026-11-11/2026-11-30")]
    await fourth(database)
    assert await bonuses_of(database, account) == 67


async def test_it_comes_once_whoever_runs_and_however_often(database: Database) -> None:
    account = await home(database)
    await pay(database)
    await asyncio.gather(*(fourth(database) for _ in range(3)))
    assert await fourth(database) == Tally()
    assert await bonuses_of(database, account) == 100


async def test_a_rehearsal_says_it_and_credits_nothing(database: Database) -> None:
    account = await home(database)
    await pay(database)
    assert await rehearse(database, BONUSES, day=FOURTH, at=NINE) == Tally({EARNED: Count(1, Money.uah(100))})
    assert not await bonuses_of(database, account)


async def test_fees_at_the_edges_of_the_month_in_kyiv_belong_to_their_month(database: Database) -> None:
    """Kyiv's midnight of 1 November is 22:00 UTC of the day before."""
    account = await home(database)
    assert kyiv_midnight(NOVEMBER) == datetime(2026, 10, 31, 22, tzinfo=UTC)
    await pay(database)
    await fourth(database, date(2026, 11, 4))
    assert not await bonuses_of(database, account)
    await fourth(database)
    assert await bonuses_of(database, account) == 100


async def test_fourths_that_nobody_ran_are_made_up_for(database: Database) -> None:
    assert await fourths_due(database, date(2026, 11, 22)) == []
    assert await fourths_due(database, date(2026, 11, 4)) == [date(2026, 11, 4)]
    await fourth(database, date(2026, 11, 4))
    assert await fourths_due(database, date(2026, 12, 3)) == []
    assert await fourths_due(database, date(2027, 1, 5)) == [date(2026, 12, 4), date(2027, 1, 4)]


@given(day=st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_the_last_fourth_is_not_after_today_and_at_most_a_month_ago(day: date) -> None:
    found = accrual_day(day)
    assert found.day == 4
    assert timedelta(0) <= day - found < timedelta(days=31)


@given(
    fee=st.integers(0, 10**7),
    year=st.integers(2024, 2029),
    number=st.integers(1, 12),
    data=st.data(),
)
def test_bonuses_are_the_fee_by_days_half_up(fee: int, year: int, number: int, data: st.DataObject) -> None:
    month = Month(year, number)
    days = data.draw(st.integers(0, month.days))
    found = earned(Money(fee), FeePeriod.MONTH, days, month).kopiykas
    assert found % 100 == 0
    # Twice the distance to the exact value, in hundredths times days, is at most one whole bonus; a half goes up.
    distance = 2 * (found * month.days - fee * days)
    assert -100 * month.days < distance <= 100 * month.days


@given(fee=st.integers(0, 10**7), first=st.integers(0, 31), more=st.integers(0, 31))
def test_more_active_days_never_earn_less(fee: int, first: int, more: int) -> None:
    month = Month(2026, 12)
    less = earned(Money(fee), FeePeriod.MONTH, min(first, 31), month)
    assert less <= earned(Money(fee), FeePeriod.MONTH, min(first + more, 31), month)


def test_a_half_goes_up() -> None:
    assert earned(Money.uah(1), FeePeriod.MONTH, 15, Month(2026, 11)) == Money.uah(1)
    assert earned(Money(99), FeePeriod.MONTH, 15, Month(2026, 11)) == Money.ZERO


def test_leap_february_has_29_days() -> None:
    assert earned(Money.uah(290), FeePeriod.MONTH, 28, Month(2028, 2)) == Money.uah(280)


async def test_the_tariff_of_another_period_counts_by_the_day(database: Database) -> None:
    async with database.unit_of_work() as session:
        its = await world.tariff(session, "daily", 4, kind=TariffKind.INTERNET, fee_period=FeePeriod.DAY)
        account = await world.account(session, its, 1_000, NOVEMBER)
    await pay(database)
    async with database.reading() as session:
        assert (await session.get_one(Tariff, its.id)).fee_period is FeePeriod.DAY
    await fourth(database)
    assert await bonuses_of(database, account) == 120
