"""Asking the acquirer what became of a payment, until it is known (D3)."""

import logging
from datetime import datetime, timedelta

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.payments import reports
from mykyivstar.domain.payments.errors import WrongState
from mykyivstar.domain.payments.locking import locked
from mykyivstar.domain.payments.models import Cause, Failure, Payment, PaymentState
from mykyivstar.domain.payments.queries import payment_of
from mykyivstar.domain.payments.states import advance
from mykyivstar.ports.acquiring import Acquirer, AcquirerRefused, AcquirerUnavailable, InvoiceState, Report

# A payment is asked for after a quarter of its age, but neither more often nor more rarely than this.
SOONEST, LATEST = timedelta(seconds=30), timedelta(hours=1)
# So long after an order without an answer it is certain that nobody will ever pay it.
NEVER_ARRIVED_AFTER = timedelta(minutes=2)
# The page of a payer who gave up is closed by the acquirer long before.
GIVEN_UP_IS_ASKED_FOR = timedelta(days=2)
_UNDECIDED = {InvoiceState.CREATED, InvoiceState.PROCESSING}

log = logging.getLogger(__name__)


async def inquire(unit_of_work: UnitOfWork, acquirer: Acquirer, *, payment_id: int, at: datetime) -> Postponed | None:
    """Ask once and write down what it says; Postponed while it is open."""
    async with unit_of_work() as session:
        payment = await session.get_one(Payment, payment_id)
    if not _is_worth_asking(payment, at) or payment.refund_asked_at is not None:
        return None
    try:
        report = await _ask(acquirer, payment)
    except AcquirerUnavailable as reason:
        return _later(payment, at, f"no answer: {reason}")
    except AcquirerRefused as reason:
        log.error("an acquirer does not know a payment", extra={"payment_id": payment_id, "reason": str(reason)})  # noqa: TRY400
        report = None
    if report is None:
        return await _nothing_there(unit_of_work, payment, at)
    after = await reports.apply(unit_of_work, report, acquirer=payment.acquirer, cause=Cause.INQUIRY, at=at)
    if report.state is InvoiceState.CREATED and not payment.state.is_open:
        await _withdraw(acquirer, payment)
    is_open = after is not None and (after.state.is_open or report.state in _UNDECIDED)
    return _later(payment, at, f"still {report.state}") if is_open else None


def _is_worth_asking(payment: Payment, at: datetime) -> bool:
    """Whether money may still come: an open payment's, or that of a payer who gave up here and paid there."""
    is_given_up = payment.failure is Failure.GIVEN_UP and bool(payment.invoice_id)
    return payment.state.is_open or (is_given_up and at < payment.created_at + GIVEN_UP_IS_ASKED_FOR)


async def look_again(
    unit_of_work: UnitOfWork, acquirer: Acquirer, *, code: str, actor: Actor | None, visitor: str, at: datetime
) -> Payment:
    """The payer is back from the acquirer's page: ask at once; what is not answered is found out later.

    Raises NotFound for a payment that is not theirs.
    """
    async with unit_of_work() as session:
        payment = await payment_of(session, code, actor=actor, visitor=visitor)
    if not payment.state.is_open or not payment.invoice_id:
        return payment
    try:
        report = await acquirer.status(payment.invoice_id)
    except (AcquirerUnavailable, AcquirerRefused) as reason:
        log.warning("a payer came back and the acquirer is silent", extra={"reason": str(reason)})
        return payment
    return await reports.apply(unit_of_work, report, acquirer=payment.acquirer, cause=Cause.INQUIRY, at=at) or payment


async def give_up(unit_of_work: UnitOfWork, *, code: str, actor: Actor | None, visitor: str, at: datetime) -> Payment:
    """The payer does not want to pay any more; should they pay all the same, it is credited all the same.

    Raises NotFound, WrongState when they have paid already.
    """
    async with unit_of_work() as session:
        payment = await locked(session, await payment_of(session, code, actor=actor, visitor=visitor))
        if payment.state not in {PaymentState.CREATED, PaymentState.CONFIRMING}:
            raise WrongState
        await advance(session, payment, PaymentState.FAILED, at=at, cause=Cause.PAYER, failure=Failure.GIVEN_UP)
        return payment


async def _ask(acquirer: Acquirer, payment: Payment) -> Report | None:
    if payment.invoice_id:
        return await acquirer.status(payment.invoice_id)
    return await acquirer.find(payment.code)


async def _withdraw(acquirer: Acquirer, payment: Payment) -> None:
    """Nobody shall pay any more what its payer gave up; what cannot be made void now is tried by the next inquiry."""
    try:
        await acquirer.withdraw(payment.invoice_id)
    except (AcquirerUnavailable, AcquirerRefused) as reason:
        log.warning("an invoice could not be made void", extra={"payment_id": payment.id, "reason": str(reason)})


async def _nothing_there(unit_of_work: UnitOfWork, payment: Payment, at: datetime) -> Postponed | None:
    """The acquirer has no invoice of it: either the order is still on its way, or it never arrived."""
    if at < payment.state_at + NEVER_ARRIVED_AFTER:
        return _later(payment, at, "not arrived yet")
    async with unit_of_work() as session:
        mine = await locked(session, payment)
        if mine.state is payment.state:
            await advance(session, mine, PaymentState.FAILED, at=at, cause=Cause.INQUIRY, failure=Failure.UNREACHABLE)
    return None


def _later(payment: Payment, at: datetime, reason: str) -> Postponed:
    return Postponed(at + min(max((at - payment.created_at) / 4, SOONEST), LATEST), reason)
