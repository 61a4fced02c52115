"""Money and state move together, once."""

import asyncio

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.errors import NotEnoughMoney
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Billing, LineState
from mykyivstar.domain.payments.crediting import credit, missing_targets, take_back
from mykyivstar.domain.payments.models import Cause, Payment, PaymentState, Source
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.domain.payments.states import NEXT
from mykyivstar.kit.money import Money
from tests.factories.payments import make_payment, share
from tests.factories.people import LONG_AGO, make_account, make_line, put_money


async def test_every_account_of_a_payment_gets_its_share(database: Database):
    async with database.unit_of_work() as session:
        line, account = await make_line(session), await make_account(session)
        payment = await make_payment(session, share(line, Money.uah(50)), share(account, Money.uah(200)))
        assert await credit(session, payment, at=LONG_AGO, cause=Cause.NOTICE)
    async with database.reading() as session:
        known = await balances(session, line_ids=[line.id], internet_account_ids=[account.id])
        assert known.lines[line.id].money == Money.uah(50)
        assert known.internet[account.id].money == Money.uah(200)
        assert (await proof(session)).holds


async def test_two_that_credit_at_once_credit_once(database: Database):
    async with database.unit_of_work() as session:
        line = await make_line(session)
        payment = await make_payment(session, share(line, Money.uah(50)))

    async def try_it() -> bool:
        async with database.unit_of_work() as session:
            mine = await session.get_one(Payment, payment.id)
            if mine.state is not PaymentState.CREATED:
                return False
            return await credit(session, mine, at=LONG_AGO, cause=Cause.NOTICE)

    assert sorted(await asyncio.gather(*(try_it() for _ in range(6)))) == [False] * 5 + [True]
    async with database.reading() as session:
        assert (await balances(session, line_ids=[line.id])).lines[line.id].money == Money.uah(50)


async def test_a_transfer_takes_what_it_brings(database: Database):
    async with database.unit_of_work() as session:
        giver, getter = await make_line(session), await make_line(session, "380671000002")
        await put_money(session, giver, Money.uah(60))
        payer = Payer(from_line_id=giver.id)
        payment = await make_payment(session, share(getter, Money.uah(50)), source=Source.BALANCE, payer=payer)
        await credit(session, payment, at=LONG_AGO, cause=Cause.PAYER)
    async with database.reading() as session:
        known = (await balances(session, line_ids=[giver.id, getter.id])).lines
        assert (known[giver.id].money, known[getter.id].money) == (Money.uah(10), Money.uah(50))


async def test_a_transfer_of_more_than_there_is_changes_nothing(database: Database):
    async with database.unit_of_work() as session:
        giver, getter = await make_line(session), await make_line(session, "380671000002")
        payer = Payer(from_line_id=giver.id)
        payment = await make_payment(session, share(getter, Money.uah(50)), source=Source.BALANCE, payer=payer)
    with pytest.raises(NotEnoughMoney):
        async with database.unit_of_work() as session:
            await credit(session, await session.get_one(Payment, payment.id), at=LONG_AGO, cause=Cause.PAYER)
    async with database.reading() as session:
        assert (await session.get_one(Payment, payment.id)).state is PaymentState.CREATED
        assert (await proof(session)).holds


async def test_what_was_credited_goes_back_whole(database: Database):
    async with database.unit_of_work() as session:
        line = await make_line(session)
        payment = await make_payment(session, share(line, Money.uah(50)))
        await credit(session, payment, at=LONG_AGO, cause=Cause.NOTICE)
        assert await take_back(session, payment, at=LONG_AGO, cause=Cause.OPERATOR)
        assert payment.state is PaymentState.REFUNDED
        assert (await balances(session, line_ids=[line.id])).lines[line.id].money == Money.ZERO


async def test_an_account_opened_by_a_payment_to_a_contract_line_may_owe(database: Database):
    async with database.unit_of_work() as session:
        line = await make_line(session, payment=Billing.CONTRACT)
        payment = await make_payment(session, share(line, Money.uah(50)))
        await credit(session, payment, at=LONG_AGO, cause=Cause.NOTICE)
        await take_back(session, payment, at=LONG_AGO, cause=Cause.OPERATOR)
        assert (await proof(session)).holds


async def test_accounts_that_went_away_meanwhile_are_named(database: Database):
    async with database.unit_of_work() as session:
        line = await make_line(session)
        payment = await make_payment(session, share(line, Money.uah(50)))
        line.state = LineState.INACTIVE
        await session.flush()
        assert [key.id for key in await missing_targets(session, payment)] == [line.id]


def test_every_state_has_its_followers_and_the_end_has_none():
    assert set(NEXT) == set(PaymentState)
    assert [state for state, after in NEXT.items() if not after] == [PaymentState.REFUNDED]
