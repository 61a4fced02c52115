"""Suspensions: which days are refused, what they cost and give back, how they begin and end."""

import asyncio
from datetime import date

import pytest
from sqlmodel import select

from mykyivstar.domain.consents.models import ConsentTo, PaidConsent
from mykyivstar.domain.internet import errors, suspending
from mykyivstar.domain.internet.day import Morning
from mykyivstar.domain.internet.models import Cause, InternetAccount, InternetState, OrderState, Suspension
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.domain.internet.conftest import TERMS, Household
from tests.factories.people import hold, make_person

FIRST, LAST = date(2026, 11, 25), date(2026, 11, 29)
PRICE = TERMS.suspension_price


async def suspension_of(home: Household) -> Suspension:
    async with home.database.reading() as session:
        return (await session.exec(select(Suspension))).one()


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (date(2026, 11, 22), date(2026, 11, 29), errors.SuspensionInThePast),
        (date(2026, 11, 20), date(2026, 11, 29), errors.SuspensionInThePast),
        (date(2026, 11, 25), date(2026, 11, 24), errors.SuspensionEndsBeforeItBegins),
        (date(2026, 11, 25), date(2026, 11, 26), errors.SuspensionTooShort),
        (date(2026, 11, 25), date(2027, 2, 23), errors.SuspensionTooLong),
        (date(2027, 5, 22), date(2027, 5, 29), errors.SuspensionTooFarAhead),
    ],
)
async def test_days_that_cannot_be_suspended_are_refused(
    home: Household, first: date, last: date, refusal: type[CustomerError]
) -> None:
    with pytest.raises(refusal):
        await home.suspend(first, last)
    assert await home.balance() == Money.uah(50)


async def test_the_longest_and_the_shortest_are_allowed(home: Household) -> None:
    assert (await home.suspend(date(2026, 11, 25), date(2027, 2, 22))).price == PRICE
    await home.suspend(date(2027, 5, 21), date(2027, 5, 23), key="form-2")


async def test_a_suspension_does_not_overlap_with_another(home: Household) -> None:
    await home.suspend(FIRST, LAST)
    for first, last in (
        (LAST, date(2026, 12, 5)),
        (date(2026, 11, 23), FIRST),
        (date(2026, 11, 24), date(2026, 12, 5)),
    ):
        with pytest.raises(errors.SuspensionsOverlap) as refused:
            await home.suspend(first, last, key=f"form-{first}")
        assert refused.value.params == {"first": FIRST, "last": LAST}
    await home.suspend(date(2026, 11, 30), date(2026, 12, 5), key="form-2")


async def test_the_days_of_a_year_are_counted_together_and_each_year_for_itself(home: Household) -> None:
    await home.pay(Money.uah(100))
    home.move_to(date(2026, 1, 10))
    await home.suspend(date(2026, 2, 1), date(2026, 5, 1))
    with pytest.raises(errors.SuspensionYearIsFull) as refused:
        await home.suspend(date(2026, 6, 1), date(2026, 7, 1), key="form-2")
    assert (refused.value.params["left"], refused.value.params["year"]) == (30, "2026")
    await home.suspend(date(2026, 6, 1), date(2026, 6, 30), key="form-3")


async def test_the_price_is_taken_once_however_often_the_form_is_sent(home: Household) -> None:
    orders = await asyncio.gather(*(home.suspend(FIRST, LAST) for _ in range(4)))
    assert len({order.id for order in orders}) == 1
    assert await home.balance() == Money.uah(50) - PRICE
    assert await home.rules() == [("", 5000), ("internet_suspension", -PRICE.kopiykas)]


async def test_the_consent_is_recorded_with_what_was_shown(home: Household) -> None:
    await home.suspend(FIRST, LAST)
    async with home.database.reading() as session:
        consent = (await session.exec(select(PaidConsent))).one()
    assert (consent.to, consent.profile_id) == (ConsentTo.INTERNET_SUSPENSION, home.actor.profile_id)
    assert consent.shown["price"] == PRICE.kopiykas
    assert consent.shown["last_day"] == "2026-11-29"
    assert consent.shown["bonuses"] == [{"month": "2026-11", "without": 10000, "suspended": 8300}]


async def test_it_costs_no_more_than_stays_above_the_threshold(home: Household) -> None:
    await home.take(Money.uah(36), key="fee")
    with pytest.raises(errors.NotEnoughAboveThreshold) as refused:
        await home.suspend(FIRST, LAST)
    assert refused.value.params == {"missing": Money.uah(1)}
    await home.pay(Money.uah(1))
    await home.suspend(FIRST, LAST, key="form-2")
    assert await home.balance() == Money.ZERO


