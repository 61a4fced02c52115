"""Carrying a letter from the outbox to the mail gateway: intent, words, sending, outcome.

A process may die between any two of these steps. The letter is then sent again under the same Message-ID, and
`may_be_double` says that two copies may have left; what is never possible is that it is lost and nobody knows.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.mail import MailTemplate
from mykyivstar.domain.notifications.models import MailMessage, MailState
from mykyivstar.ports.mail import Attachment, Letter, MailGateway, MailRejected, MailUnanswered, MailUnavailable

RETRY_FIRST = timedelta(seconds=5)
RETRY_LONGEST = timedelta(minutes=15)
_UNSENT = (MailState.WAITING, MailState.SENDING)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Content:
    """What a letter says, in the language of whoever gets it."""

    subject: str
    text: str
    html: str
    attachments: Sequence[Attachment] = ()


Composing = Callable[[MailTemplate, Language, Mapping[str, Any]], Awaitable[Content]]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One try to send: what the intent transaction decided."""

    mail_id: int
    key: str
    to: str
    template: MailTemplate
    language: Language
    params: Mapping[str, Any]
    number: int


async def deliver_mail(
    unit_of_work: UnitOfWork, gateway: MailGateway, compose: Composing, *, mail_id: int, at: datetime
) -> Postponed | None:
    """Send this letter unless it is sent, final or expired already; Postponed when it must be tried again."""
    async with unit_of_work() as session:
        attempt = await _begin(session, mail_id, at)
    if attempt is None:
        return None
    said = await compose(attempt.template, attempt.language, attempt.params)
    letter = Letter(
        key=attempt.key,
        to=attempt.to,
        subject=said.subject,
        text=said.text,
        html=said.html,
        attachments=said.attachments,
    )
    try:
        await gateway.send(letter)
    except MailRejected as refusal:
        await _failed(unit_of_work, attempt, str(refusal))
        return None
    except MailUnavailable as reason:
        return await _again(unit_of_work, attempt, reason, at)
    await _sent(unit_of_work, attempt, at)
    return None


async def expire_mail(unit_of_work: UnitOfWork, *, at: datetime) -> int:
    """Give up on letters that nobody needs any more and wipe their values; how many there were."""
    async with unit_of_work() as session:
        expired = await session.exec(
            update(MailMessage)
            .where(col(MailMessage.state).in_(_UNSENT), col(MailMessage.expires_at) <= at)
            .values(state=MailState.EXPIRED, params=None)
            .returning(col(MailMessage.id))
            .execution_options(synchronize_session=False)
        )
        return len(expired.all())


async def _begin(session: AsyncSession, mail_id: int, at: datetime) -> _Attempt | None:
    """Say in the outbox that we are about to send. A letter found in SENDING was being sent by somebody who died."""
    was_sending = col(MailMessage.state) == MailState.SENDING
    found = await session.exec(
        update(MailMessage)
        .where(col(MailMessage.id) == mail_id, col(MailMessage.state).in_(_UNSENT))
        .values(
            state=MailState.SENDING,
            attempts=col(MailMessage.attempts) + 1,
            may_be_double=case((was_sending, True), else_=col(MailMessage.may_be_double)),
        )
        .returning(MailMessage)
        .execution_options(populate_existing=True)
    )
    message = found.scalar_one_or_none()
    if message is None:
        return None
    if message.expires_at <= at:
        message.state = MailState.EXPIRED
        message.params = None
        log.info("mail expired", extra={"mail_id": mail_id, "attempts": message.attempts - 1})
        return None
    template, params = MailTemplate(message.template), message.params or {}
    return _Attempt(mail_id, message.key, message.to, template, message.language, params, message.attempts)


async def _sent(unit_of_work: UnitOfWork, attempt: _Attempt, at: datetime) -> None:
    async with unit_of_work() as session:
        message = await _locked(session, attempt.mail_id)
        if message.state in {*_UNSENT, MailState.EXPIRED}:
            message.state = MailState.SENT
            message.sent_at = at
            message.params = None
            message.error = ""
    log.info("mail sent", extra={"mail_id": attempt.mail_id, "attempt": attempt.number})


async def _failed(unit_of_work: UnitOfWork, attempt: _Attempt, reason: str) -> None:
    async with unit_of_work() as session:
        message = await _locked(session, attempt.mail_id)
        if _is_the_latest(attempt, message):
            message.state = MailState.FAILED
            message.params = None
            message.error = reason[:200]
    log.warning("mail rejected", extra={"mail_id": attempt.mail_id, "reason": reason})


async def _again(
    unit_of_work: UnitOfWork, attempt: _Attempt, reason: MailUnavailable, at: datetime
) -> Postponed | None:
    async with unit_of_work() as session:
        message = await _locked(session, attempt.mail_id)
        message.may_be_double = message.may_be_double or isinstance(reason, MailUnanswered)
        if not _is_the_latest(attempt, message):
            return None
        message.state = MailState.WAITING
        message.error = str(reason)[:200]
    log.warning("mail postponed", extra={"mail_id": attempt.mail_id, "attempt": attempt.number, "reason": str(reason)})
    pause = min(RETRY_FIRST * (1 << min(attempt.number - 1, 10)), RETRY_LONGEST)
    return Postponed(until=at + pause, reason=str(reason))


def _is_the_latest(attempt: _Attempt, message: MailMessage) -> bool:
    """Whether nobody took the letter over because we seemed dead."""
    return message.state is MailState.SENDING and message.attempts == attempt.number


async def _locked(session: AsyncSession, mail_id: int) -> MailMessage:
    return (await session.exec(select(MailMessage).where(MailMessage.id == mail_id).with_for_update())).one()
