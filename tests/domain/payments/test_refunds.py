"""Money that was taken is credited or goes back, whole and once."""

import pytest

from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.lines.models import Line, LineState
from mykyivstar.domain.payments.errors import WrongState
from mykyivstar.domain.payments.locking import locked
from mykyivstar.domain.payments.models import Cause, Failure, Payment, PaymentState
from mykyivstar.domain.payments.refunds import ask_for_refund, refund, refund_stray
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import InvoiceState, Report
from tests.domain.payments.conftest import Till


async def paid(till: Till) -> Payment:
    payment = await till.pay()
    await till.hear(till.bank.end(payment.code, InvoiceState.SUCCESS))
    return await till.now(payment)


async def want_back(till: Till, payment: Payment) -> None:
    async with till.database.unit_of_work() as session:
        await ask_for_refund(session, await locked(session, payment), failure=None, at=till.clock.now())


async def give_back(till: Till, payment: Payment) -> Report | Postponed | None:
    unit_of_work = till.database.unit_of_work
    answer = await refund(unit_of_work, till.bank, payment_id=payment.id or 0, at=till.clock.now())
    if isinstance(answer, Report):
        await till.hear(answer, Cause.OPERATOR)
    return answer


async def test_a_refund_goes_back_to_the_card_and_out_of_the_account(till: Till):
    payment = await paid(till)
    await want_back(till, payment)
    assert await till.balance() == Money.uah(50)
    await give_back(till, payment)
    assert (await till.now(payment)).state is PaymentState.REFUNDED
    assert await till.balance() == Money.ZERO
    assert till.bank.kept == Money.ZERO


async def test_a_refund_asked_for_twice_and_told_of_twice_goes_back_once(till: Till):
    payment = await paid(till)
    await want_back(till, payment)
    await want_back(till, payment)
    till.bank.loses_answers = True
    assert isinstance(await give_back(till, payment), Postponed)
    till.bank.loses_answers = False
    # The bank's own notice is faster than our next try.
    await till.hear(till.bank.reports[payment.invoice_id])
    assert (await till.now(payment)).state is PaymentState.REFUNDED
    assert await give_back(till, payment) is None
    assert await till.balance() == Money.ZERO
    assert list(till.bank.refunds.values()) == [Money.uah(50)]


async def test_a_bank_that_refuses_a_refund_is_asked_again_tomorrow(till: Till):
    payment = await paid(till)
    await want_back(till, payment)
    till.bank.refuses = True
    answer = await give_back(till, payment)
    assert isinstance(answer, Postponed)
    assert (answer.until - till.clock.now()).days == 1
    assert await till.balance() == Money.uah(50)


async def test_what_is_not_paid_cannot_go_back(till: Till):
    payment = await till.pay()
    with pytest.raises(WrongState):
        await want_back(till, payment)


async def test_money_for_an_account_that_is_gone_goes_back(till: Till):
    payment = await till.pay()
    async with till.database.unit_of_work() as session:
        (await session.get_one(Line, till.line.id)).state = LineState.INACTIVE
    await till.hear(till.bank.end(payment.code, InvoiceState.SUCCESS))
    assert (await till.now(payment)).state is PaymentState.PROCESSING
    await give_back(till, payment)
    back = await till.now(payment)
    assert (back.state, back.failure) == (PaymentState.REFUNDED, Failure.TARGET_GONE)
    assert till.bank.kept == Money.ZERO


async def test_another_amount_than_ordered_is_never_credited(till: Till):
    payment = await till.pay()
    await till.hear(till.bank.end(payment.code, InvoiceState.SUCCESS, amount=Money.uah(5)))
    assert await till.balance() == Money.ZERO
    assert (await till.now(payment)).state is PaymentState.PROCESSING
    assert (await till.now(payment)).refund_asked_at is not None


async def test_a_second_invoice_of_one_payment_that_was_paid_goes_back(till: Till):
    payment = await paid(till)
    await till.bank.create(till.bank.orders["inv-1"])
    stray = till.bank.end(payment.code, InvoiceState.SUCCESS)
    assert stray.invoice_id != payment.invoice_id
    await till.hear(stray)
    assert await till.balance() == Money.uah(50)
    await refund_stray(till.bank, invoice_id=stray.invoice_id, amount=stray.amount, at=till.clock.now())
    assert till.bank.kept == Money.uah(50)
