"""A request of somebody who is not signed in: whoever knows its address reads it and writes to it (K3)."""

from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import limits
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.support.texts import message_text
from mykyivstar.domain.support.tickets import work
from mykyivstar.domain.support.tickets.models import Ticket
from mykyivstar.kit.errors import NotFound


def address_of(site: str, code: str) -> str:
    """The page of such a request ("https://my.example.ua/contact/…"), for letters and SMS."""
    return f"{site}/contact/{code}"


async def request_of(session: AsyncSession, code: str) -> Ticket:
    """The request at this address; those of customers are seen by them alone, signed in. Raises NotFound."""
    ticket = (await session.exec(select(Ticket).where(Ticket.code == code))).first()
    if ticket is None or not ticket.is_public:
        raise NotFound
    return ticket


async def write(unit_of_work: UnitOfWork, code: str, *, text: str, address: str, at: datetime) -> None:
    """Add something to it. Raises NotFound, TicketClosed, MessageEmpty, MessageTooLong, TooManyTries."""
    said = message_text(text)
    async with unit_of_work() as session:
        await request_of(session, code)
        tries = ((Rule.FEEDBACK_NOTES_OF_REQUEST, code), (Rule.FEEDBACK_NOTES_FOR_ADDRESS, address))
        wait = await limits.hit(session, at, *tries)
    limits.refuse_if_over(wait)
    async with unit_of_work() as session:
        await work.asker_writes(session, await request_of(session, code), text=said, at=at)


async def accept(session: AsyncSession, code: str, *, at: datetime) -> None:
    """It is solved indeed. Raises NotFound, TicketStateUnfit."""
    await work.asker_accepts(session, await request_of(session, code), at=at)
