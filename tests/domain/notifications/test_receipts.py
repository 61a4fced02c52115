"""What delivery receipts do to the outbox."""

from datetime import timedelta

from sqlmodel import select

from mykyivstar.db.jobs import Job, Postponed
from mykyivstar.domain.notifications.models import SmsState
from mykyivstar.domain.notifications.receipts import RECEIPT_JOB, match_receipt, receive_receipt
from mykyivstar.ports.sms import Accepted, ReceiptState
from tests.domain.notifications.conftest import Outbox


async def report(outbox: Outbox, ref: str, state: ReceiptState = ReceiptState.DELIVERED) -> None:
    await receive_receipt(outbox.database.unit_of_work, ref=ref, state=state, at=outbox.clock.now())


async def test_a_message_is_delivered_when_all_its_parts_are(outbox: Outbox) -> None:
    await outbox.deliver(Accepted(refs=("a", "b")))
    await report(outbox, "a")
    assert (await outbox.message()).state is SmsState.SENT
    await report(outbox, "a")
    assert (await outbox.message()).state is SmsState.SENT
    outbox.clock.moment += timedelta(seconds=3)
    await report(outbox, "b")
    message = await outbox.message()
    assert (message.state, message.delivered_at) == (SmsState.DELIVERED, outbox.clock.now())


async def test_a_part_that_was_not_delivered_fails_the_message(outbox: Outbox) -> None:
    await outbox.deliver(Accepted(refs=("a", "b")))
    await report(outbox, "a")
    await report(outbox, "b", ReceiptState.UNDELIVERED)
    message = await outbox.message()
    assert (message.state, message.error) == (SmsState.FAILED, "not delivered")


async def test_a_delivered_message_stays_delivered(outbox: Outbox) -> None:
    await outbox.deliver(Accepted(refs=("a",)))
    await report(outbox, "a")
    await report(outbox, "a", ReceiptState.UNDELIVERED)
    assert (await outbox.message()).state is SmsState.DELIVERED


async def test_a_receipt_that_overtakes_the_answer_is_matched_later(outbox: Outbox) -> None:
    await report(outbox, "ref-1")
    async with outbox.database.reading() as session:
        [job] = (await session.exec(select(Job).where(Job.kind == RECEIPT_JOB))).all()
    assert job.payload["ref"] == "ref-1"
    received_at = outbox.clock.now()

    async def match() -> Postponed | None:
        return await match_receipt(
            outbox.database.unit_of_work,
            ref="ref-1",
            state=ReceiptState.DELIVERED,
            received_at=received_at,
            at=outbox.clock.now(),
        )

    assert isinstance(await match(), Postponed)
    await outbox.deliver()
    outbox.clock.moment += timedelta(seconds=2)
    assert await match() is None
    message = await outbox.message()
    assert (message.state, message.delivered_at) == (SmsState.DELIVERED, received_at)


async def test_a_receipt_of_nobody_is_let_go_after_a_while(outbox: Outbox) -> None:
    received_at = outbox.clock.now()
    outbox.clock.moment += timedelta(minutes=6)
    answer = await match_receipt(
        outbox.database.unit_of_work,
        ref="strange",
        state=ReceiptState.DELIVERED,
        received_at=received_at,
        at=outbox.clock.now(),
    )
    assert answer is None


async def test_an_id_that_the_gateway_uses_again_means_its_newest_message(outbox: Outbox) -> None:
    await outbox.deliver(Accepted(refs=("7",)))
    first = outbox.sms_id
    await outbox.put()
    await outbox.deliver(Accepted(refs=("7",)))
    await report(outbox, "7")
    assert (await outbox.message()).state is SmsState.DELIVERED
    outbox.sms_id = first
    assert (await outbox.message()).state is SmsState.SENT
