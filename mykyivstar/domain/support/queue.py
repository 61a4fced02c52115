"""Who waits, how long still, and who answers next (K1): from the queue to a consultant, onward, and to the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.domain.support.models import Conversation, ConversationState, Specialism
from mykyivstar.domain.support.reading import Standing

# A member whose desk has been silent for longer is not counted on.
PRESENT = timedelta(minutes=2)
# Of so many ended conversations the usual length is taken, within these bounds; nothing known yet: the default.
_SAMPLE = 20
_SHORTEST, _LONGEST, _DEFAULT = timedelta(minutes=1), timedelta(minutes=30), timedelta(minutes=5)
_AT_ONCE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a queue: the first is 1; `wait` is an estimate."""

    position: int
    wait: timedelta


async def place_of(session: AsyncSession, conversation: Conversation | Standing, *, at: datetime) -> Place:
    """Where a waiting conversation stands."""
    before = select(func.count()).where(
        Conversation.state == ConversationState.WAITING,
        Conversation.specialism == conversation.specialism,
        or_(
            col(Conversation.queued_at) < conversation.queued_at,
            (col(Conversation.queued_at) == conversation.queued_at) & (col(Conversation.id) < conversation.id),
        ),
    )
    position = (await session.exec(before)).one() + 1
    return Place(position, await expected_wait(session, conversation.specialism, position, at=at))


async def expected_wait(session: AsyncSession, specialism: Specialism, position: int, *, at: datetime) -> timedelta:
    """How long the one in this position may wait: by who is there, how many they talk to, and how long that takes."""
    places = free = 0
    for member, busy in await present(session, specialism, at=at):
        places += member.capacity
        free += max(0, member.capacity - busy)
    if free >= position:
        return _AT_ONCE
    usual = await _usual_length(session, specialism)
    rounds = -(-(position - free) // max(1, places))
    return usual * rounds


async def present(session: AsyncSession, specialism: Specialism, *, at: datetime) -> Sequence[tuple[StaffMember, int]]:
    """Members with this skill who take conversations now, and how many each has."""
    busy = (
        select(col(Conversation.staff_id), func.count().label("busy"))
        .where(Conversation.state == ConversationState.OPEN)
        .group_by(col(Conversation.staff_id))
        .subquery()
    )
    rows = await session.exec(
        select(StaffMember, func.coalesce(busy.c.busy, 0))
        .outerjoin(busy, busy.c.staff_id == col(StaffMember.id))
        .where(
            col(StaffMember.is_available).is_(True),
            col(StaffMember.closed_at).is_(None),
            col(StaffMember.seen_at) > at - PRESENT,
        )
        .order_by(col(StaffMember.id))
    )
    return [(member, count) for member, count in rows if specialism.value in member.skill_list]


async def take_if_waiting(session: AsyncSession, conversation_id: int, staff_id: int, *, at: datetime) -> bool:
    """Give a waiting conversation to a member; False when somebody was quicker."""
    won = await session.execute(
        update(Conversation)
        .where(col(Conversation.id) == conversation_id, col(Conversation.state) == ConversationState.WAITING)
        .values(state=ConversationState.OPEN, staff_id=staff_id, taken_at=func.coalesce(col(Conversation.taken_at), at))
        .returning(col(Conversation.id))
    )
    return won.scalar_one_or_none() is not None


async def waiting(session: AsyncSession, skills: Sequence[str], *, limit: int = 50) -> Sequence[Conversation]:
    """Who waits for one of these skills, the longest first."""
    rows = await session.exec(
        select(Conversation)
        .where(Conversation.state == ConversationState.WAITING, col(Conversation.specialism).in_(skills))
        .order_by(col(Conversation.queued_at), col(Conversation.id))
        .limit(limit)
    )
    return rows.all()


async def _usual_length(session: AsyncSession, specialism: Specialism) -> timedelta:
    rows = await session.exec(
        select(col(Conversation.taken_at), col(Conversation.closed_at))
        .where(
            Conversation.state == ConversationState.CLOSED,
            Conversation.specialism == specialism,
            col(Conversation.taken_at).is_not(None),
        )
        .order_by(col(Conversation.closed_at).desc())
        .limit(_SAMPLE)
    )
    lengths = [ended - taken for taken, ended in rows if taken and ended]
    if not lengths:
        return _DEFAULT
    return min(_LONGEST, max(_SHORTEST, sum(lengths, timedelta()) / len(lengths)))