async def test_who_is_off_for_debt_pays_first(home: Household) -> None:
    await home.take(Money.uah(60), key="fee")
    await home.switch_off_below()
    with pytest.raises(errors.PayFirst) as refused:
        await home.suspend(FIRST, LAST)
    assert refused.value.params == {"missing": Money.uah(10)}


async def test_only_the_owner_orders_and_a_stranger_finds_nothing(home: Household) -> None:
    async with home.database.unit_of_work() as session:
        account = await session.get_one(InternetAccount, home.account_id)
        payer, stranger = await make_person(session, "payer"), await make_person(session, "stranger")
        await hold(session, payer, account, role=HoldingRole.PAYER)
    with pytest.raises(errors.OnlyTheOwner):
        await home.suspend(FIRST, LAST, actor=payer)
    with pytest.raises(NotFound):
        await home.suspend(FIRST, LAST, actor=stranger)
    order = await home.suspend(FIRST, LAST)
    for who, refusal in ((payer, errors.OnlyTheOwner), (stranger, NotFound)):
        async with home.database.unit_of_work() as session:
            with pytest.raises(refusal):
                await suspending.cancel(session, who, order.id or 0, at=home.clock.now())
            with pytest.raises(refusal):
                await suspending.resume(session, who, home.account_id, at=home.clock.now())


async def test_cancelled_before_its_day_the_price_is_back_and_once(home: Household) -> None:
    order = await home.suspend(FIRST, LAST)
    async with home.database.unit_of_work() as session:
        await suspending.cancel(session, home.actor, order.id or 0, at=home.clock.now())
    assert await home.balance() == Money.uah(50)
    async with home.database.unit_of_work() as session:
        with pytest.raises(errors.NothingToCancel):
            await suspending.cancel(session, home.actor, order.id or 0, at=home.clock.now())
    assert await home.morning(FIRST) == Morning()
    assert await home.state() is InternetState.ACTIVE


async def test_it_begins_at_midnight_and_ends_by_itself_and_the_fee_of_its_days_is_back(home: Household) -> None:
    await home.suspend(FIRST, LAST)
    assert await home.morning(date(2026, 11, 24)) == Morning()
    assert await home.morning(FIRST) == Morning(suspended=1)
    account = await home.account()
    assert (account.state, account.suspended_until) == (InternetState.SUSPENDED, kyiv_midnight(date(2026, 11, 30)))
    assert await home.morning(FIRST) == Morning()
    assert await home.morning(LAST) == Morning()
    assert await home.morning(date(2026, 11, 30)) == Morning(resumed=1)
    # Five of November's thirty days: 100 × 5/30.
    assert await home.balance() == Money.uah(50) - PRICE + Money(1667)
    assert (await home.rules())[-1] == ("internet_unused/home_100", 1667)
    assert await home.active_days(Month(2026, 11)) == 25
    assert [cause for _, cause in await home.history()] == [Cause.FOUND, Cause.SUSPENSION, Cause.SUSPENSION_ENDED]
    assert (await suspension_of(home)).state is OrderState.DONE
    assert await home.told() == ["internet_suspended", "internet_on"]


async def test_over_the_end_of_a_month_the_rest_is_taken_when_it_ends(home: Household) -> None:
    await home.pay(Money.uah(100))
    await home.suspend(FIRST, date(2026, 12, 10))
    await home.morning(FIRST)
    await home.morning(date(2026, 12, 1))
    assert (await home.account()).next_charge_at == kyiv_midnight(date(2026, 12, 1))
    assert await home.morning(date(2026, 12, 11)) == Morning(resumed=1)
    # Back: six days of November, 20.00; taken: 21 of 31 days of December, 67.74.
    assert (await home.rules())[-2:] == [("internet_unused/home_100", 2000), ("tariff/home_100", -6774)]
    assert (await home.account()).next_charge_at == kyiv_midnight(date(2027, 1, 1))
    assert await home.active_days(Month(2026, 12)) == 21


async def test_what_was_said_before_is_what_happens(home: Household) -> None:
    await home.pay(Money.uah(100))
    async with home.database.reading() as session:
        said = await suspending.check(
            session,
            home.actor,
            account_id=home.account_id,
            first_day=FIRST,
            last_day=date(2026, 12, 10),
            terms=TERMS,
            at=home.clock.now(),
        )
    assert (said.price, said.comes_back, said.then_due) == (PRICE, Money.uah(20), Money(6774))
    assert [(str(loss.month), loss.without, loss.suspended) for loss in said.bonuses] == [
        ("2026-11", Money.uah(100), Money.uah(80)),
        ("2026-12", Money.uah(100), Money.uah(68)),
    ]
    await home.suspend(FIRST, date(2026, 12, 10))
    await home.morning(FIRST)
    await home.morning(date(2026, 12, 11))
    assert await home.balance() == Money.uah(150) - said.price + said.comes_back - said.then_due


