"""The states of a payment (D3) as a closed machine: the only place that changes `Payment.state`."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.papers.letters import tell_payer
from mykyivstar.domain.payments.models import Cause, Failure, Payment, PaymentState, PaymentStep

#: What may follow what. Money that was taken and cannot be credited goes processing → refunded; a late success of a
#: payment given up for lost goes failed → processing: money is never kept without being credited or returned.
NEXT: Mapping[PaymentState, frozenset[PaymentState]] = {
    PaymentState.CREATED: frozenset(
        {PaymentState.CONFIRMING, PaymentState.PROCESSING, PaymentState.CREDITED, PaymentState.FAILED}
    ),
    PaymentState.CONFIRMING: frozenset({PaymentState.PROCESSING, PaymentState.CREDITED, PaymentState.FAILED}),
    PaymentState.PROCESSING: frozenset({PaymentState.CREDITED, PaymentState.FAILED, PaymentState.REFUNDED}),
    PaymentState.FAILED: frozenset({PaymentState.PROCESSING}),
    PaymentState.CREDITED: frozenset({PaymentState.REFUNDED}),
    PaymentState.REFUNDED: frozenset(),
}


async def advance(
    session: AsyncSession,
    payment: Payment,
    to: PaymentState,
    *,
    at: datetime,
    cause: Cause,
    failure: Failure | None = None,
) -> bool:
    """Bring the payment into a state and note the step; False when somebody else has moved it meanwhile.

    In the transaction of the money that moves with it: a payment is credited together with its entries or not at
    all. `failure` belongs to FAILED (and to REFUNDED, as why) and to nothing else.
    """
    assert to in NEXT[payment.state], f"{payment.state} → {to}"
    assert failure is None or to in {PaymentState.FAILED, PaymentState.REFUNDED}, "only what failed has a reason"
    assert failure is not None or to is not PaymentState.FAILED, "what failed has a reason"
    moved = await session.exec(
        update(Payment)
        .where(col(Payment.id) == payment.id, col(Payment.state) == payment.state)
        .values(state=to, state_at=at, failure=failure)
        .returning(col(Payment.id))
        .execution_options(synchronize_session=False)
    )
    if moved.scalar_one_or_none() is None:
        return False
    for name, value in (("state", to), ("state_at", at), ("failure", failure)):
        set_committed_value(payment, name, value)
    note_step(session, payment, at=at, cause=cause)
    await tell_payer(session, payment, at=at)
    return True


def note_step(session: AsyncSession, payment: Payment, *, at: datetime, cause: Cause) -> None:
    """Write down that the payment is in its state."""
    assert payment.id is not None, "a payment is stored before its steps"
    session.add(PaymentStep(payment_id=payment.id, state=payment.state, at=at, cause=cause))
    tell(session, payment)


def tell(session: AsyncSession, payment: Payment) -> None:
    """Have the open screens that show this payment refreshed."""
    assert payment.id is not None
    changed(session, Subject(Topic.PAYMENT, payment.id))
    if payment.profile_id is not None:
        changed(session, Subject(Topic.PROFILE, payment.profile_id))
