"""SMS: send what the outbox holds, note what became of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.notifications.delivery import deliver, expire_sms
from mykyivstar.domain.notifications.receipts import RECEIPT_JOB, match_receipt, receive_receipt
from mykyivstar.domain.notifications.sms import SEND_JOB
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Every
from mykyivstar.jobs.sms_texts import wording
from mykyivstar.ports.sms import OnReceipt, ReceiptState


@job(SEND_JOB, time_limit=timedelta(minutes=1))
async def send(context: JobContext, payload: Mapping[str, Any], at: datetime) -> Postponed | None:
    """Send one message."""
    words, ports = wording(context.ports.press.site), context.ports
    return await deliver(context.database.unit_of_work, ports.sms, words, sms_id=payload["sms_id"], at=at)


@job(RECEIPT_JOB)
async def match(context: JobContext, payload: Mapping[str, Any], at: datetime) -> Postponed | None:
    """Note a receipt that overtook the answer to its submit."""
    return await match_receipt(
        context.database.unit_of_work,
        ref=payload["ref"],
        state=ReceiptState(payload["state"]),
        received_at=datetime.fromisoformat(payload["at"]),
        at=at,
    )


@job("sms.expire", schedule=Every(timedelta(minutes=1)))
async def expire(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Give up on what nobody needs any more."""
    await expire_sms(context.database.unit_of_work, at=at)


def receipts_into(database: Database) -> OnReceipt:
    """What a gateway is given to report deliveries to."""

    async def note(ref: str, state: ReceiptState, at: datetime) -> None:
        await receive_receipt(database.unit_of_work, ref=ref, state=state, at=at)

    return note
