"""Putting an SMS into the outbox; the worker takes it from there (see `delivery`)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.jobs import enqueue
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.models import SmsMessage, SmsState
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.msisdn import Msisdn

SEND_JOB = "sms.send"


async def send_sms(
    session: AsyncSession,
    *,
    to: Msisdn,
    template: SmsTemplate,
    params: Mapping[str, str],
    language: Language,
    at: datetime,
    lives: timedelta,
    send_at: datetime | None = None,
) -> SmsMessage:
    """Send this SMS when, and only when, the transaction commits; after `lives` it is no longer worth sending.

    With `send_at` it waits until then (see `quiet.when_awake`), and `lives` counts from there.
    """
    assert set(params) == template.params, "the values of an SMS are those of its template"
    first = send_at or at
    message = SmsMessage(to=to, template=template, params=dict(params), created_at=at, expires_at=first + lives)
    message.language = language
    return await _put(session, message, first)


async def suppress_sms(
    session: AsyncSession,
    *,
    to: Msisdn,
    template: SmsTemplate,
    params: Mapping[str, str],
    language: Language,
    at: datetime,
    lives: timedelta,
) -> SmsMessage:
    """Do the same work as `send_sms`, in the same time, for a message that never leaves and keeps no values (A1)."""
    assert set(params) == template.params, "the values of an SMS are those of its template"
    message = SmsMessage(to=to, template=template, params=None, created_at=at, expires_at=at + lives)
    message.language = language
    message.state = SmsState.SUPPRESSED
    return await _put(session, message, at)


async def _put(session: AsyncSession, message: SmsMessage, first: datetime) -> SmsMessage:
    session.add(message)
    await session.flush()
    await enqueue(session, SEND_JOB, {"sms_id": message.id}, run_at=first)
    return message
