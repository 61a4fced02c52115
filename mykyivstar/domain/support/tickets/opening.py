"""Making a ticket: from a conversation, a form, a dispute or a fault, always by `open_ticket` (K5)."""

from datetime import datetime
from secrets import token_urlsafe
from string import ascii_letters, digits

from sqlalchemy.exc import IntegrityError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.turns import take_turn
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.support.access import worked_on_by_staff
from mykyivstar.domain.support.errors import MessageEmpty, TitleEmpty
from mykyivstar.domain.support.messages import note
from mykyivstar.domain.support.models import Author, Note, Specialism
from mykyivstar.domain.support.texts import message_text
from mykyivstar.domain.support.tickets.models import AnswerBy, Ticket, TicketNote, TicketSource, TicketState
from mykyivstar.domain.support.tickets.telling import tell, usual_way
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.secret import new_code

TITLE_MOST = 120


async def open_ticket(
    session: AsyncSession,
    *,
    source: TicketSource,
    source_ref: str,
    specialism: Specialism,
    title: str,
    words: str,
    language: Language,
    at: datetime,
    profile_id: int | None = None,
    contact_phone: Msisdn | None = None,
    contact_email: str | None = None,
    contact_name: str = "",
    answer_by: AnswerBy | None = None,
) -> Ticket:
    """A ticket of this source, made once however often it is asked for; to be answered within the source's time.

    Whoever has no profile is answered at `contact_phone` or `contact_email`, as `answer_by` says; a customer, without
    it, the way they chose for requests (M5). Raises MessageEmpty (TitleEmpty), MessageTooLong.
    """
    name, said = _title(title), message_text(words)
    if (ticket := await of_source(session, source, source_ref)) is not None:
        return ticket
    if answer_by is None:
        answer_by = AnswerBy.SMS if profile_id is None else await usual_way(session, profile_id)
    ticket = Ticket(
        code=_new_code(source),
        source=source,
        source_ref=source_ref[:40],
        specialism=specialism,
        profile_id=profile_id,
        contact_phone=contact_phone,
        contact_email=contact_email,
        contact_name=contact_name,
        answer_by=answer_by,
        language=language,
        title=name,
        words=said,
        deadline_at=at + source.answered_within,
        opened_at=at,
        state_at=at,
    )
    try:
        async with session.begin_nested():
            session.add(ticket)
    except IntegrityError:
        # Somebody else made it at the same moment.
        ticket = await of_source(session, source, source_ref)
        assert ticket is not None, "nothing else about a ticket is to be the only one"
        return ticket
    assert ticket.id is not None
    session.add(TicketNote(ticket_id=ticket.id, author=Author.SYSTEM, state=TicketState.NEW, at=at))
    tell(session, ticket)
    return ticket


async def of_source(session: AsyncSession, source: TicketSource, source_ref: str) -> Ticket | None:
    """The ticket that was made of this, if one was."""
    query = select(Ticket).where(Ticket.source == source, Ticket.source_ref == source_ref[:40])
    return (await session.exec(query)).first()


async def from_conversation(
    session: AsyncSession, staff: StaffActor, code: str, *, key: str, title: str, words: str, at: datetime
) -> Ticket:
    """What cannot be solved in the conversation becomes a ticket of whoever answers; both sides read so there.

    `key` is made by the form, so that a second press makes no second ticket. Raises NotFound, MessageEmpty
    (TitleEmpty), MessageTooLong.
    """
    conversation = await worked_on_by_staff(session, staff, code)
    source_ref = f"{conversation.id}:{key}"
    await take_turn(session, f"ticket:{source_ref}")
    if (known := await of_source(session, TicketSource.CHAT, source_ref)) is not None:
        return known
    ticket = await open_ticket(
        session,
        source=TicketSource.CHAT,
        source_ref=source_ref,
        specialism=conversation.specialism,
        title=title,
        words=words,
        language=conversation.language,
        at=at,
        profile_id=conversation.profile_id,
    )
    ticket.staff_id, ticket.state = staff.staff_id, TicketState.IN_WORK
    session.add(ticket)
    note(session, conversation, Note.TICKET, at=at, about={"number": ticket.number})
    return ticket


def _new_code(source: TicketSource) -> str:
    """Nobody guesses it. Of a form it stands in an SMS: 95 random bits in signs that no phone cuts a link at."""
    return new_code(ascii_letters + digits, 16) if source is TicketSource.FORM else token_urlsafe(18)


def _title(title: str) -> str:
    try:
        return message_text(title)[:TITLE_MOST]
    except MessageEmpty as empty:
        raise TitleEmpty from empty