async def test_the_next_months_holiday_counts_with_the_fee_that_will_be_taken(home: Household) -> None:
    async with home.database.reading() as session:
        said = await suspending.check(
            session,
            home.actor,
            account_id=home.account_id,
            first_day=date(2026, 12, 10),
            last_day=date(2026, 12, 19),
            terms=TERMS,
            at=home.clock.now(),
        )
    assert (said.comes_back, said.then_due) == (Money(3226), Money.ZERO)


async def test_resumed_early_it_works_at_once_and_today_counts(home: Household) -> None:
    await home.suspend(FIRST, date(2026, 12, 10))
    await home.morning(FIRST)
    home.move_to(date(2026, 11, 28), hour=15)
    assert await home.resume() is InternetState.ACTIVE
    assert await home.balance() == Money.uah(50) - PRICE + Money.uah(10)
    assert (await home.history())[-1] == (InternetState.ACTIVE, Cause.RESUMED_EARLY)
    assert await home.active_days(Month(2026, 11)) == 27
    with pytest.raises(errors.NotSuspended):
        await home.resume()
    assert await home.morning(date(2026, 12, 11)) == Morning()
    # The days that were not used can be suspended again.
    await home.suspend(date(2026, 12, 12), date(2026, 12, 20), key="form-2")


async def test_without_money_for_the_rest_of_the_month_it_comes_back_as_off_for_debt(home: Household) -> None:
    await home.suspend(FIRST, date(2026, 12, 10))
    await home.morning(FIRST)
    await home.morning(date(2026, 12, 11))
    assert await home.state() is InternetState.OFF_FOR_DEBT
    assert await home.balance() == Money.uah(50) - PRICE + Money.uah(20)
    await home.pay(Money(1274))
    assert (await home.state(), await home.balance()) == (InternetState.ACTIVE, Money.ZERO)


async def test_off_for_debt_on_the_first_day_it_does_not_begin_and_the_price_is_back(home: Household) -> None:
    await home.suspend(FIRST, LAST)
    await home.take(Money.uah(60), key="fee")
    await home.switch_off_below()
    assert await home.morning(FIRST) == Morning()
    assert (await suspension_of(home)).state is OrderState.REFUSED
    assert await home.balance() == Money.uah(-10)
    assert await home.told() == ["internet_off", "internet_holiday_refused"]


async def test_a_worker_that_slept_through_the_whole_holiday_gives_the_price_back(home: Household) -> None:
    await home.suspend(FIRST, LAST)
    assert await home.morning(date(2026, 12, 3)) == Morning()
    assert (await suspension_of(home)).state is OrderState.REFUSED
    assert await home.balance() == Money.uah(50)


async def test_two_workers_begin_and_end_it_once(home: Household) -> None:
    await home.suspend(FIRST, LAST)
    for day in (FIRST, date(2026, 11, 30)):
        await asyncio.gather(*(home.morning(day) for _ in range(3)))
    assert [cause for _, cause in await home.history()] == [Cause.FOUND, Cause.SUSPENSION, Cause.SUSPENSION_ENDED]
    assert await home.balance() == Money.uah(50) - PRICE + Money(1667)


async def test_what_the_operator_suspended_is_not_resumed_here(home: Household) -> None:
    async with home.database.unit_of_work() as session:
        account = await session.get_one(InternetAccount, home.account_id)
        account.state, account.suspended_until = InternetState.SUSPENDED, kyiv_midnight(date(2026, 11, 24))
        session.add(account)
    with pytest.raises(errors.SuspendedByTheOperator):
        await home.resume()
    assert await home.morning(date(2026, 11, 24)) == Morning(resumed=1)
    assert await home.state() is InternetState.ACTIVE


async def test_a_payment_while_suspended_only_lies_on_the_account(home: Household) -> None:
    await home.suspend(FIRST, LAST)
    await home.morning(FIRST)
    await home.pay(Money.uah(5))
    assert await home.state() is InternetState.SUSPENDED


async def test_resuming_and_the_midnight_job_at_once_end_it_once(home: Household) -> None:
    await home.suspend(FIRST, LAST)
    await home.morning(FIRST)
    home.clock.moment = kyiv_midnight(date(2026, 11, 30))
    done = await asyncio.gather(home.resume(), home.morning(date(2026, 11, 30)), return_exceptions=True)
    assert not [each for each in done if isinstance(each, Exception) and not isinstance(each, errors.NotSuspended)]
    assert await home.balance() == Money.uah(50) - PRICE + Money(1667)
    assert len(await home.history()) == 3
