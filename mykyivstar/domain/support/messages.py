"""Writing into a conversation: each message once, however often it is sent, and not more than a person can."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.prepared import Prepared, do
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.support import statements
from mykyivstar.domain.support.errors import ConversationClosed, TooManyMessages
from mykyivstar.domain.support.models import Author, Conversation, Message, Note
from mykyivstar.domain.support.texts import is_client_key, message_text
from mykyivstar.kit.errors import Malformed, NotFound

# AT_ONCE messages of one side in so long a time; what comes on top is refused and sent again by the browser.
AT_ONCE_WITHIN = timedelta(seconds=10)


async def customer_says(
    session: AsyncSession, actor: Actor, code: str, *, client_key: str, text: str, at: datetime
) -> int:
    """The customer writes; the id of the message, the same one when it is sent again.

    Raises NotFound, ConversationClosed, MessageEmpty, MessageTooLong, TooManyMessages, Malformed.
    """
    whose = {"code": code, "profile_id": actor.profile_id}
    said = _Said(Author.CUSTOMER, client_key, message_text(text), at)
    return await _say(session, statements.WRITE_OF_CUSTOMER, whose, said)


async def staff_says(
    session: AsyncSession, staff: StaffActor, code: str, *, client_key: str, text: str, at: datetime
) -> int:
    """The consultant who has the conversation writes. Raises as `customer_says`."""
    whose = {"code": code, "staff_id": staff.staff_id}
    said = _Said(Author.STAFF, client_key, message_text(text), at, staff_id=staff.staff_id)
    return await _say(session, statements.WRITE_OF_STAFF, whose, said)


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
    said = _Said(author, client_key, text, at, staff_id=staff_id, attachment_id=attachment_id)
    return await _say(session, statements.WRITE_OF_ANYBODY, {"id": conversation.id}, said)


@dataclass(frozen=True, slots=True)
class _Said:
    author: Author
    client_key: str
    text: str
    at: datetime
    staff_id: int | None = None
    attachment_id: int | None = None


async def _say(session: AsyncSession, which: Prepared, whose: Mapping[str, Any], said: _Said) -> int:
    if not is_client_key(said.client_key):
        raise Malformed
    found = next(iter(await do(session, which, {**whose, "author": said.author, "client_key": said.client_key})), None)
    if found is None:
        raise NotFound
    if found.known is not None:
        return int(found.known)
    if not found.state.is_running:
        raise ConversationClosed
    is_flood = found.earlier is not None and said.at - found.earlier < AT_ONCE_WITHIN
    if is_flood and said.author is not Author.ASSISTANT:
        raise TooManyMessages
    row = asdict(said) | {"conversation_id": found.id, "about": {}}
    keep = statements.KEEP[session.get_bind().dialect.name]
    made = await do(session, keep, {f"new_{name}": value for name, value in row.items()})
    if not made:
        # The same message came twice at once; the other one has it.
        return await kept(session, found.id, said.author, said.client_key) or 0
    marks = {"for_id": found.id, "made": made[0].id, "now": said.at, "by": said.author}
    await do(session, statements.MARK[said.author is Author.STAFF], marks)
    changed(session, Subject(Topic.CONVERSATION, found.id))
    return int(made[0].id)


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
