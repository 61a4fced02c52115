"""Cancelling: on the same Kyiv day, once, and only money that is still there."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from mykyivstar.domain.ledger.accounts import SystemAccount, system_account
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.service import Leg, account_for, post
from mykyivstar.domain.partners.errors import CancelTooLate, MoneySpent, NotCredited, PaymentUnknown
from mykyivstar.domain.partners.views import Status
from mykyivstar.domain.payments.crediting import take_back
from mykyivstar.domain.payments.models import Cause, Payment, PaymentState
from mykyivstar.kit.money import Money
from tests.domain.partners.conftest import Terminal


async def spend(terminal: Terminal, amount: Money) -> None:
    async with terminal.database.unit_of_work() as session:
        account = await account_for(session, line_id=terminal.line.id)
        usage = await system_account(session, SystemAccount.USAGE)
        legs = [Leg(account.id or 0, -amount), Leg(usage.id or 0, amount)]
        await post(session, key="call", kind=OperationKind.USAGE, at=terminal.clock.now(), legs=legs)


async def test_the_money_goes_back_and_the_day_has_room_again(terminal: Terminal):
    await terminal.pay("T-1", Money.uah(500))
    await terminal.pay("T-2", Money.uah(500))
    cancelled = await terminal.cancel("T-1")
    assert (cancelled.status, await terminal.balance()) == (Status.CANCELLED, Money.uah(500))
    await terminal.pay("T-3", Money.uah(500))
    async with terminal.database.reading() as session:
        payment = await session.get_one(Payment, cancelled.payment_id)
    assert payment.state is PaymentState.REFUNDED


async def test_cancelled_again_even_later_it_stays_as_it_was(terminal: Terminal):
    await terminal.pay()
    first = await terminal.cancel()
    terminal.clock.moment += timedelta(days=2)
    again = await terminal.cancel()
    assert (again.status, again.row.cancelled_at) == (Status.CANCELLED, first.row.cancelled_at)
    assert await terminal.balance() == Money.ZERO


async def test_a_cancelled_payment_sent_again_is_answered_as_cancelled(terminal: Terminal):
    await terminal.pay()
    await terminal.cancel()
    assert (await terminal.pay()).status is Status.CANCELLED
    assert await terminal.balance() == Money.ZERO


async def test_six_at_once_cancel_once(terminal: Terminal):
    await terminal.pay("T-0")
    await terminal.pay()
    found = await asyncio.gather(*(terminal.cancel() for _ in range(6)))
    assert {each.status for each in found} == {Status.CANCELLED}
    assert await terminal.balance() == Money.uah(50)


@pytest.mark.parametrize(
    ("paid", "last", "first_too_late"),
    [
        # A day in winter, and the days of both clock changes.
        ("2026-11-22T21:00:00", "2026-11-22T21:59:59", "2026-11-22T22:00:00"),
        ("2027-03-28T10:00:00", "2027-03-28T20:59:59", "2027-03-28T21:00:00"),
        ("2026-10-25T10:00:00", "2026-10-25T21:59:59", "2026-10-25T22:00:00"),
    ],
)
async def test_the_day_ends_at_midnight_in_kyiv(terminal: Terminal, paid: str, last: str, first_too_late: str):
    terminal.clock.moment = datetime.fromisoformat(paid).replace(tzinfo=UTC)
    await terminal.pay("T-1")
    await terminal.pay("T-2")
    terminal.clock.moment = datetime.fromisoformat(last).replace(tzinfo=UTC)
    assert (await terminal.cancel("T-1")).status is Status.CANCELLED
    terminal.clock.moment = datetime.fromisoformat(first_too_late).replace(tzinfo=UTC)
    with pytest.raises(CancelTooLate):
        await terminal.cancel("T-2")
    assert await terminal.balance() == Money.uah(50)


async def test_spent_money_is_not_clawed_back(terminal: Terminal):
    await terminal.pay()
    await spend(terminal, Money(1))
    with pytest.raises(MoneySpent):
        await terminal.cancel()
    assert await terminal.balance() == Money.uah(49, 99)
    assert (await terminal.find()).status is Status.CREDITED


async def test_what_the_operator_took_back_is_not_cancelled(terminal: Terminal):
    paid = await terminal.pay()
    async with terminal.database.unit_of_work() as session:
        payment = await session.get_one(Payment, paid.payment_id)
        await take_back(session, payment, at=terminal.clock.now(), cause=Cause.OPERATOR)
    assert (await terminal.find()).status is Status.REFUNDED
    with pytest.raises(NotCredited):
        await terminal.cancel()
    assert await terminal.balance() == Money.ZERO


async def test_what_never_was_is_not_cancelled(terminal: Terminal):
    with pytest.raises(PaymentUnknown):
        await terminal.cancel()
