"""Who may lock the tariff's money, on what, and how much stands aside then (O2)."""

from typing import Any

import pytest

from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.lines.models import Billing, HoldingRole, Line, LineState
from mykyivstar.domain.tariff_lock.errors import ContractsPayAfterwards, NothingToLock, OnlyOwnersLock
from mykyivstar.domain.tariff_lock.queries import TariffMoney, locked
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.kit.money import Money
from tests.domain.tariff_lock.conftest import FEE, Moneybox, make_tariff
from tests.factories.people import hold, make_line, make_person, put_money

TOP_UP, USAGE = OperationKind.TOP_UP, OperationKind.USAGE


async def test_without_a_lock_nothing_stands_aside(moneybox: Moneybox) -> None:
    assert (await moneybox.stands(), await moneybox.locked()) == (None, Money.ZERO)


async def test_the_fee_stands_aside_and_the_rest_is_free(moneybox: Moneybox) -> None:
    await moneybox.lock()
    assert await moneybox.stands() == TariffMoney(FEE, FEE, Money.uah(50))
    await moneybox.unlock()
    assert await moneybox.stands() is None


async def test_what_there_is_stands_aside_until_the_fee_is_complete(moneybox: Moneybox) -> None:
    await moneybox.moved(USAGE, -Money.uah(110))
    await moneybox.lock()
    stands = await moneybox.stands()
    assert stands == TariffMoney(FEE, Money.uah(90), Money.ZERO)
    assert not stands.is_complete
    await moneybox.moved(TOP_UP, Money.uah(40))
    assert await moneybox.stands() == TariffMoney(FEE, Money.uah(130), Money.ZERO)
    await moneybox.moved(TOP_UP, Money.uah(40))
    assert await moneybox.stands() == TariffMoney(FEE, FEE, Money.uah(20))


async def test_usage_that_has_happened_is_a_debt_beside_it(moneybox: Moneybox) -> None:
    await moneybox.lock()
    await moneybox.moved(USAGE, -Money.uah(50))
    await moneybox.moved(USAGE, -Money.uah(30))
    assert await moneybox.balance() == Money.uah(120)
    assert await moneybox.stands() == TariffMoney(FEE, FEE, -Money.uah(30))
    await moneybox.moved(TOP_UP, Money.uah(100))
    assert await moneybox.stands() == TariffMoney(FEE, FEE, Money.uah(70))


async def test_the_fee_takes_it_and_the_next_one_is_saved_for(moneybox: Moneybox) -> None:
    await moneybox.lock()
    await moneybox.moved(USAGE, -Money.uah(60))
    await moneybox.moved(OperationKind.TARIFF_FEE, -FEE)
    moneybox.later()
    assert await moneybox.stands() == TariffMoney(FEE, Money.ZERO, -Money.uah(10))
    await moneybox.moved(TOP_UP, Money.uah(100))
    assert await moneybox.stands() == TariffMoney(FEE, Money.uah(90), Money.ZERO)


async def test_what_is_due_with_the_fee_does_not_wait_for_the_next_one(moneybox: Moneybox) -> None:
    await moneybox.lock()
    moneybox.later()
    await moneybox.moved(OperationKind.TARIFF_FEE, -FEE)
    assert await moneybox.stands() == TariffMoney(FEE, Money.ZERO, Money.uah(50))
    await moneybox.moved(OperationKind.SERVICE_FEE, -Money.uah(20))
    assert await moneybox.stands() == TariffMoney(FEE, Money.ZERO, Money.uah(30))
    moneybox.later()
    assert await moneybox.stands() == TariffMoney(FEE, Money.uah(30), Money.ZERO)


@pytest.mark.parametrize("kind", [OperationKind.REFUND, OperationKind.REVERSAL, OperationKind.ADJUSTMENT])
async def test_what_has_not_come_in_after_all_never_stood_aside(moneybox: Moneybox, kind: OperationKind) -> None:
    await moneybox.lock()
    await moneybox.moved(kind, -Money.uah(180))
    assert await moneybox.stands() == TariffMoney(FEE, Money.uah(20), Money.ZERO)
    await moneybox.moved(kind, -Money.uah(30))
    assert await moneybox.stands() == TariffMoney(FEE, Money.ZERO, -Money.uah(10))


async def test_a_promised_payment_that_goes_back_is_a_debt_beside_it(moneybox: Moneybox) -> None:
    await moneybox.lock()
    await moneybox.moved(OperationKind.PROMISED_PAYMENT, Money.uah(50))
    await moneybox.moved(USAGE, -Money.uah(80))
    await moneybox.moved(OperationKind.PROMISE_REPAYMENT, -Money.uah(55))
    assert await moneybox.stands() == TariffMoney(FEE, FEE, -Money.uah(35))


