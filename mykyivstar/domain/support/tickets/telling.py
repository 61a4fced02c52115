"""Whoever shows a ticket is told of it, and a customer who is away gets an SMS or a letter (M5)."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.lines.queries import own_phones
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.support.tickets.models import Ticket

_SMS_LIVES = timedelta(days=1)


def tell(session: AsyncSession, ticket: Ticket) -> None:
    """Bring open screens of the customer and of the desk up to date."""
    changed(session, Subject(Topic.DESK, 0))
    if ticket.profile_id is not None:
        changed(session, Subject(Topic.PROFILE, ticket.profile_id))


async def answered(session: AsyncSession, ticket: Ticket, *, at: datetime) -> None:
    """An answer is there: an SMS says so, at a decent hour."""
    phone = ticket.contact_phone
    if phone is None and ticket.profile_id is not None:
        phone = next(iter(await own_phones(session, ticket.profile_id)), None)
    if phone is not None:
        await send_sms(
            session,
            to=phone,
            template=SmsTemplate.TICKET_ANSWERED,
            params={"number": ticket.number},
            language=ticket.language,
            at=at,
            lives=_SMS_LIVES,
            send_at=when_awake(at),
        )
