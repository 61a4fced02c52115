"""What gateways report about messages they took."""

import logging
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.jobs import Postponed, enqueue
from mykyivstar.domain.notifications.models import SmsMessage, SmsPart, SmsState
from mykyivstar.ports.sms import ReceiptState

RECEIPT_JOB = "sms.receipt"
# A receipt may overtake the answer to the submit, but not by more than this.
OVERTAKES_BY_AT_MOST = timedelta(minutes=5)
LOOK_AGAIN_AFTER = timedelta(seconds=2)

log = logging.getLogger(__name__)


async def receive_receipt(unit_of_work: UnitOfWork, *, ref: str, state: ReceiptState, at: datetime) -> None:
    """Note what became of a part; one that we do not know yet is looked for again for a while."""
    async with unit_of_work() as session:
        if not await _note(session, ref, state, at):
            payload = {"ref": ref, "state": state.value, "at": at.isoformat()}
            await enqueue(session, RECEIPT_JOB, payload, run_at=at + LOOK_AGAIN_AFTER)


async def match_receipt(
    unit_of_work: UnitOfWork, *, ref: str, state: ReceiptState, received_at: datetime, at: datetime
) -> Postponed | None:
    """Note a receipt that came before the part it belongs to."""
    async with unit_of_work() as session:
        is_known = await _note(session, ref, state, received_at)
    if is_known:
        return None
    if at - received_at < OVERTAKES_BY_AT_MOST:
        return Postponed(until=at + LOOK_AGAIN_AFTER, reason="no such part yet")
    log.warning("sms receipt of an unknown part", extra={"ref": ref, "state": state.value})
    return None


async def _note(session: AsyncSession, ref: str, state: ReceiptState, at: datetime) -> bool:
    """A message is delivered when all its parts are, and failed when one of them is not."""
    newest = select(SmsPart).where(SmsPart.ref == ref).order_by(col(SmsPart.id).desc()).limit(1)
    part = (await session.exec(newest)).first()
    if part is None:
        return False
    message = (await session.exec(select(SmsMessage).where(SmsMessage.id == part.sms_id).with_for_update())).one()
    if state is ReceiptState.DELIVERED:
        part.delivered_at = part.delivered_at or at
        await session.flush()
        missing = select(SmsPart.id).where(SmsPart.sms_id == part.sms_id, col(SmsPart.delivered_at).is_(None)).limit(1)
        if message.state is SmsState.SENT and (await session.exec(missing)).first() is None:
            message.state = SmsState.DELIVERED
            message.delivered_at = at
    elif message.state is SmsState.SENT:
        message.state = SmsState.FAILED
        message.error = "not delivered"
    return True
