"""What an acquirer reports, from wherever it comes: a notice, an inquiry, the answer to a charge.

Reports come twice, late, out of order or not at all. Each is applied under the payment's lock: the newest by the
acquirer's own time counts, and no state is left but by the closed machine.
"""

import logging
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.payments.crediting import credit, missing_targets, take_back
from mykyivstar.domain.payments.link_uses import is_taken_by_another
from mykyivstar.domain.payments.locking import locked_by_reference
from mykyivstar.domain.payments.models import Cause, Failure, Payment, PaymentState
from mykyivstar.domain.payments.refunds import ask_for_refund, return_stray
from mykyivstar.domain.payments.saved_cards import keep
from mykyivstar.domain.payments.states import advance
from mykyivstar.ports.acquiring import Decline, InvoiceState, Report

_UNPAID = {PaymentState.CREATED, PaymentState.CONFIRMING}

log = logging.getLogger(__name__)


async def apply(
    unit_of_work: UnitOfWork, report: Report, *, acquirer: str, cause: Cause, at: datetime
) -> Payment | None:
    """Bring the payment that is meant where the report says it is; None when it is no payment of ours.

    Repeating it changes nothing. Money that was taken and cannot be credited is sent back.
    """
    async with unit_of_work() as session:
        payment = await locked_by_reference(session, report.reference, acquirer)
        if payment is None:
            log.error("a report of an unknown payment", extra={"acquirer": acquirer, "invoice": report.invoice_id})
            return None
        if _is_stray(payment, report):
            await return_stray(session, payment, report, at=at)
            return payment
        if payment.reported_at is not None and report.changed_at < payment.reported_at:
            return payment
        await _note(session, payment, report, at)
        await _move(session, payment, report, cause, at)
        return payment


def _is_stray(payment: Payment, report: Report) -> bool:
    """Whether this is about another invoice than the payment's: two tabs asked for one form, one page was shown."""
    return bool(payment.invoice_id) and payment.invoice_id != report.invoice_id


async def _note(session: AsyncSession, payment: Payment, report: Report, at: datetime) -> None:
    payment.invoice_id = report.invoice_id
    payment.reported_at = report.changed_at
    payment.refunded = max(payment.refunded, report.refunded)
    payment.bank_reference = report.bank_reference or payment.bank_reference
    if report.card is not None:
        payment.card_mask = report.card.mask or payment.card_mask
        await keep(session, payment, report.card, at=at)
    session.add(payment)
    await session.flush()


async def _move(session: AsyncSession, payment: Payment, report: Report, cause: Cause, at: datetime) -> None:
    match report.state:
        case InvoiceState.PROCESSING if payment.state in {*_UNPAID, PaymentState.FAILED}:
            await advance(session, payment, PaymentState.PROCESSING, at=at, cause=cause)
        case InvoiceState.SUCCESS if payment.state.is_open or payment.state is PaymentState.FAILED:
            await _paid(session, payment, report, cause, at)
        case InvoiceState.FAILURE | InvoiceState.EXPIRED if payment.state.is_open:
            failure = _failure_of(report)
            await advance(session, payment, PaymentState.FAILED, at=at, cause=cause, failure=failure)
        case InvoiceState.REVERSED:
            await _reversed(session, payment, report, cause, at)
        case InvoiceState.FAILURE | InvoiceState.EXPIRED if payment.state is PaymentState.CREDITED:
            log.error("a credited payment is said to have failed", extra={"payment_id": payment.id})


async def _paid(session: AsyncSession, payment: Payment, report: Report, cause: Cause, at: datetime) -> None:
    """Credit it, or have its money sent back when that cannot be done."""
    if payment.state is PaymentState.FAILED:
        # Given up for lost here, and paid all the same.
        await advance(session, payment, PaymentState.PROCESSING, at=at, cause=cause)
    if report.amount != payment.amount:
        log.error("another amount was paid than was ordered", extra={"payment_id": payment.id})
        await _send_back(session, payment, Failure.DECLINED, cause, at)
    elif await missing_targets(session, payment):
        await _send_back(session, payment, Failure.TARGET_GONE, cause, at)
    elif await is_taken_by_another(session, payment):
        await _send_back(session, payment, Failure.LINK_USED, cause, at)
    elif payment.refund_asked_at is None:
        await credit(session, payment, at=at, cause=cause)


async def _send_back(session: AsyncSession, payment: Payment, failure: Failure, cause: Cause, at: datetime) -> None:
    """The money is taken and cannot be credited: it stays PROCESSING until the acquirer has given it back."""
    if payment.state is not PaymentState.PROCESSING:
        await advance(session, payment, PaymentState.PROCESSING, at=at, cause=cause)
    await ask_for_refund(session, payment, failure=failure, at=at)


async def _reversed(session: AsyncSession, payment: Payment, report: Report, cause: Cause, at: datetime) -> None:
    if report.refunded < payment.amount:
        # We give back whole payments only; a part was given back in the acquirer's own office.
        log.error("a part of a payment was given back", extra={"payment_id": payment.id})
    elif payment.state is PaymentState.CREDITED:
        await take_back(session, payment, at=at, cause=cause, failure=payment.failure)
    elif payment.state in {*_UNPAID, PaymentState.FAILED}:
        await advance(session, payment, PaymentState.PROCESSING, at=at, cause=cause)
        await advance(session, payment, PaymentState.REFUNDED, at=at, cause=cause)
    elif payment.state is PaymentState.PROCESSING:
        await advance(session, payment, PaymentState.REFUNDED, at=at, cause=cause, failure=payment.failure)


def _failure_of(report: Report) -> Failure:
    if report.state is InvoiceState.EXPIRED:
        return Failure.NOT_FINISHED
    if report.decline is None or report.decline is Decline.OTHER:
        return Failure.DECLINED
    return Failure(report.decline.value)
