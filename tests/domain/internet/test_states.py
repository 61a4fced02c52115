"""Crossing the threshold switches off, paying switches on, and every change is in the history."""

import asyncio
from datetime import date

import pytest
from sqlmodel import col, select

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.internet.models import Cause, InternetAccount, InternetPeriod, InternetState
from mykyivstar.domain.internet.states import hold as hold_accounts
from mykyivstar.domain.internet.states import switch, switch_off_below
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.payments.crediting import credit, take_back
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause as PaymentCause
from mykyivstar.domain.promises.giving import give
from mykyivstar.domain.promises.repaying import collect
from mykyivstar.domain.promises.terms import PromiseTerms
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.domain.internet.conftest import Household
from tests.factories.payments import make_payment, share
from tests.factories.people import make_account, put_money

OFF = (InternetState.OFF_FOR_DEBT, Cause.BELOW_THRESHOLD)
FOUND = (InternetState.ACTIVE, Cause.FOUND)
PAID = (InternetState.ACTIVE, Cause.PAID)


async def test_at_the_threshold_it_works_and_a_kopiyka_below_it_does_not(home: Household) -> None:
    await home.take(Money.uah(50), key="fee-1")
    assert await home.switch_off_below() == []
    await home.take(Money(1), key="fee-2")
    assert await home.switch_off_below() == [home.account_id]
    assert await home.state() is InternetState.OFF_FOR_DEBT
    assert await home.history() == [FOUND, OFF]
    assert await home.switch_off_below() == []
    assert await home.told() == ["internet_off"]


async def test_paying_enough_switches_on_and_too_little_does_not(home: Household) -> None:
    await home.take(Money.uah(80), key="fee-1")
    await home.switch_off_below()
    await home.pay(Money.uah(29))
    assert await home.state() is InternetState.OFF_FOR_DEBT
    await home.pay(Money.uah(1))
    assert await home.state() is InternetState.ACTIVE
    assert await home.history() == [FOUND, OFF, PAID]
    assert await home.told() == ["internet_off", "internet_on"]
    assert await home.balance() == Money.ZERO


async def test_a_payment_of_who_is_on_is_no_entry_of_the_history(home: Household) -> None:
    await home.pay(Money.uah(10))
    assert await home.history() == []


async def test_a_payment_taken_back_switches_off_again(home: Household) -> None:
    await home.take(Money.uah(50), key="fee-1")
    async with home.database.unit_of_work() as session:
        account = await session.get_one(InternetAccount, home.account_id)
        payment = await make_payment(session, share(account, Money.uah(20)), key="p", at=home.clock.now())
        await credit(session, payment, at=home.clock.now(), cause=PaymentCause.NOTICE)
    await home.take(Money.uah(10), key="fee-2")
    async with home.database.unit_of_work() as session:
        assert await take_back(session, payment, at=home.clock.now(), cause=PaymentCause.NOTICE)
    assert await home.state() is InternetState.OFF_FOR_DEBT


async def test_what_ran_out_while_off_is_paid_for_the_days_that_are_left(home: Household) -> None:
    await home.take(Money.uah(60), key="fee-1")
    await home.switch_off_below()
    # December's fee is not taken of who is off; on the 11th 21 of 31 days are left.
    home.move_to(date(2026, 12, 11))
    await home.pay(Money.uah(77))
    assert await home.state() is InternetState.OFF_FOR_DEBT
    await home.pay(Money(74))
    assert await home.state() is InternetState.ACTIVE
    assert await home.rules() == [
        ("", 5000),
        ("", -6000),
        ("payment.card", 7700),
        ("payment.card", 74),
        ("tariff/home_100", -6774),
    ]
    assert await home.balance() == Money.ZERO
    assert (await home.account()).next_charge_at == kyiv_midnight(date(2027, 1, 1))


async def test_a_grace_week_switches_on_and_its_end_switches_off(home: Household) -> None:
    await home.take(Money.uah(60), key="fee-1")
    await home.switch_off_below()
    async with home.database.unit_of_work() as session:
        await give(
            session,
            home.actor,
            key="grace",
            to=HoldingKey(HoldingKind.INTERNET, home.account_id),
            amount=Money.uah(110),
            language=Language.UK,
            terms=PromiseTerms(),
            limits=PaymentLimits(),
            at=home.clock.now(),
        )
    assert await home.state() is InternetState.ACTIVE
    await home.take(Money.uah(100), key="fee-2")
    home.clock.moment = kyiv_midnight(date(2026, 11, 30))
    async with home.database.unit_of_work() as session:
        assert await collect(session, 1, at=home.clock.now())
    assert await home.history() == [FOUND, OFF, PAID, OFF]


