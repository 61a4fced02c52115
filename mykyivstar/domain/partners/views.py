"""Payments of partners as partners may see them."""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.domain.partners.models import PartnerPayment
from mykyivstar.domain.payments.models import Payment, PaymentState


class Status(StrEnum):
    """What a partner's payment is; one that was refused never was."""

    CREDITED = "credited"
    CANCELLED = "cancelled"  # by the partner, on its day
    REFUNDED = "refunded"  # by the operator


@dataclass(frozen=True, slots=True)
class PartnerPaymentView:
    """A payment under the partner's id; `payment_id` is the one on the subscriber's receipt."""

    row: PartnerPayment
    status: Status

    @property
    def payment_id(self) -> int:
        return self.row.payment_id


async def view_of(session: AsyncSession, row: PartnerPayment) -> PartnerPaymentView:
    """The payment as it is now."""
    if row.cancelled_at is not None:
        return PartnerPaymentView(row, Status.CANCELLED)
    query = select(Payment.state).where(col(Payment.id) == row.payment_id)
    state = (await session.exec(query)).one()
    return PartnerPaymentView(row, Status.CREDITED if state is PaymentState.CREDITED else Status.REFUNDED)


def masked(kind: HoldingKind, number: str) -> str:
    """Enough of an account to recognise it: 38067*****01, *******622."""
    if kind is HoldingKind.LINE:
        return f"{number[:5]}*****{number[-2:]}"
    return "*" * (len(number) - 3) + number[-3:]
