"""Carrying an SMS from the outbox to the gateway: intent, submit, outcome, each on its own.

A process may die between any two of these steps. The message is then sent again, and `may_be_double` says that
the phone may have got it twice; what is never possible is that it is lost and nobody knows.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.models import SmsMessage, SmsPart, SmsState
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.ports.sms import Accepted, SmsGateway, SmsRejected, SmsUnanswered, SmsUnavailable

RETRY_FIRST = timedelta(seconds=1)
RETRY_LONGEST = timedelta(seconds=30)

log = logging.getLogger(__name__)

Wording = Callable[[SmsTemplate, Language, Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One try to send: what the intent transaction decided."""

    sms_id: int
    to: Msisdn
    text: str
    number: int


async def deliver(
    unit_of_work: UnitOfWork, gateway: SmsGateway, wording: Wording, *, sms_id: int, at: datetime
) -> Postponed | None:
    """Send this message unless it is sent, final or expired already; Postponed when it must be tried again."""
    async with unit_of_work() as session:
        attempt = await _begin(session, wording, sms_id, at)
    if attempt is None:
        return None
    try:
        accepted = await gateway.submit(key=f"sms-{sms_id}", to=attempt.to, text=attempt.text)
    except SmsRejected as refusal:
        await _failed(unit_of_work, attempt, str(refusal))
        return None
    except SmsUnavailable as reason:
        return await _again(unit_of_work, attempt, str(reason), at, may_be_double=False)
    except SmsUnanswered as reason:
        return await _again(unit_of_work, attempt, str(reason), at, may_be_double=True)
    await _sent(unit_of_work, attempt, accepted, at)
    return None


async def expire_sms(unit_of_work: UnitOfWork, *, at: datetime) -> int:
    """Give up on messages that nobody needs any more and wipe what they would have said; how many there were."""
    unsent = col(SmsMessage.state).in_([SmsState.WAITING, SmsState.SENDING])
    async with unit_of_work() as session:
        expired = await session.exec(
            update(SmsMessage)
            .where(unsent, col(SmsMessage.expires_at) <= at)
            .values(state=SmsState.EXPIRED, params=None)
            .returning(col(SmsMessage.id))
        )
        return len(expired.all())


async def _begin(session: AsyncSession, wording: Wording, sms_id: int, at: datetime) -> _Attempt | None:
    """Say in the outbox that we are about to send. A message found in SENDING was being sent by somebody who died."""
    unsent = col(SmsMessage.state).in_([SmsState.WAITING, SmsState.SENDING])
    found = await session.exec(
        update(SmsMessage)
        .where(col(SmsMessage.id) == sms_id, unsent)
        .values(
            state=SmsState.SENDING,
            attempts=col(SmsMessage.attempts) + 1,
            may_be_double=case((col(SmsMessage.state) == SmsState.SENDING, True), else_=col(SmsMessage.may_be_double)),
        )
        .returning(SmsMessage)
        .execution_options(populate_existing=True)
    )
    message = found.scalar_one_or_none()
    if message is None:
        return None
    if message.expires_at <= at:
        message.state = SmsState.EXPIRED
        message.params = None
        log.info("sms expired", extra={"sms_id": sms_id, "to": message.to.masked, "attempts": message.attempts - 1})
        return None
    text = wording(SmsTemplate(message.template), message.language, message.params or {})
    return _Attempt(sms_id=sms_id, to=message.to, text=text, number=message.attempts)


async def _sent(unit_of_work: UnitOfWork, attempt: _Attempt, accepted: Accepted, at: datetime) -> None:
    async with unit_of_work() as session:
        message = await _locked(session, attempt.sms_id)
        if message.state in {SmsState.WAITING, SmsState.SENDING, SmsState.EXPIRED}:
            message.state = SmsState.SENT
            message.sent_at = at
            message.params = None
            message.error = ""
        session.add_all(SmsPart(sms_id=attempt.sms_id, ref=ref) for ref in accepted.refs)
    log.info("sms sent", extra={"sms_id": attempt.sms_id, "to": attempt.to.masked, "attempt": attempt.number})


async def _failed(unit_of_work: UnitOfWork, attempt: _Attempt, reason: str) -> None:
    async with unit_of_work() as session:
        message = await _locked(session, attempt.sms_id)
        if _is_the_latest(attempt, message):
            message.state = SmsState.FAILED
            message.params = None
            message.error = reason[:200]
    log.warning("sms rejected", extra={"sms_id": attempt.sms_id, "to": attempt.to.masked, "reason": reason})


async def _again(
    unit_of_work: UnitOfWork, attempt: _Attempt, reason: str, at: datetime, *, may_be_double: bool
) -> Postponed | None:
    async with unit_of_work() as session:
        message = await _locked(session, attempt.sms_id)
        message.may_be_double = message.may_be_double or may_be_double
        if not _is_the_latest(attempt, message):
            return None
        message.state = SmsState.WAITING
        message.error = reason[:200]
    log.warning("sms postponed", extra={"sms_id": attempt.sms_id, "attempt": attempt.number, "reason": reason})
    pause = min(RETRY_FIRST * (1 << min(attempt.number - 1, 10)), RETRY_LONGEST)
    return Postponed(until=at + pause, reason=reason)


def _is_the_latest(attempt: _Attempt, message: SmsMessage) -> bool:
    """Whether nobody took the message over because we seemed dead."""
    return message.state is SmsState.SENDING and message.attempts == attempt.number


async def _locked(session: AsyncSession, sms_id: int) -> SmsMessage:
    return (await session.exec(select(SmsMessage).where(SmsMessage.id == sms_id).with_for_update())).one()
