"""Looking at the outboxes."""

from collections.abc import Mapping

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.notifications.models import MailMessage, MailState, SmsMessage, SmsState


async def count_by_state(session: AsyncSession) -> Mapping[SmsState, int]:
    """How many of the SMS that are kept are in each state; every state is there."""
    statement = select(SmsMessage.state, func.count()).group_by(col(SmsMessage.state))
    found = dict((await session.exec(statement)).all())
    return {state: found.get(state, 0) for state in SmsState}


async def count_mail_by_state(session: AsyncSession) -> Mapping[MailState, int]:
    """The same of letters."""
    statement = select(MailMessage.state, func.count()).group_by(col(MailMessage.state))
    found = dict((await session.exec(statement)).all())
    return {state: found.get(state, 0) for state in MailState}
