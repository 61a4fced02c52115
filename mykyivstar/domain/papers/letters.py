"""Receipts by e-mail: by themselves when the payer left an address, and whenever the payer asks (D2)."""

import hashlib
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.mail import MailTemplate, send_mail
from mykyivstar.domain.papers.receipt import has_receipt
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.kit.errors import NotFound

# A receipt three days late is still a proof; later the payer has fetched it on the page.
LIVES = timedelta(days=3)
_TOLD = frozenset({PaymentState.CREDITED, PaymentState.REFUNDED})


async def tell_payer(session: AsyncSession, payment: Payment, *, at: datetime) -> None:
    """Send the receipt to the address left at payment, once when credited and once when refunded.

    In the transaction that brings the payment into its state.
    """
    if payment.email and payment.state in _TOLD:
        key = f"receipt:{payment.code}:{payment.state.value}"
        await _send(session, payment, key, to=payment.email, language=payment.language, at=at)


async def send_receipt(session: AsyncSession, payment: Payment, *, to: str, language: Language, at: datetime) -> None:
    """Send the receipt to this address because the payer asks; pressed twice within a minute it is one letter.

    Raises NotFound while there is no receipt.
    """
    if not has_receipt(payment):
        raise NotFound
    whom = hashlib.sha256(to.encode()).hexdigest()[:16]
    key = f"receipt:{payment.code}:{whom}:{at:%Y%m%d%H%M}"
    await _send(session, payment, key, to=to, language=language, at=at)


async def _send(
    session: AsyncSession, payment: Payment, key: str, *, to: str, language: Language, at: datetime
) -> None:
    params = {"payment_id": payment.id}
    await send_mail(
        session, key=key, to=to, template=MailTemplate.RECEIPT, params=params, language=language, at=at, lives=LIVES
    )