async def test_a_day_counts_when_it_was_active_at_any_moment_and_never_twice(home: Household) -> None:
    november = Month(2026, 11)
    assert await home.active_days(november) == 30
    home.move_to(date(2026, 11, 10), hour=9)
    await home.take(Money.uah(60), key="fee-1")
    await home.switch_off_below()
    # Off from the tenth on: ten days so far.
    assert await home.active_days(november) == 10
    home.move_to(date(2026, 11, 10), hour=15)
    await home.pay(Money.uah(10))
    assert await home.active_days(november) == 30
    await home.take(Money.uah(1), key="fee-2")
    home.move_to(date(2026, 11, 10), hour=18)
    await home.switch_off_below()
    assert await home.active_days(november) == 10
    home.move_to(date(2026, 11, 20), hour=23)
    await home.pay(Money.uah(5))
    assert await home.active_days(november) == 21
    assert await home.active_days(Month(2026, 12)) == 31
    assert await home.active_days(Month(2026, 10)) == 31


async def test_switched_off_at_midnight_the_day_that_begins_does_not_count(home: Household) -> None:
    await home.take(Money.uah(60), key="fee-1")
    home.clock.moment = kyiv_midnight(date(2026, 11, 25))
    await home.switch_off_below()
    assert await home.active_days(Month(2026, 11)) == 24


async def test_an_account_that_was_never_active_has_no_active_day(home: Household) -> None:
    async with home.database.unit_of_work() as session:
        off = await make_account(session, "0000000077", state=InternetState.OFF_FOR_DEBT)
    other = Household(home.database, home.clock, home.actor, off.id or 0)
    assert await other.active_days(Month(2026, 11)) == 0


async def test_switching_twice_changes_nothing(home: Household) -> None:
    for expected in (True, False):
        async with home.database.unit_of_work() as session:
            held = (await hold_accounts(session, [home.account_id]))[home.account_id]
            state, cause = InternetState.OFF_FOR_DEBT, Cause.BELOW_THRESHOLD
            assert await switch(session, held.account, state, cause=cause, at=home.clock.now()) is expected
    assert await home.history() == [FOUND, OFF]


async def test_a_clock_that_lags_never_makes_a_period_of_negative_length(home: Household) -> None:
    await home.take(Money.uah(60), key="fee-1")
    await home.switch_off_below()
    home.move_to(date(2026, 11, 22), hour=11)
    await home.pay(Money.uah(60))
    async with home.database.reading() as session:
        rows = (await session.exec(select(InternetPeriod).order_by(col(InternetPeriod.id)))).all()
    assert all(row.until is None or row.until >= row.since for row in rows)
    assert await home.state() is InternetState.ACTIVE


async def test_a_set_of_accounts_is_switched_off_in_batches(home: Household) -> None:
    async with home.database.unit_of_work() as session:
        for place in range(5):
            account = await make_account(session, f"00000001{place}", disconnect_threshold=Money.uah(-place))
            await put_money(session, account, Money.uah(-3))
    found = []
    while True:
        async with home.database.unit_of_work() as session:
            part = await switch_off_below(session, at=home.clock.now(), most=2)
        if not part:
            break
        assert len(part) <= 2
        found += part
    # Thresholds 0, -1 and -2 are above -3; -3 and -4 are not.
    assert len(found) == 3


async def test_it_can_be_asked_of_some_accounts_only(home: Household) -> None:
    await home.take(Money.uah(60), key="fee-1")
    async with home.database.unit_of_work() as session:
        assert await switch_off_below(session, at=home.clock.now(), only=[home.account_id + 1]) == []
        assert await switch_off_below(session, at=home.clock.now(), between=(1, home.account_id - 1)) == []
        assert await switch_off_below(session, at=home.clock.now(), between=(1, 10**9)) == [home.account_id]


@pytest.mark.parametrize("attempt", range(4))
async def test_a_payment_in_the_second_of_the_switch_off_leaves_one_true_state(home: Household, attempt: int) -> None:
    rounds = 12
    for number in range(rounds):
        await home.take(Money.uah(60), key=f"fee-{attempt}-{number}")
        first, second = (home.switch_off_below(), home.pay(Money.uah(60)))
        if number % 2:
            first, second = second, first
        await asyncio.gather(first, second)
        # The payment brought enough, so whoever came first it works.
        assert await home.state() is InternetState.ACTIVE
        assert await home.balance() == Money.uah(50)
    # In order and without gaps; nothing at all where every payment was first.
    assert {each for each, _ in (await home.history())[-1:]} <= {InternetState.ACTIVE}


async def test_two_switch_offs_at_once_write_one_entry(home: Household) -> None:
    await home.take(Money.uah(60), key="fee-1")
    found = await asyncio.gather(*(home.switch_off_below() for _ in range(4)))
    assert sorted(map(len, found)) == [0, 0, 0, 1]
    assert await home.history() == [FOUND, OFF]


async def test_the_sms_waits_for_the_morning_and_says_what_is_missing(home: Household) -> None:
    await home.take(Money.uah(60), key="fee-1")
    home.clock.moment = kyiv_midnight(date(2026, 11, 25))
    await home.switch_off_below()
    async with home.database.reading() as session:
        message = (await session.exec(select(SmsMessage))).one()
    assert message.params == {"number": "0004477622", "kopiykas": "1000"}
