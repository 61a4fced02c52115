"""What is shown of conversations: messages after the last one known, lists, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.domain.support.models import Attachment, Author, Conversation, ConversationState, Message, Specialism

MESSAGES_AT_ONCE = 60
HISTORY = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A message with what it refers to."""

    message: Message
    # Who of the staff wrote it, "" for others.
    name: str
    attachment: Attachment | None


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A conversation in a consultant's list."""

    conversation: Conversation
    # Of the customer, newer than what the consultant has seen.
    unread: int


async def lines_after(session: AsyncSession, conversation_id: int, *, after: int) -> Sequence[Line]:
    """Messages newer than this one, in order."""
    rows = await session.exec(
        _lines(conversation_id).where(col(Message.id) > after).order_by(col(Message.id)).limit(MESSAGES_AT_ONCE)
    )
    return [Line(message, name or "", attachment) for message, name, attachment in rows]


async def newest_lines(
    session: AsyncSession, conversation_id: int, *, before: int | None = None
) -> tuple[Sequence[Line], bool]:
    """The newest messages (older than `before`), in order, and whether there are older ones still."""
    statement = _lines(conversation_id).order_by(col(Message.id).desc()).limit(MESSAGES_AT_ONCE + 1)
    if before is not None:
        statement = statement.where(col(Message.id) < before)
    rows = [Line(message, name or "", attachment) for message, name, attachment in await session.exec(statement)]
    return rows[:MESSAGES_AT_ONCE][::-1], len(rows) > MESSAGES_AT_ONCE


async def name_of(session: AsyncSession, staff_id: int | None) -> str:
    """What customers read of a member of the staff."""
    if staff_id is None:
        return ""
    return (await session.exec(select(StaffMember.name).where(StaffMember.id == staff_id))).first() or ""


async def history(session: AsyncSession, actor: Actor) -> Sequence[Conversation]:
    """The actor's newest conversations that have ended."""
    rows = await session.exec(
        select(Conversation)
        .where(Conversation.profile_id == actor.profile_id, Conversation.state == ConversationState.CLOSED)
        .order_by(col(Conversation.id).desc())
        .limit(HISTORY)
    )
    return rows.all()


async def running_at_desk(session: AsyncSession, staff: StaffActor, *, everybody: bool = False) -> Sequence[DeskEntry]:
    """The conversations that a member has, those with unread words of the customer first; for a lead everybody's."""
    unread = (
        select(func.count())
        .where(
            Message.conversation_id == Conversation.id,
            Message.author == Author.CUSTOMER,
            col(Message.id) > col(Conversation.staff_saw),
        )
        .scalar_subquery()
    )
    statement = (
        select(Conversation, unread)
        .where(Conversation.state == ConversationState.OPEN)
        .order_by(col(Conversation.last_at).desc(), col(Conversation.id).desc())
        .limit(100)
    )
    if not everybody:
        statement = statement.where(Conversation.staff_id == staff.staff_id)
    return [DeskEntry(conversation, count) for conversation, count in await session.exec(statement)]


async def whom_to_tell(session: AsyncSession, ids: Sequence[int]) -> Sequence[tuple[int, int, int | None]]:
    """Of these conversations: id, the customer's profile, the consultant."""
    rows = await session.exec(
        select(col(Conversation.id), col(Conversation.profile_id), col(Conversation.staff_id)).where(
            col(Conversation.id).in_(ids)
        )
    )
    return [(conversation_id or 0, profile_id, staff_id) for conversation_id, profile_id, staff_id in rows]


async def waiting_count(session: AsyncSession, specialism: Specialism) -> int:
    """How many wait for this specialist."""
    rows = await session.exec(
        select(func.count()).where(
            Conversation.state == ConversationState.WAITING, Conversation.specialism == specialism
        )
    )
    return rows.one()


async def who_waits(session: AsyncSession) -> set[int]:
    """Profiles whose place in a queue may have changed."""
    rows = await session.exec(
        select(col(Conversation.profile_id)).where(Conversation.state == ConversationState.WAITING)
    )
    return set(rows)


def _lines(conversation_id: int) -> Any:
    return (
        select(Message, col(StaffMember.name), Attachment)
        .outerjoin(StaffMember, col(StaffMember.id) == col(Message.staff_id))
        .outerjoin(Attachment, col(Attachment.id) == col(Message.attachment_id))
        .where(Message.conversation_id == conversation_id)
    )
