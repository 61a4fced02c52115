"""Transfers of one line that come at the same moment."""

import asyncio

from sqlmodel import col, select

from mykyivstar.domain.ledger.errors import NotEnoughMoney
from mykyivstar.domain.ledger.models import Entry, LedgerAccount
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause, PaymentState
from mykyivstar.domain.transfers.errors import JustTransferred, MonthLimitReached
from mykyivstar.domain.transfers.queries import Transfer
from mykyivstar.kit.money import Money
from tests.domain.transfers.conftest import PLENTY, Purse, key_of, promise
from tests.factories.payments import make_payment, share
from tests.factories.people import hold, put_money

AT_ONCE = 10


def credited(outcomes: list[object]) -> int:
    return sum(isinstance(each, Transfer) and each.state is PaymentState.CREDITED for each in outcomes)


async def test_ten_at_once_never_pass_the_month_limit_together(purse: Purse) -> None:
    purse.limits = PaymentLimits(transfer_month_most=Money.uah(50), transfer_day_without_code=Money.uah(5_000))
    outcomes = await asyncio.gather(*(purse.give(Money.uah(20)) for _ in range(AT_ONCE)), return_exceptions=True)
    assert credited(outcomes) == 2
    assert sum(isinstance(each, MonthLimitReached) for each in outcomes) == AT_ONCE - 2
    assert await purse.has(purse.line, purse.taras) == [PLENTY - Money.uah(40), Money.uah(40)]


async def test_ten_at_once_never_give_more_than_there_is(bare: Purse) -> None:
    await bare.set_balance(bare.line, Money.uah(45))
    outcomes = await asyncio.gather(*(bare.give(Money.uah(20)) for _ in range(AT_ONCE)), return_exceptions=True)
    assert credited(outcomes) == 2
    assert sum(isinstance(each, NotEnoughMoney) for each in outcomes) == AT_ONCE - 2
    assert await bare.has(bare.line, bare.taras) == [Money.uah(5), Money.uah(40)]


async def test_ten_small_ones_at_once_do_not_get_round_the_code(purse: Purse) -> None:
    outcomes = await asyncio.gather(
        *(purse.give(Money.uah(19, kopiyka)) for kopiyka in range(AT_ONCE)), return_exceptions=True
    )
    assert credited(outcomes) == 5
    assert all(isinstance(each, Transfer) for each in outcomes[:5])
    assert (await purse.has(purse.taras))[0] <= Money.uah(100)


async def test_one_form_sent_ten_times_at_once_transfers_once(purse: Purse) -> None:
    order = purse.order(Money.uah(15))
    outcomes = await asyncio.gather(*(purse.begin(order) for _ in range(AT_ONCE)))
    assert len({each.code for each in outcomes}) == 1
    assert await purse.has(purse.taras) == [Money.uah(15)]


async def test_the_same_from_ten_tabs_at_once_transfers_once(purse: Purse) -> None:
    orders = [purse.order(Money.uah(15), again=False) for _ in range(AT_ONCE)]
    outcomes = await asyncio.gather(*(purse.begin(order) for order in orders), return_exceptions=True)
    assert credited(outcomes) == 1
    assert sum(isinstance(each, JustTransferred) for each in outcomes) == AT_ONCE - 1
    assert await purse.has(purse.taras) == [Money.uah(15)]


async def test_two_lines_that_give_to_each_other_do_not_wait_for_each_other(purse: Purse) -> None:
    async with purse.database.unit_of_work() as session:
        await hold(session, purse.olena, purse.taras)
        await put_money(session, purse.taras, Money.uah(100))
    there = [purse.give(Money.uah(5)) for _ in range(AT_ONCE)]
    back = [purse.give(Money.uah(5), "380671000001", giver=key_of(purse.taras)) for _ in range(AT_ONCE)]
    outcomes = await asyncio.wait_for(asyncio.gather(*there, *back), timeout=120)
    assert credited(list(outcomes)) == 2 * AT_ONCE
    assert await purse.has(purse.line, purse.taras) == [PLENTY, Money.uah(100)]


async def test_entries_explain_themselves_and_hide_the_giver_from_the_getter(purse: Purse) -> None:
    done = await purse.give(Money.uah(15))
    payment = await purse.payment(done)
    async with purse.database.reading() as session:
        rows = await session.exec(
            select(LedgerAccount.line_id, Entry.amount, Entry.explanation)  # type: ignore[call-overload]
            .join(LedgerAccount, col(LedgerAccount.id) == Entry.account_id)
            .where(col(Entry.explanation)["rule"].as_string() == "payment.balance")
        )
        told = {line_id: (amount, why) for line_id, amount, why in rows}
    same = {"rule": "payment.balance", "payment_id": payment.id, "total": 1500}
    assert told[purse.line.id] == (-Money.uah(15), same | {"to": ["380671000002"]})
    assert told[purse.taras.id] == (Money.uah(15), same | {"from": "+380 67 ••• •• 01"})


async def test_transfers_and_top_ups_of_one_who_owes_do_not_wait_for_each_other(purse: Purse) -> None:
    """Both pay the getter's promise back, and the operator's own accounts take part."""
    await promise(purse, purse.taras, Money.uah(50), price=Money.uah(5))

    async def top_up(number: int) -> bool:
        async with purse.database.unit_of_work() as session:
            bought = share(purse.taras, Money.uah(5))
            payment = await make_payment(session, bought, key=f"card-{number}", at=purse.clock.now())
            return await credit(session, payment, at=purse.clock.now(), cause=Cause.NOTICE)

    gifts = [purse.give(Money.uah(5)) for _ in range(AT_ONCE)]
    outcomes = await asyncio.wait_for(asyncio.gather(*gifts, *map(top_up, range(AT_ONCE))), timeout=120)
    assert credited(list(outcomes)) == AT_ONCE
    assert outcomes[AT_ONCE:] == [True] * AT_ONCE
    assert await purse.has(purse.taras) == [Money.uah(2 * 5 * AT_ONCE - 55)]
