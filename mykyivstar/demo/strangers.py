"""What somebody without a profile has written to us by the contact form, waiting at the desk."""

import hashlib
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.feedback.sending import title_of
from mykyivstar.domain.support.models import Author, Specialism
from mykyivstar.domain.support.tickets.models import AnswerBy, Ticket, TicketNote, TicketSource, TicketState

_REF = "demo-form"
_WORDS = (
    "Чи можна під’єднати домашній інтернет на Лісовій, 12?\n"
    "Переїжджаємо за два тижні. У сусідньому будинку Київстар уже є, а на сайті нашої адреси немає. 🙂"
)


async def add_messages(session: AsyncSession, at: datetime) -> None:
    """One message of three hours ago, once."""
    known = select(Ticket.id).where(col(Ticket.source) == TicketSource.FORM, col(Ticket.source_ref) == _REF)
    if (await session.exec(known)).first() is not None:
        return
    written = at - timedelta(hours=3)
    ticket = Ticket(
        code=hashlib.sha256(_REF.encode()).hexdigest()[:16],
        source=TicketSource.FORM,
        source_ref=_REF,
        specialism=Specialism.INTERNET,
        contact_email="ivan@example.com",
        contact_name="Іван",
        answer_by=AnswerBy.EMAIL,
        title=title_of(_WORDS),
        words=_WORDS,
        deadline_at=written + TicketSource.FORM.answered_within,
        opened_at=written,
        state_at=written,
    )
    session.add(ticket)
    await session.flush()
    session.add(TicketNote(ticket_id=ticket.id or 0, author=Author.SYSTEM, state=TicketState.NEW, at=written))
