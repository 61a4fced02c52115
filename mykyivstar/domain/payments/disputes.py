"""Saying that a payment is not right (D3): one open dispute for each, its receipt goes with it."""

from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.payments.errors import DisputeWordless
from mykyivstar.domain.payments.locking import locked
from mykyivstar.domain.payments.models import Dispute, DisputeState
from mykyivstar.domain.payments.queries import payment_of
from mykyivstar.domain.payments.states import tell
from mykyivstar.domain.support.tickets.disputes import ticket_of
from mykyivstar.kit.msisdn import Msisdn

WORDS_MAX = 2000


async def open_dispute(
    session: AsyncSession,
    *,
    code: str,
    actor: Actor | None,
    visitor: str,
    words: str,
    contact_phone: Msisdn | None,
    at: datetime,
) -> Dispute:
    """Open a dispute, or give back the one that is open already, whose words then stay.

    Raises NotFound for a payment that is not theirs, DisputeWordless.
    """
    payment = await locked(session, await payment_of(session, code, actor=actor, visitor=visitor))
    said = words.strip()[:WORDS_MAX]
    if not any(sign.isalnum() for sign in said):
        raise DisputeWordless
    assert payment.id is not None
    running = select(Dispute).where(Dispute.payment_id == payment.id, Dispute.state != DisputeState.CLOSED)
    if (known := (await session.exec(running)).first()) is not None:
        return known
    dispute = Dispute(
        payment_id=payment.id,
        profile_id=actor.profile_id if actor else None,
        contact_phone=contact_phone,
        words=said,
        opened_at=at,
        state_at=at,
    )
    session.add(dispute)
    tell(session, payment)
    await session.flush()
    await ticket_of(session, dispute, about=f"№ {payment.id}", at=at)
    return dispute
