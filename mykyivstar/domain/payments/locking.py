"""Holding a payment still while its next state is decided."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.payments.models import Payment


async def locked(session: AsyncSession, payment: Payment) -> Payment:
    """The payment as it is now, nobody else's until the transaction ends."""
    query = select(Payment).where(col(Payment.id) == payment.id).with_for_update()
    return (await session.exec(query.execution_options(populate_existing=True))).one()


async def locked_by_reference(session: AsyncSession, reference: str, acquirer: str) -> Payment | None:
    """The same by what the acquirer calls it; None for a reference of nobody's, or of another acquirer's."""
    query = select(Payment).where(col(Payment.code) == reference, col(Payment.acquirer) == acquirer)
    found = await session.exec(query.with_for_update().execution_options(populate_existing=True))
    return found.first()
