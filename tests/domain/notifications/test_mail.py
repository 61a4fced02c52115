"""How a letter gets into the outbox and out of it, and what the outbox knows when something breaks on the way."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job, Postponed
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.mail import SEND_MAIL_JOB, MailTemplate, send_mail
from mykyivstar.domain.notifications.mail_delivery import Content, deliver_mail, expire_mail
from mykyivstar.domain.notifications.models import MailMessage, MailState
from mykyivstar.kit.clock import FixedClock
from mykyivstar.ports.mail import Letter, MailRejected, MailUnanswered, MailUnavailable

KEY = "receipt:abc:credited"


class ScriptedGateway:
    """Takes letters until told to do otherwise."""

    def __init__(self) -> None:
        self.taken: list[Letter] = []
        self.answers: list[Exception] = []

    async def send(self, letter: Letter) -> None:
        self.taken.append(letter)
        if self.answers:
            raise self.answers.pop(0)


async def compose(template: MailTemplate, language: Language, params: Mapping[str, Any]) -> Content:
    return Content(f"{template.value} {params['payment_id']}", language.value, "")


class Outbox:
    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock, self.gateway = database, clock, ScriptedGateway()

    async def put(self, key: str = KEY) -> bool:
        async with self.database.unit_of_work() as session:
            return await send_mail(
                session,
                key=key,
                to="olena@example.com",
                template=MailTemplate.RECEIPT,
                params={"payment_id": 7},
                language=Language.RU,
                at=self.clock.now(),
                lives=timedelta(days=3),
            )

    async def deliver(self, *answers: Exception) -> Postponed | None:
        self.gateway.answers.extend(answers)
        mail_id = (await self.message()).id
        assert mail_id is not None
        at = self.clock.now()
        return await deliver_mail(self.database.unit_of_work, self.gateway, compose, mail_id=mail_id, at=at)

    async def message(self) -> MailMessage:
        async with self.database.reading() as session:
            return (await session.exec(select(MailMessage))).one()


@pytest.fixture
async def outbox(database: Database, clock: FixedClock) -> Outbox:
    outbox = Outbox(database, clock)
    assert await outbox.put()
    return outbox


async def test_the_same_key_is_one_letter_and_one_job(outbox: Outbox) -> None:
    assert not await outbox.put()
    async with outbox.database.reading() as session:
        jobs = (await session.exec(select(Job).where(Job.kind == SEND_MAIL_JOB))).all()
    assert [job.payload for job in jobs] == [{"mail_id": (await outbox.message()).id}]


async def test_a_letter_is_composed_and_sent_once_and_forgets_its_values(outbox: Outbox) -> None:
    assert await outbox.deliver() is None
    assert await outbox.deliver() is None
    [letter] = outbox.gateway.taken
    assert (letter.key, letter.to, letter.subject, letter.text) == (KEY, "olena@example.com", "receipt 7", "ru")
    message = await outbox.message()
    assert (message.state, message.attempts, message.params) == (MailState.SENT, 1, None)
    assert (message.sent_at, message.may_be_double) == (outbox.clock.now(), False)


async def test_a_rejected_letter_fails_for_good(outbox: Outbox) -> None:
    assert await outbox.deliver(MailRejected("recipient refused: 550")) is None
    assert await outbox.deliver() is None
    message = await outbox.message()
    assert (message.state, message.error) == (MailState.FAILED, "recipient refused: 550")
    assert message.params is None
    assert len(outbox.gateway.taken) == 1


async def test_an_unavailable_relay_is_asked_again_ever_later_under_the_same_key(outbox: Outbox) -> None:
    pauses = []
    for _ in range(10):
        again = await outbox.deliver(MailUnavailable("no route"))
        assert isinstance(again, Postponed)
        pauses.append((again.until - outbox.clock.now()).total_seconds())
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    await outbox.deliver()
    message = await outbox.message()
    assert (message.state, message.may_be_double, message.error) == (MailState.SENT, False, "")
    assert {letter.key for letter in outbox.gateway.taken} == {KEY}


async def test_an_unanswered_letter_is_known_as_a_possible_double(outbox: Outbox) -> None:
    assert isinstance(await outbox.deliver(MailUnanswered("lost")), Postponed)
    await outbox.deliver()
    message = await outbox.message()
    assert (message.state, message.may_be_double, message.attempts) == (MailState.SENT, True, 2)


async def test_a_letter_that_nobody_needs_any_more_is_never_sent(outbox: Outbox) -> None:
    outbox.clock.moment += timedelta(days=3)
    assert await outbox.deliver() is None
    message = await outbox.message()
    assert (message.state, message.params) == (MailState.EXPIRED, None)
    assert outbox.gateway.taken == []


async def test_what_waits_too_long_is_given_up_by_the_clock(outbox: Outbox) -> None:
    await outbox.deliver(MailUnavailable("no route"))
    assert await expire_mail(outbox.database.unit_of_work, at=outbox.clock.now()) == 0
    outbox.clock.moment += timedelta(days=3)
    assert await expire_mail(outbox.database.unit_of_work, at=outbox.clock.now()) == 1
    assert ((await outbox.message()).state, (await outbox.message()).params) == (MailState.EXPIRED, None)


async def test_a_process_that_dies_while_sending_leaves_a_possible_double(outbox: Outbox) -> None:
    reached = asyncio.Event()

    class Silent:
        async def send(self, letter: Letter) -> None:
            reached.set()
            await asyncio.sleep(60)

    mail_id = (await outbox.message()).id or 0
    dying = asyncio.create_task(
        deliver_mail(outbox.database.unit_of_work, Silent(), compose, mail_id=mail_id, at=outbox.clock.now())
    )
    await reached.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    assert (await outbox.message()).state is MailState.SENDING
    await outbox.deliver()
    message = await outbox.message()
    assert (message.state, message.may_be_double) == (MailState.SENT, True)
