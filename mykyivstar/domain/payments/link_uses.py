"""What has been paid by a pay-by-link, and who is on the way to pay: a `once` link takes one payment and no more."""

from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.payments.errors import LinkBusy, LinkUsed
from mykyivstar.domain.payments.models import PayLink, Payment, PaymentState
from mykyivstar.domain.payments.opening import Payer

_OPEN = [state for state in PaymentState if state.is_open]
# Between holding the link and writing the payment down lies one statement; whoever died there holds it no longer.
_WRITTEN_WITHIN = timedelta(minutes=1)


async def hold(session: AsyncSession, link: PayLink, *, key: str, payer: Payer, at: datetime) -> Payment | None:
    """Hold a locked `once` link for the payment of this key, so that nobody else goes to the bank with it.

    Answers the payer's own payment when they are at the bank already: they go on with that one. It is held as long
    as that payment is open; when it fails, the link is free again. Raises LinkUsed, LinkBusy.
    """
    for payment in await _living(session, link):
        if payment.state is PaymentState.CREDITED:
            raise LinkUsed
        if is_of(payment, payer):
            return payment
        raise LinkBusy(until=payment.expires_at)
    if link.held_for not in {"", key} and link.held_at is not None and at - link.held_at < _WRITTEN_WITHIN:
        known = await session.exec(select(Payment.id).where(Payment.key == link.held_for))
        if known.first() is None:
            raise LinkBusy(until=link.held_at + _WRITTEN_WITHIN)
    link.held_for, link.held_at = key, at
    session.add(link)
    return None


async def is_used(session: AsyncSession, link: PayLink) -> bool:
    """Whether a `once` link has done its work."""
    return link.once and any(payment.state is PaymentState.CREDITED for payment in await _living(session, link))


async def underway(session: AsyncSession, link: PayLink) -> Payment | None:
    """The payment that is on its way by a `once` link at the moment."""
    return next((each for each in await _living(session, link) if each.state.is_open), None) if link.once else None


async def is_taken_by_another(session: AsyncSession, payment: Payment) -> bool:
    """Whether the `once` link of this payment, paid later than anybody thought, was paid by another one meanwhile."""
    if payment.pay_link_id is None:
        return False
    query = select(PayLink).where(col(PayLink.id) == payment.pay_link_id).with_for_update()
    link = (await session.exec(query.execution_options(populate_existing=True))).one()
    return link.once and any(
        other.id != payment.id and other.state is PaymentState.CREDITED for other in await _living(session, link)
    )


def is_of(payment: Payment, payer: Payer) -> bool:
    """Whether this browser, or this profile in any browser, is paying it."""
    if payer.profile_id is not None and payment.profile_id == payer.profile_id:
        return True
    return bool(payer.visitor) and payment.visitor == payer.visitor


async def _living(session: AsyncSession, link: PayLink) -> list[Payment]:
    query = select(Payment).where(
        Payment.pay_link_id == link.id, col(Payment.state).in_([*_OPEN, PaymentState.CREDITED])
    )
    found = await session.exec(query.order_by(col(Payment.id)).execution_options(populate_existing=True))
    # The one that is done comes first: it decides.
    return sorted(found, key=lambda payment: payment.state is not PaymentState.CREDITED)
