"""Giving money back through the acquirer: asked for in a transaction, done by a job until it is done."""

import logging
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.jobs import Postponed, enqueue
from mykyivstar.domain.payments.errors import WrongState
from mykyivstar.domain.payments.models import Failure, Payment, PaymentState, Source
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import Acquirer, AcquirerRefused, AcquirerUnavailable, InvoiceState, Report

REFUND_JOB = "payment.refund"
STRAY_JOB = "payment.refund_stray"
AGAIN_AFTER = timedelta(minutes=2)

log = logging.getLogger(__name__)


async def ask_for_refund(session: AsyncSession, payment: Payment, *, failure: Failure | None, at: datetime) -> None:
    """Send the whole of a card payment back to its card; for one that is held by `locking.locked`.

    The payment stays where it is until the acquirer says that the money is back; then it is REFUNDED, and what had
    been credited is taken out of the accounts. Asking twice asks once. Raises WrongState for one that is not paid.
    """
    paid = {PaymentState.PROCESSING, PaymentState.CREDITED}
    if payment.source is not Source.CARD or payment.state not in paid or not payment.invoice_id:
        raise WrongState
    if payment.refund_asked_at is not None:
        return
    payment.refund_asked_at, payment.failure = at, failure
    session.add(payment)
    named = {"payment_id": payment.id, "acquirer": payment.acquirer}
    await enqueue(session, REFUND_JOB, named, run_at=at, dedup=f"{REFUND_JOB}:{payment.id}")


async def return_stray(session: AsyncSession, payment: Payment, report: Report, *, at: datetime) -> None:
    """Send back what was paid on an invoice that is not the payment's own."""
    if report.state is not InvoiceState.SUCCESS:
        return
    log.error("a second invoice of a payment was paid", extra={"payment_id": payment.id})
    order = {"acquirer": payment.acquirer, "invoice_id": report.invoice_id, "kopiykas": report.amount.kopiykas}
    await enqueue(session, STRAY_JOB, order, run_at=at, dedup=f"{STRAY_JOB}:{report.invoice_id}"[:128])


async def refund(
    unit_of_work: UnitOfWork, acquirer: Acquirer, *, payment_id: int, at: datetime
) -> Report | Postponed | None:
    """Ask the acquirer to give the payment back, once however often; what it says then, for `reports.apply`.

    None when there is nothing to give back any more.
    """
    async with unit_of_work() as session:
        payment = await session.get_one(Payment, payment_id)
    if payment.refund_asked_at is None or payment.state is PaymentState.REFUNDED:
        return None
    return await _give_back(acquirer, payment.invoice_id, payment.amount, key=f"refund-{payment.code}", at=at)


async def refund_stray(acquirer: Acquirer, *, invoice_id: str, amount: Money, at: datetime) -> Postponed | None:
    """Give back what was paid on an invoice that is no payment's own; Postponed until the acquirer has done it."""
    answer = await _give_back(acquirer, invoice_id, amount, key=f"stray-{invoice_id}", at=at)
    return answer if isinstance(answer, Postponed) else None


async def _give_back(
    acquirer: Acquirer, invoice_id: str, amount: Money, *, key: str, at: datetime
) -> Report | Postponed:
    try:
        report = await acquirer.refund(invoice_id, amount=amount, key=key)
    except AcquirerUnavailable as reason:
        return Postponed(at + AGAIN_AFTER, f"the acquirer did not answer: {reason}")
    except AcquirerRefused as reason:
        # A person has to look: the job comes back every day until then, and each time says so.
        log.error("a refund was refused", extra={"invoice": invoice_id, "reason": str(reason)})  # noqa: TRY400
        return Postponed(at + timedelta(days=1), f"the acquirer refuses: {reason}")
    if report.state is not InvoiceState.REVERSED:
        return Postponed(at + AGAIN_AFTER, f"asked for, still {report.state}")
    return report
