"""Whose a conversation is: every look and every word starts here, so nobody reads or writes another person's."""

from typing import Protocol

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support.models import Conversation, ConversationState
from mykyivstar.kit.errors import NotFound


async def of_customer(session: AsyncSession, actor: Actor, code: str) -> Conversation:
    """The actor's own conversation. Raises NotFound."""
    found = await session.exec(
        select(Conversation).where(Conversation.code == code, Conversation.profile_id == actor.profile_id)
    )
    if (conversation := found.first()) is None:
        raise NotFound
    return conversation


async def of_staff(session: AsyncSession, staff: StaffActor, code: str) -> Conversation:
    """A conversation that this member has, to write in. Raises NotFound, for a lead too: take it over first."""
    found = await session.exec(
        select(Conversation).where(Conversation.code == code, Conversation.staff_id == staff.staff_id)
    )
    if (conversation := found.first()) is None:
        raise NotFound
    return conversation


async def worked_on_by_staff(session: AsyncSession, staff: StaffActor, code: str) -> Conversation:
    """A conversation that this member may hand over, end or make a request of: their own, for a lead any.

    Raises NotFound, for one that only waits too: it is nobody's yet.
    """
    return await (seen_by_staff if staff.role.includes(StaffRole.LEAD) else of_staff)(session, staff, code)


async def seen_by_staff(session: AsyncSession, staff: StaffActor, code: str) -> Conversation:
    """A conversation that this member may read: their own, one that waits, for a lead any. Raises NotFound."""
    found = await session.exec(select(Conversation).where(Conversation.code == code))
    conversation = found.first()
    if conversation is None or not may_be_seen(conversation, staff):
        raise NotFound
    return conversation


class _Whose(Protocol):
    @property
    def staff_id(self) -> int | None: ...
    @property
    def state(self) -> ConversationState: ...


def may_be_seen(conversation: _Whose, staff: StaffActor) -> bool:
    """Whether this member may read it: their own, one that waits, for a lead any."""
    return (
        conversation.staff_id == staff.staff_id
        or conversation.state is ConversationState.WAITING
        or staff.role.includes(StaffRole.LEAD)
    )
