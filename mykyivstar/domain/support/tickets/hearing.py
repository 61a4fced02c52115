"""How a customer hears of answers to a ticket, and that they have looked (M5, K5)."""

from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.notices import inbox
from mykyivstar.domain.support.tickets.models import AnswerBy, Ticket
from mykyivstar.domain.support.tickets.queries import ticket_of
from mykyivstar.kit.email import parse_email


async def choose(session: AsyncSession, actor: Actor, code: str, *, way: AnswerBy, email: str) -> None:
    """From now on answers are told this way; `email` is where letters go. Raises NotFound, NotAnEmail."""
    ticket = await _locked(session, await ticket_of(session, actor, code))
    if way is AnswerBy.EMAIL:
        ticket.contact_email = parse_email(email)
    ticket.answer_by = way
    session.add(ticket)


async def saw(session: AsyncSession, actor: Actor, code: str, *, at: datetime) -> None:
    """The customer has the ticket before their eyes. Raises NotFound."""
    ticket = await _locked(session, await ticket_of(session, actor, code))
    if ticket.has_news:
        ticket.customer_saw_at = at
        session.add(ticket)
        changed(session, Subject(Topic.PROFILE, actor.profile_id))
        await inbox.saw(session, actor, at=at, about=f"{inbox.TICKET}:{code}")


async def _locked(session: AsyncSession, ticket: Ticket) -> Ticket:
    rows = await session.exec(
        select(Ticket).where(Ticket.id == ticket.id).with_for_update().execution_options(populate_existing=True)
    )
    return rows.one()
