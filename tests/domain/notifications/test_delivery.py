"""How a message leaves the outbox, and what the outbox knows when something breaks on the way."""

import asyncio
import logging
from datetime import timedelta

import pytest

from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.notifications.delivery import deliver, expire_sms
from mykyivstar.domain.notifications.models import SmsState
from mykyivstar.domain.notifications.sms import suppress_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.ports.sms import Accepted, SmsRejected, SmsUnanswered, SmsUnavailable
from tests.domain.notifications.conftest import OLENA, Outbox, wording


async def test_a_taken_message_is_sent_once_and_forgets_its_code(outbox: Outbox) -> None:
    assert await outbox.deliver(Accepted(refs=("a", "b"))) is None
    assert await outbox.deliver() is None
    message = await outbox.message()
    assert (message.state, message.attempts, message.may_be_double) == (SmsState.SENT, 1, False)
    assert message.params is None
    assert message.sent_at == outbox.clock.now()
    assert outbox.gateway.taken == ["code K7MD"]
    assert await outbox.parts() == ["a", "b"]


async def test_a_rejected_message_fails_for_good_and_forgets_its_code(outbox: Outbox) -> None:
    assert await outbox.deliver(SmsRejected("invalid destination")) is None
    assert await outbox.deliver() is None
    message = await outbox.message()
    assert (message.state, message.error, message.params) == (SmsState.FAILED, "invalid destination", None)
    assert len(outbox.gateway.taken) == 1


async def test_an_unavailable_gateway_is_asked_again_ever_later_without_fear_of_doubles(outbox: Outbox) -> None:
    pauses = []
    for _ in range(7):
        again = await outbox.deliver(SmsUnavailable("not connected"))
        assert isinstance(again, Postponed)
        pauses.append((again.until - outbox.clock.now()).total_seconds())
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    message = await outbox.message()
    assert (message.state, message.may_be_double, message.error) == (SmsState.WAITING, False, "not connected")
    assert message.params == {"code": "K7MD"}
    await outbox.deliver()
    message = await outbox.message()
    assert (message.state, message.may_be_double, message.error) == (SmsState.SENT, False, "")


async def test_an_unanswered_message_is_sent_again_and_known_as_a_possible_double(outbox: Outbox) -> None:
    assert isinstance(await outbox.deliver(SmsUnanswered("no answer in 15 s")), Postponed)
    await outbox.deliver()
    message = await outbox.message()
    assert (message.state, message.may_be_double, message.attempts) == (SmsState.SENT, True, 2)


async def test_an_expired_code_is_never_sent(outbox: Outbox) -> None:
    outbox.clock.moment += timedelta(minutes=5)
    assert await outbox.deliver() is None
    message = await outbox.message()
    assert (message.state, message.params) == (SmsState.EXPIRED, None)
    assert outbox.gateway.taken == []


async def test_a_code_that_expires_between_tries_is_given_up(outbox: Outbox) -> None:
    await outbox.deliver(SmsUnanswered("no answer"))
    outbox.clock.moment += timedelta(minutes=6)
    assert await outbox.deliver() is None
    message = await outbox.message()
    assert (message.state, message.params, message.may_be_double) == (SmsState.EXPIRED, None, True)


async def test_a_process_that_dies_while_sending_leaves_a_possible_double(outbox: Outbox) -> None:
    reached = asyncio.Event()

    class Silent:
        async def submit(self, **_message: object) -> Accepted:
            reached.set()
            await asyncio.Event().wait()
            raise AssertionError

    dying = asyncio.create_task(
        deliver(outbox.database.unit_of_work, Silent(), wording, sms_id=outbox.sms_id, at=outbox.clock.now())  # type: ignore[arg-type]
    )
    await reached.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    assert (await outbox.message()).state is SmsState.SENDING
    await outbox.deliver()
    message = await outbox.message()
    assert (message.state, message.may_be_double, message.attempts) == (SmsState.SENT, True, 2)


async def test_a_late_loser_does_not_send_a_third_copy(outbox: Outbox) -> None:
    """The first sender stalls, a second one takes over and succeeds, then the first one gets no answer."""
    may_fail = asyncio.Event()

    class Stalling:
        async def submit(self, **_message: object) -> Accepted:
            await may_fail.wait()
            raise SmsUnanswered("stalled")

    loser = asyncio.create_task(
        deliver(outbox.database.unit_of_work, Stalling(), wording, sms_id=outbox.sms_id, at=outbox.clock.now())  # type: ignore[arg-type]
    )
    while (await outbox.message()).state is not SmsState.SENDING:  # noqa: ASYNC110 in the database
        await asyncio.sleep(0.01)
    await outbox.deliver()
    may_fail.set()
    assert await loser is None
    message = await outbox.message()
    assert (message.state, message.may_be_double) == (SmsState.SENT, True)


async def test_a_decoy_never_leaves(outbox: Outbox) -> None:
    async with outbox.database.unit_of_work() as session:
        decoy = await suppress_sms(
            session,
            to=OLENA,
            template=SmsTemplate.CODE_SIGN_IN,
            params={"code": "K7MD"},
            language=(await outbox.message()).language,
            at=outbox.clock.now(),
            lives=timedelta(minutes=5),
        )
    assert decoy.id
    outbox.sms_id = decoy.id
    assert await outbox.deliver() is None
    assert outbox.gateway.taken == []
    assert (await outbox.message()).state is SmsState.SUPPRESSED


@pytest.mark.parametrize("died_in", [SmsState.WAITING, SmsState.SENDING])
async def test_the_sweeper_gives_up_what_no_job_will_send(outbox: Outbox, died_in: SmsState) -> None:
    async with outbox.database.unit_of_work() as session:
        message = await outbox.message()
        message.state = died_in
        await session.merge(message)
    assert await expire_sms(outbox.database.unit_of_work, at=outbox.clock.now()) == 0
    outbox.clock.moment += timedelta(minutes=5)
    assert await expire_sms(outbox.database.unit_of_work, at=outbox.clock.now()) == 1
    message = await outbox.message()
    assert (message.state, message.params) == (SmsState.EXPIRED, None)


async def test_logs_tell_neither_texts_nor_numbers(outbox: Outbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="mykyivstar")
    await outbox.deliver(SmsUnavailable("not connected"))
    await outbox.deliver(SmsUnanswered("no answer"))
    await outbox.deliver()
    ours = [record for record in caplog.records if record.name.startswith("mykyivstar")]
    assert [record.getMessage() for record in ours] == ["sms postponed", "sms postponed", "sms sent"]
    everything = str([vars(record) for record in ours])
    assert "K7MD" not in everything
    assert "380671000001" not in everything
