"""Writing into a conversation: each message once, however often it is sent, and not more than a person can."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.support.access import of_customer, of_staff
from mykyivstar.domain.support.errors import ConversationClosed, TooManyMessages
from mykyivstar.domain.support.models import Author, Conversation, Message, Note
from mykyivstar.domain.support.texts import is_client_key, message_text
from mykyivstar.kit.errors import Malformed

# So many messages of one side in so long a time; what comes on top is refused and sent again by the browser.
AT_ONCE = 20
AT_ONCE_WITHIN = timedelta(seconds=10)


async def customer_says(
    session: AsyncSession, actor: Actor, code: str, *, client_key: str, text: str, at: datetime
) -> int:
    """The customer writes; the id of the message, the same one when it is sent again.

    Raises NotFound, ConversationClosed, MessageEmpty, MessageTooLong, TooManyMessages, Malformed.
    """
    conversation = await of_customer(session, actor, code)
    return await say(session, conversation, Author.CUSTOMER, client_key=client_key, text=message_text(text), at=at)


async def staff_says(
    session: AsyncSession, staff: StaffActor, code: str, *, client_key: str, text: str, at: datetime
) -> int:
    """The consultant who has the conversation writes. Raises as `customer_says`."""
    conversation = await of_staff(session, staff, code)
    said, who = message_text(text), staff.staff_id
    return await say(session, conversation, Author.STAFF, client_key=client_key, text=said, staff_id=who, at=at)


async def say(
    session: AsyncSession,
    conversation: Conversation,
    author: Author,
    *,
    client_key: str,
    text: str,
    at: datetime,
    staff_id: int | None = None,
    attachment_id: int | None = None,
) -> int:
    """Put a message that may be written there; for those who have looked up whose conversation it is."""
    if not is_client_key(client_key):
        raise Malformed
    assert conversation.id is not None
    if (known := await kept(session, conversation.id, author, client_key)) is not None:
        return known
    # Held until the commit: within a conversation ids rise in the order in which messages can be read, so that whoever
    # asks for what is newer than the last one they know misses nothing.
    held = select(col(Conversation.state)).where(Conversation.id == conversation.id).with_for_update()
    if not (await session.exec(held)).one().is_running:
        raise ConversationClosed
    await _refuse_a_flood(session, conversation.id, author, at)
    row = {"conversation_id": conversation.id, "author": author, "staff_id": staff_id, "client_key": client_key}
    row |= {"text": text, "about": {}, "attachment_id": attachment_id, "at": at}
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(Message).values(**row).on_conflict_do_nothing().returning(col(Message.id))
    made = (await session.execute(statement)).scalar_one_or_none()
    if made is None:
        # The same message came twice at once; the other one has it.
        return await kept(session, conversation.id, author, client_key) or 0
    first = {"answered_at": at} if author is Author.STAFF and conversation.answered_at is None else {}
    saw = {"staff_saw": made} if author is Author.STAFF else {"customer_saw": made}
    await session.execute(
        update(Conversation)
        .where(col(Conversation.id) == conversation.id)
        .values(last_at=at, last_author=author, **first, **saw)
    )
    changed(session, Subject(Topic.CONVERSATION, conversation.id))
    return int(made)


def note(
    session: AsyncSession, conversation: Conversation, what: Note, *, at: datetime, about: Mapping[str, Any] = {}
) -> None:
    """Put down what happened, for both sides to read in their own language."""
    assert conversation.id is not None
    line = Message(
        conversation_id=conversation.id, author=Author.SYSTEM, client_key=uuid4().hex, about=dict(about), at=at
    )
    line.note = what
    session.add(line)
    changed(session, Subject(Topic.CONVERSATION, conversation.id), Subject(Topic.DESK, 0))


async def kept(session: AsyncSession, conversation_id: int, author: Author, client_key: str) -> int | None:
    """The id of the message that this key was kept as, None when it was not."""
    found = await session.exec(
        select(col(Message.id)).where(
            Message.conversation_id == conversation_id, Message.author == author, Message.client_key == client_key
        )
    )
    return found.first()


async def _refuse_a_flood(session: AsyncSession, conversation_id: int, author: Author, at: datetime) -> None:
    if author is Author.ASSISTANT:
        return
    rows = await session.exec(
        select(col(Message.at))
        .where(Message.conversation_id == conversation_id, Message.author == author)
        .order_by(col(Message.id).desc())
        .offset(AT_ONCE - 1)
        .limit(1)
    )
    oldest = rows.first()
    if oldest is not None and at - oldest < AT_ONCE_WITHIN:
        raise TooManyMessages