async def test_what_is_given_back_takes_nothing_away(moneybox: Moneybox) -> None:
    await moneybox.lock()
    await moneybox.moved(USAGE, -Money.uah(100))
    await moneybox.moved(OperationKind.REVERSAL, Money.uah(20))
    assert await moneybox.stands() == TariffMoney(FEE, FEE, -Money.uah(30))


async def test_locking_twice_is_locking_once(moneybox: Moneybox) -> None:
    await moneybox.lock()
    await moneybox.moved(USAGE, -Money.uah(100))
    await moneybox.lock()
    assert await moneybox.locked() == FEE
    await moneybox.unlock()
    await moneybox.unlock()
    # Locked anew: what the debt has eaten meanwhile is gone.
    await moneybox.lock()
    assert await moneybox.locked() == Money.uah(100)


async def test_a_dearer_tariff_needs_more(moneybox: Moneybox) -> None:
    await moneybox.lock()
    async with moneybox.database.unit_of_work() as session:
        dearer = await make_tariff(session, "wider", fee=Money.uah(180))
        line = await session.get_one(Line, moneybox.line_id)
        line.tariff_id = dearer.id
        session.add(line)
    assert await moneybox.stands() == TariffMoney(Money.uah(180), Money.uah(180), Money.uah(20))


async def test_a_run_for_an_earlier_day_knows_nothing_of_a_later_lock(moneybox: Moneybox) -> None:
    earlier = moneybox.clock.now()
    moneybox.clock.moment = moneybox.clock.moment.replace(hour=11)
    await moneybox.lock()
    async with moneybox.database.reading() as session:
        assert await locked(session, [moneybox.line_id, 10**12], earlier) == {
            moneybox.line_id: Money.ZERO,
            10**12: Money.ZERO,
        }


async def test_many_lines_are_told_at_once_each_by_its_own_books(moneybox: Moneybox) -> None:
    await moneybox.lock()
    expected = {moneybox.line_id: FEE}
    async with moneybox.database.unit_of_work() as session:
        for number in range(5):
            line = await make_line(
                session, f"38067200000{number}", tariff_id=1, next_charge_at=moneybox.line.next_charge_at
            )
            await hold(session, moneybox.olena, line)
            await put_money(session, line, Money.uah(10 * number))
            expected[line.id or 0] = Money.uah(10 * number)
    for line_id in list(expected)[1:]:
        moneybox.line.id = line_id
        await moneybox.lock()
        await moneybox.moved(USAGE, -Money.uah(7))
    async with moneybox.database.reading() as session:
        assert await locked(session, expected, moneybox.clock.now()) == expected


@pytest.mark.parametrize("role", [HoldingRole.PAYER, HoldingRole.VIEWER])
async def test_only_its_owner_decides(moneybox: Moneybox, role: HoldingRole) -> None:
    async with moneybox.database.unit_of_work() as session:
        other = await make_person(session, "other")
        await hold(session, other, moneybox.line, role=role)
    with pytest.raises(OnlyOwnersLock):
        await moneybox.lock(other)
    await moneybox.lock()
    with pytest.raises(OnlyOwnersLock):
        await moneybox.unlock(other)
    assert await moneybox.locked() == FEE


async def test_a_strangers_line_is_not_found(moneybox: Moneybox) -> None:
    async with moneybox.database.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
    for attempt in (moneybox.lock, moneybox.unlock):
        with pytest.raises(NotFound):
            await attempt(stranger)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"payment": Billing.CONTRACT}, ContractsPayAfterwards),
        ({"next_charge_at": None}, NothingToLock),
        ({"tariff_id": None}, NothingToLock),
        ({"state": LineState.INACTIVE}, NothingToLock),
    ],
)
async def test_where_no_fee_is_ahead_there_is_nothing_to_lock(
    moneybox: Moneybox, changes: dict[str, Any], refusal: type[CustomerError]
) -> None:
    async with moneybox.database.unit_of_work() as session:
        line = await session.get_one(Line, moneybox.line_id)
        for name, value in changes.items():
            setattr(line, name, value)
        session.add(line)
    with pytest.raises(refusal):
        await moneybox.lock()
    assert await moneybox.stands() is None


async def test_a_lock_on_a_line_that_becomes_a_contract_holds_nothing(moneybox: Moneybox) -> None:
    await moneybox.lock()
    async with moneybox.database.unit_of_work() as session:
        line = await session.get_one(Line, moneybox.line_id)
        line.payment = Billing.CONTRACT
        session.add(line)
    assert await moneybox.locked() == Money.ZERO
