"""The demo's own consultant: answers whom nobody else answers, so that one person alone can try a conversation.

It does what a consultant does and nothing more: takes whoever waits, types, writes, ends. People at the desk come
first: while one of them is there, it waits for a while before it takes anybody.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.demo.consultant_words import greeting, is_farewell, reply
from mykyivstar.demo.staff import CONSULTANT
from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.domain.support import conversations, queue
from mykyivstar.domain.support.messages import note, say
from mykyivstar.domain.support.models import Author, Conversation, ConversationState, Message, Note

TAKES_AFTER = timedelta(seconds=4)
TAKES_FROM_PEOPLE_AFTER = timedelta(seconds=90)
TYPES_AFTER = timedelta(seconds=1)
WRITES_AFTER = timedelta(seconds=4)
_HERE_EVERY_S = 60.0

log = logging.getLogger(__name__)


async def run() -> None:
    """Live beside the application until it ends."""
    loop, stirred = asyncio.get_running_loop(), asyncio.Event()

    def listen(subjects: Sequence[Subject]) -> None:
        if any(subject.topic is Topic.CONVERSATION for subject in subjects):
            loop.call_soon_threadsafe(stirred.set)

    wiring.listen(listen)
    while True:
        stirred.clear()
        try:
            pause = await step(wiring.clock().now())
        except (SQLAlchemyError, OSError):
            log.exception("the demo's consultant could not look at the conversations")
            pause = None
        try:
            await asyncio.wait_for(stirred.wait(), pause if pause is not None else _HERE_EVERY_S)
        except TimeoutError:
            continue


async def step(at: datetime) -> float | None:
    """Do what is due; the seconds until something else is, None when nothing is foreseen."""
    async with wiring.reading() as session:
        member = await _member(session)
        if member is None or not await _has_to_act(session, member, at):
            return None
    async with wiring.unit_of_work() as session:
        if (member := await _member(session)) is None:
            return None
        if member.seen_at is None or at - member.seen_at > timedelta(seconds=_HERE_EVERY_S / 2):
            member.seen_at = at
            session.add(member)
        due = [*await _take(session, member, at), *await _answer(session, member, at)]
    later = [moment - at for moment in due if moment > at]
    return max(0.05, min(later).total_seconds()) if later else None


async def _member(session: AsyncSession) -> StaffMember | None:
    return (await session.exec(select(StaffMember).where(StaffMember.login == CONSULTANT))).first()


async def _has_to_act(session: AsyncSession, member: StaffMember, at: datetime) -> bool:
    """Whether there is anything to write: people's own conversations are none of its business."""
    if member.seen_at is None or at - member.seen_at > timedelta(seconds=_HERE_EVERY_S / 2):
        return True
    if await queue.waiting(session, member.skill_list, limit=1):
        return True
    return (await session.exec(_to_answer(member).limit(1))).first() is not None


def _to_answer(member: StaffMember) -> SelectOfScalar[Conversation]:
    """Where the customer wrote last, or was not greeted yet."""
    return select(Conversation).where(
        Conversation.staff_id == member.id,
        Conversation.state == ConversationState.OPEN,
        (col(Conversation.last_author) == Author.CUSTOMER) | col(Conversation.answered_at).is_(None),
    )


async def _take(session: AsyncSession, member: StaffMember, at: datetime) -> list[datetime]:
    """Take whoever has waited long enough; when the others will have."""
    due = []
    for conversation in await queue.waiting(session, member.skill_list):
        people = [
            each for each, _ in await queue.present(session, conversation.specialism, at=at) if each.id != member.id
        ]
        moment = conversation.queued_at + (TAKES_FROM_PEOPLE_AFTER if people else TAKES_AFTER)
        if moment > at:
            due.append(moment)
        elif await queue.take_if_waiting(session, conversation.id or 0, member.id or 0, at=at):
            note(session, conversation, Note.TAKEN, at=at, about={"name": member.name})
            due.append(at + TYPES_AFTER)
    return due


async def _answer(session: AsyncSession, member: StaffMember, at: datetime) -> list[datetime]:
    """Type and write where the customer wrote last, or was not greeted yet."""
    due = []
    for conversation in (await session.exec(_to_answer(member))).all():
        since = max(conversation.last_at, conversation.taken_at or conversation.last_at)
        if at < since + TYPES_AFTER:
            due.append(since + TYPES_AFTER)
        elif at < since + WRITES_AFTER:
            wiring.pass_on(Subject(Topic.STAFF_TYPES, conversation.id or 0))
            due.append(since + WRITES_AFTER)
        else:
            await _write(session, member, conversation, at)
    return due


async def _write(session: AsyncSession, member: StaffMember, conversation: Conversation, at: datetime) -> None:
    language = conversation.language.value
    rows = await session.exec(
        select(Message)
        .where(Message.conversation_id == conversation.id, Message.author == Author.CUSTOMER)
        .order_by(col(Message.id).desc())
        .limit(1)
    )
    said = rows.first()
    written = await session.exec(
        select(func.count()).where(Message.conversation_id == conversation.id, Message.author == Author.STAFF)
    )
    count = written.one()
    if count == 0:
        text = greeting(language, customer=conversation.customer_name, name=member.name)
    else:
        text = reply(language, said.text if said else "", count)
    # By what it answers: several processes write it once.
    key = f"demo-answer-{count}-{said.id if said else 0}"
    await say(session, conversation, Author.STAFF, client_key=key, text=text, staff_id=member.id, at=at)
    if count and said is not None and is_farewell(said.text):
        await conversations.end(session, conversation, Note.CLOSED_BY_STAFF, at=at)
