"""A conversation from the consultant's side: taken from the queue, handed over, ended (K6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.prepared import ask
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.errors import UnknownStaff
from mykyivstar.domain.staff.models import StaffMember, StaffRole
from mykyivstar.domain.support import conversations, statements
from mykyivstar.domain.support.access import seen_by_staff, worked_on_by_staff
from mykyivstar.domain.support.errors import ConversationClosed, NotTheirSkill, TakenAlready, TooManyChats
from mykyivstar.domain.support.messages import note
from mykyivstar.domain.support.models import Conversation, ConversationState, Note, Specialism
from mykyivstar.domain.support.queue import take_if_waiting, waiting

_SEEN_EVERY = timedelta(seconds=30)


async def member_of(session: AsyncSession, staff: StaffActor) -> StaffMember:
    """The account of whoever asks. Raises UnknownStaff."""
    return await _member(session, staff.staff_id)


async def be_here(session: AsyncSession, staff: StaffActor, *, at: datetime) -> None:
    """The member's desk is open in a browser."""
    await session.execute(
        update(StaffMember)
        .where(
            col(StaffMember.id) == staff.staff_id,
            or_(col(StaffMember.seen_at).is_(None), col(StaffMember.seen_at) < at - _SEEN_EVERY),
        )
        .values(seen_at=at)
    )


async def set_available(session: AsyncSession, staff: StaffActor, *, is_available: bool, at: datetime) -> None:
    """Whether the member takes conversations; those they have stay theirs."""
    member = await member_of(session, staff)
    member.is_available, member.seen_at = is_available, at
    session.add(member)
    changed(session, Subject(Topic.DESK, 0))


async def take(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime) -> Conversation:
    """Take this conversation out of the queue. Raises NotFound, NotTheirSkill, TooManyChats, TakenAlready."""
    conversation = await seen_by_staff(session, staff, code)
    member = await member_of(session, staff)
    if conversation.specialism.value not in member.skill_list:
        raise NotTheirSkill
    await _require_room(session, member)
    if not await _take(session, conversation, member, at=at):
        raise TakenAlready
    return conversation


async def take_next(session: AsyncSession, staff: StaffActor, *, at: datetime) -> Conversation | None:
    """Take whoever waits longest for one of the member's skills; None when nobody does. Raises TooManyChats."""
    member = await member_of(session, staff)
    await _require_room(session, member)
    for conversation in await waiting(session, member.skill_list):
        if await _take(session, conversation, member, at=at):
            return conversation
    return None


async def take_over(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime) -> Conversation:
    """A lead goes on with somebody else's conversation. Raises StaffRoleNeeded, NotFound, ConversationClosed."""
    staff.require(StaffRole.LEAD)
    conversation = await seen_by_staff(session, staff, code)
    return await _give(session, conversation, await member_of(session, staff), at=at)


async def hand_over(session: AsyncSession, staff: StaffActor, code: str, *, to: int, at: datetime) -> Conversation:
    """Give the conversation to another member; a lead gives anybody's. Raises NotFound, UnknownStaff, NotTheirSkill."""
    conversation = await worked_on_by_staff(session, staff, code)
    member = await _member(session, to)
    if conversation.specialism.value not in member.skill_list:
        raise NotTheirSkill
    return await _give(session, conversation, member, at=at)


async def back_to_queue(
    session: AsyncSession, staff: StaffActor, code: str, *, specialism: Specialism, at: datetime
) -> Conversation:
    """Back into the queue, perhaps of another specialist, at the place of its first waiting. Raises NotFound."""
    conversation = await worked_on_by_staff(session, staff, code)
    if not conversation.state.is_running:
        raise ConversationClosed
    conversation.state, conversation.staff_id = ConversationState.WAITING, None
    # Whoever was sent on does not stand behind those who came later.
    conversation.specialism, conversation.queued_at = specialism, conversation.opened_at
    session.add(conversation)
    note(session, conversation, Note.BACK_IN_QUEUE, at=at, about={"specialism": specialism.value})
    return conversation


async def close(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime) -> None:
    """End it. Raises NotFound; one that has ended stays as it is."""
    await conversations.end(session, await worked_on_by_staff(session, staff, code), Note.CLOSED_BY_STAFF, at=at)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who could go on with it."""

    id: int
    name: str
    # The demo's own consultant cannot.
    can_sign_in: bool
    skills: Sequence[str]


async def colleagues(session: AsyncSession, staff: StaffActor, specialism: Specialism) -> Sequence[Colleague]:
    """To whom a conversation of this specialism could be handed over."""
    [rows] = await ask(session, (statements.COLLEAGUES, {"staff_id": staff.staff_id}))
    found = [Colleague(row.id, row.name, row.can_sign_in, row.skills.split(",")) for row in rows]
    return [each for each in found if specialism.value in each.skills]


async def _give(session: AsyncSession, conversation: Conversation, to: StaffMember, *, at: datetime) -> Conversation:
    if not conversation.state.is_running:
        raise ConversationClosed
    if conversation.staff_id == to.id:
        return conversation
    was = conversation.staff_id
    conversation.state, conversation.staff_id = ConversationState.OPEN, to.id
    conversation.taken_at = conversation.taken_at or at
    session.add(conversation)
    note(session, conversation, Note.HANDED_OVER if was else Note.TAKEN, at=at, about={"name": to.name})
    return conversation


async def _take(session: AsyncSession, conversation: Conversation, member: StaffMember, *, at: datetime) -> bool:
    assert conversation.id is not None
    assert member.id is not None
    if not await take_if_waiting(session, conversation.id, member.id, at=at):
        return False
    await session.refresh(conversation)
    note(session, conversation, Note.TAKEN, at=at, about={"name": member.name})
    return True


async def _require_room(session: AsyncSession, member: StaffMember) -> None:
    busy = await session.exec(
        select(func.count()).where(Conversation.staff_id == member.id, Conversation.state == ConversationState.OPEN)
    )
    if busy.one() >= member.capacity:
        raise TooManyChats(most=member.capacity)


async def _member(session: AsyncSession, staff_id: int) -> StaffMember:
    rows = await session.exec(
        select(StaffMember).where(StaffMember.id == staff_id, col(StaffMember.closed_at).is_(None))
    )
    if (member := rows.first()) is None:
        raise UnknownStaff
    return member
