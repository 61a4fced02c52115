"""E-mail: send what the outbox holds."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.notifications.mail import SEND_MAIL_JOB
from mykyivstar.domain.notifications.mail_delivery import deliver_mail, expire_mail
from mykyivstar.jobs.letters import composing
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Every


@job(SEND_MAIL_JOB, time_limit=timedelta(minutes=2))
async def send(context: JobContext, payload: Mapping[str, Any], at: datetime) -> Postponed | None:
    """Send one letter."""
    compose = composing(context.database.reading, context.ports)
    return await deliver_mail(
        context.database.unit_of_work, context.ports.mail, compose, mail_id=payload["mail_id"], at=at
    )


@job("mail.expire", schedule=Every(timedelta(minutes=10)))
async def expire(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Give up on what nobody needs any more."""
    await expire_mail(context.database.unit_of_work, at=at)
