"""What is refused when it would touch the tariff's money, one wish after the other and many at once (O2)."""

import asyncio
from datetime import timedelta

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.errors import NotEnoughMoney
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.payments.models import PaymentState
from mykyivstar.domain.tariff_lock import service
from mykyivstar.domain.tariff_lock.errors import TariffMoneyLocked
from mykyivstar.domain.tariff_lock.queries import demand_free, locked
from mykyivstar.domain.transfers.errors import LentMoneyStays
from mykyivstar.domain.transfers.queries import Transfer
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.domain.usage.pricing import price_line
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.domain.reports.conftest import Counter
from tests.domain.tariff_lock.conftest import DECEMBER, FEE, Moneybox, make_tariff
from tests.domain.transfers.conftest import Purse, promise
from tests.domain.usage.test_ingest import record
from tests.factories.people import hold, make_account, make_line, make_person

AT_ONCE = 10


@pytest.fixture
async def bare(database: Database, clock: FixedClock) -> Purse:
    """Olena, whose number has no money yet, and Taras."""
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        line, taras = await make_line(session), await make_line(session, "380671000002")
        await hold(session, olena, line)
    return Purse(database, clock, olena, line, taras)


@pytest.fixture
async def counter(database: Database, clock: FixedClock) -> Counter:
    """Where call details are ordered."""
    counter = Counter(database, clock)
    await counter.open()
    return counter


async def locked_line(purse: Purse, money: Money) -> Purse:
    """With so much on the balance, 150 of it for the tariff."""
    await purse.set_balance(purse.line, money)
    async with purse.database.unit_of_work() as session:
        tariff = await make_tariff(session)
        line = await session.get_one(Line, purse.line.id)
        line.tariff_id, line.next_charge_at = tariff.id, DECEMBER
        session.add(line)
        await service.lock(session, purse.olena, line.id or 0, at=purse.clock.now())
    return purse


async def test_a_transfer_may_take_what_is_free_and_no_kopiyka_more(bare: Purse) -> None:
    purse = await locked_line(bare, Money.uah(165))
    with pytest.raises(TariffMoneyLocked) as refused:
        await purse.look(purse.order(Money.uah(15, 1)))
    assert refused.value.params == {"locked": FEE, "free": Money.uah(15)}
    with pytest.raises(TariffMoneyLocked):
        await purse.give(Money.uah(15, 1))
    await purse.give(Money.uah(15))
    assert await purse.has(purse.line, purse.taras) == [FEE, Money.uah(15)]
    with pytest.raises(NotEnoughMoney):
        await purse.give(Money.uah(150, 1))


async def test_home_internet_is_not_paid_with_the_tariffs_money(bare: Purse) -> None:
    purse = await locked_line(bare, Money.uah(165))
    async with purse.database.unit_of_work() as session:
        account = await make_account(session)
    with pytest.raises(TariffMoneyLocked):
        await purse.give(Money.uah(16), account.number)


async def test_a_transfer_that_waits_for_its_code_fails_when_the_money_is_locked_meanwhile(bare: Purse) -> None:
    await bare.set_balance(bare.line, Money.uah(165))
    waiting = await bare.give(Money.uah(30))
    await locked_line_later(bare)
    with pytest.raises(TariffMoneyLocked):
        await bare.confirm(waiting, await bare.newest_code())
    assert (await bare.payment(waiting)).state is PaymentState.FAILED
    assert await bare.has(bare.line) == [Money.uah(165)]


async def locked_line_later(purse: Purse) -> None:
    async with purse.database.unit_of_work() as session:
        tariff = await make_tariff(session)
        line = await session.get_one(Line, purse.line.id)
        line.tariff_id, line.next_charge_at = tariff.id, DECEMBER
        session.add(line)
        await service.lock(session, purse.olena, line.id or 0, at=purse.clock.now())


