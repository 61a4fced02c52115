"""Whoever shows a ticket is told of it, and a customer who is away gets an SMS or a letter (M5)."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.lines.queries import own_phones
from mykyivstar.domain.notices.choosing import ways_of
from mykyivstar.domain.notices.inbox import TICKET, put
from mykyivstar.domain.notices.topics import NoticeTopic
from mykyivstar.domain.notifications.mail import MailTemplate, send_mail
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.support.tickets.models import AnswerBy, Ticket, TicketNote
from mykyivstar.kit.msisdn import Msisdn

_SMS_LIVES = timedelta(days=1)
_LETTER_LIVES = timedelta(days=3)


def tell(session: AsyncSession, ticket: Ticket) -> None:
    """Bring open screens of the customer and of the desk up to date."""
    changed(session, Subject(Topic.DESK, 0))
    if ticket.profile_id is not None:
        changed(session, Subject(Topic.PROFILE, ticket.profile_id))


async def answered(session: AsyncSession, ticket: Ticket, note: TicketNote, *, at: datetime) -> None:
    """An answer is there: a letter brings it at once, or an SMS says so at a decent hour, as the ticket wants it.

    In My Kyivstar its customer finds it in any case, and sees a mark unless they switched that off.
    """
    if ticket.profile_id is not None:
        await _mark(session, ticket, ticket.profile_id, at)
    if ticket.answer_by is AnswerBy.APP and ticket.profile_id is not None:
        return
    phone = None if ticket.answer_by is AnswerBy.EMAIL else await _phone(session, ticket)
    if phone is not None:
        await _send_sms(session, ticket, phone, at)
    elif (address := await _email(session, ticket)) is not None:
        await session.flush()
        await send_mail(
            session,
            key=f"ticket-note:{note.id}",
            to=address,
            template=MailTemplate.TICKET_ANSWER,
            params={"note_id": note.id},
            language=ticket.language,
            at=at,
            lives=_LETTER_LIVES,
        )


async def usual_way(session: AsyncSession, profile_id: int) -> AnswerBy:
    """How this customer hears of answers to a new request: by the first way that they chose for requests."""
    ways = await ways_of(session, profile_id, NoticeTopic.REQUESTS)
    if ways.sms:
        return AnswerBy.SMS
    has_address = (await session.get_one(Profile, profile_id)).contact_email is not None
    return AnswerBy.EMAIL if ways.email and has_address else AnswerBy.APP


async def _mark(session: AsyncSession, ticket: Ticket, profile_id: int, at: datetime) -> None:
    if (await ways_of(session, profile_id, NoticeTopic.REQUESTS)).app:
        about, params = f"{TICKET}:{ticket.code}", {"number": ticket.number}
        await put(session, profile_id, SmsTemplate.TICKET_ANSWERED, params, at=at, about=about)


async def _send_sms(session: AsyncSession, ticket: Ticket, phone: Msisdn, at: datetime) -> None:
    await send_sms(
        session,
        to=phone,
        template=SmsTemplate.REQUEST_ANSWERED if ticket.is_public else SmsTemplate.TICKET_ANSWERED,
        params={"number": ticket.number} | ({"request": ticket.code} if ticket.is_public else {}),
        language=ticket.language,
        at=at,
        lives=_SMS_LIVES,
        send_at=when_awake(at),
    )


async def _phone(session: AsyncSession, ticket: Ticket) -> Msisdn | None:
    if ticket.contact_phone is not None or ticket.profile_id is None:
        return ticket.contact_phone
    return next(iter(await own_phones(session, ticket.profile_id)), None)


async def _email(session: AsyncSession, ticket: Ticket) -> str | None:
    """The ticket's own address, else the one that its customer has in the profile."""
    if ticket.contact_email is not None or ticket.profile_id is None:
        return ticket.contact_email
    return (await session.get_one(Profile, ticket.profile_id)).contact_email
