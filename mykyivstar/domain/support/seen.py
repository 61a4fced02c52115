"""What each side has had before its eyes: judged at once, written a moment later with others', and never back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Update, bindparam, update
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.prepared import Prepared, ask
from mykyivstar.db.statements import table_of
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.support import statements
from mykyivstar.domain.support.models import Author, Conversation
from mykyivstar.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whose: one side of one conversation."""

    conversation_id: int
    side: Author


def _marking(name: str) -> Update:
    talk = table_of(Conversation)
    forward = talk.c[name] < bindparam("message_id")
    return update(talk).where(talk.c.id == bindparam("for_id"), forward).values({name: bindparam("message_id")})


_MARKING = {Author.CUSTOMER: _marking("customer_saw"), Author.STAFF: _marking("staff_saw")}
_TOLD = {Author.CUSTOMER: Topic.CUSTOMER_SAW, Author.STAFF: Topic.STAFF_SAW}


async def by_customer(session: AsyncSession, actor: Actor, code: str, *, message_id: int) -> Eyes | None:
    """Whose eyes saw this message of the actor's conversation for the first time; None for nobody's.

    Raises NotFound. Nothing is written: that is for `write`.
    """
    whose = {"code": code, "profile_id": actor.profile_id}
    return await _judged(session, Author.CUSTOMER, statements.SEEN_BY_CUSTOMER, whose, message_id)


async def by_staff(session: AsyncSession, staff: StaffActor, code: str, *, message_id: int) -> Eyes | None:
    """The same for the member who has the conversation."""
    whose = {"code": code, "staff_id": staff.staff_id}
    return await _judged(session, Author.STAFF, statements.SEEN_BY_STAFF, whose, message_id)


async def write(session: AsyncSession, seen: Mapping[Eyes, int]) -> None:
    """Keep the newest message that each of these eyes have seen, and tell the other sides."""
    for eyes, message_id in sorted(seen.items(), key=lambda each: each[0].conversation_id):
        await session.execute(_MARKING[eyes.side], {"for_id": eyes.conversation_id, "message_id": message_id})
        changed(session, Subject(_TOLD[eyes.side], eyes.conversation_id))


async def _judged(
    session: AsyncSession, side: Author, which: Prepared, whose: Mapping[str, Any], message_id: int
) -> Eyes | None:
    [rows] = await ask(session, (which, {**whose, "message_id": message_id}))
    if not rows:
        raise NotFound
    # Never back, and never beyond what has been written there.
    return Eyes(rows[0].id, side) if rows[0].found and message_id > rows[0].saw else None
