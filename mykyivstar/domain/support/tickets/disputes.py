"""Disputed payments and charges as tickets: what the desk answers there, the dispute's own page says too (D3, O1)."""

from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.payments.models import Dispute, DisputeState
from mykyivstar.domain.support.models import Author, Specialism
from mykyivstar.domain.support.texts import cleaned
from mykyivstar.domain.support.tickets.models import Ticket, TicketNote, TicketSource
from mykyivstar.domain.support.tickets.opening import open_ticket
from mykyivstar.domain.support.tickets.telling import tell

_ANSWER_MOST = 2000


async def ticket_of(session: AsyncSession, dispute: Dispute, *, about: str, at: datetime) -> Ticket:
    """The ticket of a dispute that has an id, made once; `about` is the number of the payment or charge."""
    profile = await session.get(Profile, dispute.profile_id) if dispute.profile_id else None
    return await open_ticket(
        session,
        source=TicketSource.DISPUTE,
        source_ref=str(dispute.id),
        specialism=Specialism.MOBILE,
        title=about,
        words=dispute.words or about,
        language=profile.language if profile else Language.UK,
        profile_id=dispute.profile_id,
        contact_phone=dispute.contact_phone,
        at=at,
    )


async def add_words(session: AsyncSession, dispute: Dispute, *, at: datetime) -> None:
    """What the customer has said of a dispute after opening it without a word, for whoever works on its ticket."""
    found = await session.exec(
        select(Ticket).where(Ticket.source == TicketSource.DISPUTE, Ticket.source_ref == str(dispute.id))
    )
    if (ticket := found.first()) is None or not (said := cleaned(dispute.words)):
        return
    assert ticket.id is not None
    session.add(TicketNote(ticket_id=ticket.id, author=Author.CUSTOMER, text=said, at=at))
    tell(session, ticket)


async def answer_on_the_dispute(session: AsyncSession, ticket: Ticket, text: str, *, at: datetime) -> None:
    """What the desk has answered on the ticket of a dispute is the dispute's answer; one that is closed stays so."""
    dispute = await session.get(Dispute, int(ticket.source_ref)) if ticket.source_ref.isdecimal() else None
    if dispute is None or dispute.state is DisputeState.CLOSED:
        return
    dispute.answer, dispute.state, dispute.state_at = text[:_ANSWER_MOST], DisputeState.ANSWERED, at
    session.add(dispute)
