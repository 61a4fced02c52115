"""An order is written down once for each form, and says what it was."""

import asyncio

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.lines.models import LineState
from mykyivstar.domain.payments.crediting import shares_of
from mykyivstar.domain.payments.errors import PaymentMismatch, SameTargetTwice, TooManyShares, UnknownTarget
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Payment, PaymentState, PaymentStep
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.kit.money import Money
from tests.factories.payments import make_payment, share
from tests.factories.people import make_account, make_line, make_person


async def test_an_order_is_for_each_of_its_accounts(database: Database):
    async with database.unit_of_work() as session:
        line, account = await make_line(session), await make_account(session)
        payment = await make_payment(session, share(line, Money.uah(50)), share(account, Money.uah(200)))
    async with database.reading() as session:
        assert payment.amount == Money.uah(250)
        assert payment.state is PaymentState.CREATED
        got = [(s.line_id, s.internet_account_id, s.amount) for s in await shares_of(session, payment)]
        assert got == [(line.id, None, Money.uah(50)), (None, account.id, Money.uah(200))]
        steps = (await session.exec(select(PaymentStep))).all()
        assert [(step.payment_id, step.state) for step in steps] == [(payment.id, PaymentState.CREATED)]


async def test_the_same_form_sent_twice_at_once_is_one_payment(database: Database):
    async with database.unit_of_work() as session:
        line = await make_line(session)

    async def send() -> str:
        async with database.unit_of_work() as session:
            return (await make_payment(session, share(line, Money.uah(50)))).code

    codes = await asyncio.gather(*(send() for _ in range(8)))
    assert len(set(codes)) == 1
    async with database.reading() as session:
        assert len((await session.exec(select(Payment))).all()) == 1
        assert len((await session.exec(select(PaymentStep))).all()) == 1


@pytest.mark.parametrize("other", ["amount", "payer"])
async def test_the_same_key_with_other_content_is_refused(database: Database, other: str):
    async with database.unit_of_work() as session:
        line = await make_line(session)
        person = await make_person(session)
        await make_payment(session, share(line, Money.uah(50)))
        amount = Money.uah(60) if other == "amount" else Money.uah(50)
        payer = Payer(profile_id=person.profile_id) if other == "payer" else Payer()
        with pytest.raises(PaymentMismatch):
            await make_payment(session, share(line, amount), payer=payer)


async def test_nobody_can_pay_for_an_account_that_takes_no_money(database: Database):
    async with database.unit_of_work() as session:
        gone = await make_line(session, state=LineState.INACTIVE)
        with pytest.raises(UnknownTarget):
            await make_payment(session, share(gone, Money.uah(50)))


async def test_an_account_stands_once_in_a_payment(database: Database):
    async with database.unit_of_work() as session:
        line = await make_line(session)
        with pytest.raises(SameTargetTwice):
            await make_payment(session, share(line, Money.uah(1)), share(line, Money.uah(2)))


async def test_a_payment_has_a_limit_of_accounts(database: Database):
    async with database.unit_of_work() as session:
        lines = [await make_line(session, f"38067100000{n}") for n in range(3)]
        with pytest.raises(TooManyShares):
            await make_payment(session, *(share(x, Money.uah(1)) for x in lines), limits=PaymentLimits(shares_most=2))
