"""What is shown of conversations: messages after the last one known, lists, history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.prepared import ask
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.errors import UnknownStaff
from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.domain.support import statements
from mykyivstar.domain.support.access import may_be_seen
from mykyivstar.domain.support.models import Author, Conversation, ConversationState, Note, Specialism
from mykyivstar.domain.support.statements import MESSAGES_AT_ONCE
from mykyivstar.kit.errors import NotFound

HISTORY = 20
_NEWER_THAN_ALL = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation stands, as open screens show it."""

    id: int
    code: str
    customer_name: str
    specialism: Specialism
    state: ConversationState
    language: Language
    staff_id: int | None
    # What the customer reads of the member who has it, "" for nobody.
    consultant: str
    opened_at: datetime
    queued_at: datetime
    answered_at: datetime | None
    customer_saw: int
    staff_saw: int
    rating: int | None


@dataclass(frozen=True, slots=True)
class Words:
    """A message as it was said."""

    id: int
    author: Author
    client_key: str
    text: str
    note: Note | None
    about: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A file that was sent."""

    name: str
    code: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Line:
    """A message with what it refers to."""

    message: Words
    # Who of the staff wrote it, "" for others.
    name: str
    attachment: File | None


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A member of the staff as far as their lists depend on it."""

    is_available: bool
    # Comma-separated values of Specialism.
    skills: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in a list of the desk."""

    id: int
    code: str
    customer_name: str
    specialism: Specialism
    staff_id: int | None
    queued_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Parties:
    """Who talks: the customer's profile, the consultant if there is one; and the newest message, 0 for none."""

    profile_id: int
    staff_id: int | None
    newest: int


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A conversation in a consultant's list."""

    conversation: Listed
    # Of the customer, newer than what the consultant has seen.
    unread: int


async def standing_for_customer(session: AsyncSession, actor: Actor, code: str) -> Standing:
    """The actor's own conversation. Raises NotFound."""
    [rows] = await ask(session, (statements.OF_CUSTOMER, {"code": code, "profile_id": actor.profile_id}))
    return _standing(rows)


async def standing_for_staff(session: AsyncSession, staff: StaffActor, code: str) -> Standing:
    """A conversation that this member may read, as `access.seen_by_staff`. Raises NotFound."""
    [rows] = await ask(session, (statements.BY_CODE, {"code": code}))
    found = _standing(rows)
    if not may_be_seen(found, staff):
        raise NotFound
    return found


async def lines_after(session: AsyncSession, conversation_id: int, *, after: int) -> Sequence[Line]:
    """Messages newer than this one, in order."""
    [rows] = await ask(session, (statements.LINES_AFTER, {"conversation_id": conversation_id, "id": after}))
    return [_line(row) for row in rows]


async def newest_lines(
    session: AsyncSession, conversation_id: int, *, before: int | None = None
) -> tuple[Sequence[Line], bool]:
    """The newest messages (older than `before`), in order, and whether there are older ones still."""
    than = _NEWER_THAN_ALL if before is None else before
    [rows] = await ask(session, (statements.LINES_BEFORE, {"conversation_id": conversation_id, "id": than}))
    return [_line(row) for row in rows[:MESSAGES_AT_ONCE][::-1]], len(rows) > MESSAGES_AT_ONCE


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


async def at_desk(session: AsyncSession, staff: StaffActor) -> AtDesk:
    """The member who asks. Raises UnknownStaff."""
    [rows] = await ask(session, (statements.MEMBER, {"staff_id": staff.staff_id}))
    if not rows:
        raise UnknownStaff
    return AtDesk(*rows[0])


async def waiting_at_desk(session: AsyncSession, member: AtDesk) -> Sequence[Listed]:
    """Who waits for one of the member's skills, the longest first."""
    known = [Specialism(skill) for skill in member.skills.split(",") if skill]
    if not known:
        return []
    # The statement asks for as many as there are.
    asked = dict(zip(statements.SKILLS, known + known[-1:] * len(statements.SKILLS), strict=False))
    [rows] = await ask(session, (statements.QUEUE, asked))
    return [Listed(*row) for row in rows]


async def running_at_desk(session: AsyncSession, staff: StaffActor, *, everybody: bool = False) -> Sequence[DeskEntry]:
    """The conversations that a member has, the liveliest first; for a lead everybody's."""
    if everybody:
        [rows] = await ask(session, (statements.CHATS_OF_ALL, {}))
    else:
        [rows] = await ask(session, (statements.CHATS_OF_ONE, {"staff_id": staff.staff_id}))
    return [DeskEntry(Listed(*row[:-1]), row[-1]) for row in rows]


async def whom_to_tell(session: AsyncSession, ids: Sequence[int]) -> Mapping[int, Parties]:
    """Who talks in these conversations, by id."""
    if not ids:
        return {}
    found = await ask(session, *((statements.PARTIES, {"wanted": each}) for each in ids))
    return {row[0]: Parties(*row[1:]) for rows in found for row in rows}


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
    [rows] = await ask(session, (statements.WHO_WAITS, {}))
    return {row.profile_id for row in rows}


def _standing(rows: Sequence[Any]) -> Standing:
    if not rows:
        raise NotFound
    return Standing(*rows[0])


def _line(row: Any) -> Line:
    *words, file_name, file_code, media_type, size, name = row
    return Line(Words(*words), name, File(file_name, file_code, media_type, size) if file_code else None)