async def test_lent_money_stays_beside_what_is_locked(bare: Purse) -> None:
    purse = await locked_line(bare, Money.uah(230))
    await promise(purse, purse.line, Money.uah(50), price=Money.uah(5))
    with pytest.raises(LentMoneyStays) as lent:
        await purse.give(Money.uah(180))
    assert lent.value.params["free"] == Money.uah(25)
    with pytest.raises(TariffMoneyLocked) as aside:
        await purse.give(Money.uah(26))
    assert aside.value.params["free"] == Money.uah(25)


async def test_two_transfers_at_once_leave_the_tariffs_money(bare: Purse) -> None:
    purse = await locked_line(bare, Money.uah(185))
    outcomes = await asyncio.gather(*(purse.give(Money.uah(20)) for _ in range(2)), return_exceptions=True)
    assert sum(isinstance(each, Transfer) for each in outcomes) == 1
    assert sum(isinstance(each, TariffMoneyLocked) for each in outcomes) == 1
    assert await purse.has(purse.line) == [Money.uah(165)]


async def test_ten_transfers_while_the_money_is_being_locked_leave_all_of_it_or_went_before(bare: Purse) -> None:
    await bare.set_balance(bare.line, Money.uah(210))
    gifts = [bare.give(Money.uah(20)) for _ in range(AT_ONCE)]
    outcomes = await asyncio.gather(*gifts[:3], locked_line_later(bare), *gifts[3:], return_exceptions=True)
    given = sum(isinstance(each, Transfer) and each.state is PaymentState.CREDITED for each in outcomes)
    assert await bare.has(bare.line) == [Money.uah(210 - 20 * given)]
    async with bare.database.reading() as session:
        aside = (await locked(session, [bare.line.id or 0], bare.clock.now()))[bare.line.id or 0]
    assert aside <= Money.uah(210 - 20 * given)
    # Nothing was given after the lock that touched what it held.
    assert aside == min(FEE, Money.uah(210 - 20 * given))


async def test_details_are_not_paid_with_the_tariffs_money(counter: Counter) -> None:
    async with counter.database.unit_of_work() as session:
        tariff = await make_tariff(session, fee=Money.uah(97))
        line = await session.get_one(Line, counter.line.id)
        line.tariff_id, line.next_charge_at = tariff.id, DECEMBER
        session.add(line)
        await service.lock(session, counter.olena, line.id or 0, at=counter.clock.now())
    with pytest.raises(TariffMoneyLocked) as refused:
        await counter.send(counter.order())
    assert refused.value.params == {"locked": Money.uah(97), "free": Money.uah(3)}
    assert (await counter.balance(), await counter.all()) == (Money.uah(100), [])


async def test_any_other_wish_asks_the_same(moneybox: Moneybox) -> None:
    await moneybox.lock()
    async with moneybox.database.unit_of_work() as session:
        about = {"balance": Money.uah(200), "at": moneybox.clock.now()}
        await demand_free(session, moneybox.line_id, Money.uah(50), **about)
        with pytest.raises(TariffMoneyLocked):
            await demand_free(session, moneybox.line_id, Money(5001), **about)
        # Not there at all: the books say so.
        await demand_free(session, moneybox.line_id, Money.uah(201), **about)


async def test_usage_that_is_priced_leaves_the_locked_sum_alone(moneybox: Moneybox, clock: FixedClock) -> None:
    await moneybox.lock()
    async with moneybox.database.unit_of_work() as session:
        tariff = await make_tariff(session, "dear", prices={"sms": 4000})
        line = await session.get_one(Line, moneybox.line_id)
        line.tariff_id = tariff.id
        session.add(line)
        row = record(line_id=moneybox.line_id, category=UsageCategory.SMS, quantity=2, cost=None, rule="")
        await store(session, [row])
    clock.moment += timedelta(minutes=1)
    async with moneybox.database.unit_of_work() as session:
        await price_line(session, moneybox.line_id, at=clock.now())
    assert await moneybox.balance() == Money.uah(120)
    assert await moneybox.locked() == FEE
    await moneybox.moved(OperationKind.TARIFF_FEE, -FEE)
    assert await moneybox.balance() == -Money.uah(30)
