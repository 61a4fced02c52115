"""The demo phones: where the embedded SMS gateway puts what it carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import UnitOfWork, changed
from mykyivstar.domain.lines.models import Holding, Line, Owner
from mykyivstar.domain.notifications.models import PhoneMessage
from mykyivstar.kit.msisdn import Msisdn

INBOX_SIZE_MAX = 50
PHONES_MAX = 12


@dataclass(frozen=True, slots=True)
class Phone:
    """A number somebody may want to look at; `name` is its owner's, "" when the register does not say."""

    number: Msisdn
    name: str


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


async def phones(session: AsyncSession) -> Sequence[Phone]:
    """Numbers worth looking at: those that got a message last, then those that somebody has in a profile."""
    newest = func.max(col(PhoneMessage.id))
    rang = select(col(PhoneMessage.to)).group_by(col(PhoneMessage.to)).order_by(newest.desc()).limit(PHONES_MAX)
    held = (
        select(col(Line.msisdn))
        .where(col(Line.id).in_(select(col(Holding.line_id))))
        .order_by(col(Line.id))
        .limit(PHONES_MAX)
    )
    numbers = dict.fromkeys([*(await session.exec(rang)).all(), *(await session.exec(held)).all()])
    named = select(col(Line.msisdn), col(Owner.name)).join(Owner).where(col(Line.msisdn).in_(numbers))
    names = dict((await session.exec(named)).all())
    return [Phone(number, names.get(number, "")) for number in list(numbers)[:PHONES_MAX]]
