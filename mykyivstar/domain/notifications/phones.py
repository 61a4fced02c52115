"""The demo phones: where the embedded SMS gateway puts what it carries."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import UnitOfWork, changed
from mykyivstar.domain.notifications.models import PhoneMessage
from mykyivstar.kit.msisdn import Msisdn

INBOX_SIZE_MAX = 50


def phone_subject(number: Msisdn) -> Subject:
    """What to watch to see a demo phone ring."""
    return Subject(Topic.PHONE, int(number.digits))


async def receive(unit_of_work: UnitOfWork, *, to: Msisdn, text: str, at: datetime) -> int:
    """Let an SMS arrive on a demo phone; the id it got there."""
    async with unit_of_work() as session:
        message = PhoneMessage(to=to, text=text, received_at=at)
        session.add(message)
        changed(session, phone_subject(to))
        await session.flush()
        assert message.id is not None
        return message.id


async def inbox(session: AsyncSession, number: Msisdn, *, limit: int = INBOX_SIZE_MAX) -> Sequence[PhoneMessage]:
    """What arrived on this phone, newest first."""
    assert 0 < limit <= INBOX_SIZE_MAX
    newest = select(PhoneMessage).where(PhoneMessage.to == number).order_by(col(PhoneMessage.id).desc()).limit(limit)
    return (await session.exec(newest)).all()
