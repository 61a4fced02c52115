"""Files in a conversation: pictures and PDF, told by their content and by nothing else."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.turns import take_turn
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.support.access import of_customer, of_staff, seen_by_staff
from mykyivstar.domain.support.errors import ConversationClosed, FileTooLarge, FileUnfit, TooManyFiles
from mykyivstar.domain.support.messages import kept, say
from mykyivstar.domain.support.models import Attachment, Author, Conversation
from mykyivstar.kit.errors import NotFound

MEGABYTES = 10
BYTES_MOST = MEGABYTES * 1024 * 1024
FILES_MOST = 50
PDF = "application/pdf"
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", PDF: ".pdf"}
_NAME_MOST = 100


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came: what the sender calls it, what it is, how large."""

    name: str
    media_type: str
    size: int


def examined(content: bytes, name: str) -> Sent:
    """What this is, by its content; the name keeps its stem and gets the ending that is true.

    Raises FileTooLarge, FileUnfit.
    """
    if len(content) > BYTES_MOST:
        raise FileTooLarge(megabytes=MEGABYTES)
    media_type = _media_type(content)
    if media_type is None:
        raise FileUnfit
    return Sent(_clean_name(name, _ENDINGS[media_type]), media_type, len(content))


async def customer_sends(
    session: AsyncSession, actor: Actor, code: str, *, client_key: str, sent: Sent, at: datetime
) -> Attachment | None:
    """A message with this file; None when it was sent before. Raises NotFound, ConversationClosed, TooManyFiles, …"""
    conversation = await of_customer(session, actor, code)
    return await _send(session, conversation, Author.CUSTOMER, client_key=client_key, sent=sent, at=at)


async def staff_sends(
    session: AsyncSession, staff: StaffActor, code: str, *, client_key: str, sent: Sent, at: datetime
) -> Attachment | None:
    """The same from the consultant who has the conversation."""
    conversation, who = await of_staff(session, staff, code), staff.staff_id
    return await _send(session, conversation, Author.STAFF, client_key=client_key, sent=sent, at=at, staff_id=who)


async def file_of_customer(session: AsyncSession, actor: Actor, code: str) -> Attachment:
    """A file of one of the actor's own conversations. Raises NotFound."""
    attachment, conversation = await _found(session, code)
    await of_customer(session, actor, conversation.code)
    return attachment


async def file_of_staff(session: AsyncSession, staff: StaffActor, code: str) -> Attachment:
    """A file of a conversation that this member may read. Raises NotFound."""
    attachment, conversation = await _found(session, code)
    await seen_by_staff(session, staff, conversation.code)
    return attachment


async def _send(
    session: AsyncSession,
    conversation: Conversation,
    author: Author,
    *,
    client_key: str,
    sent: Sent,
    at: datetime,
    staff_id: int | None = None,
) -> Attachment | None:
    assert conversation.id is not None
    # Files of one conversation come one after the other, so that each is counted, and once.
    await take_turn(session, f"files:{conversation.id}")
    if await kept(session, conversation.id, author, client_key) is not None:
        return None
    if not conversation.state.is_running:
        raise ConversationClosed
    count = await session.exec(select(func.count()).where(Attachment.conversation_id == conversation.id))
    if count.one() >= FILES_MOST:
        raise TooManyFiles(most=FILES_MOST)
    attachment = Attachment(
        code=token_urlsafe(18),
        conversation_id=conversation.id,
        name=sent.name,
        media_type=sent.media_type,
        size=sent.size,
        at=at,
    )
    session.add(attachment)
    await session.flush()
    await say(
        session,
        conversation,
        author,
        client_key=client_key,
        text="",
        staff_id=staff_id,
        attachment_id=attachment.id,
        at=at,
    )
    return attachment


async def _found(session: AsyncSession, code: str) -> tuple[Attachment, Conversation]:
    rows = await session.exec(
        select(Attachment, Conversation)
        .join(Conversation, Conversation.id == Attachment.conversation_id)  # type: ignore[arg-type]
        .where(Attachment.code == code)
    )
    if (found := rows.first()) is None:
        raise NotFound
    return found[0], found[1]


def _media_type(content: bytes) -> str | None:
    """The kind whose whole outline this is: beginning, inner length and end, so that a mere signature is not enough."""
    if content.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") and b"IEND\xaeB`\x82" in content[-64:]:
        return "image/png"
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xda" in content and b"\xff\xd9" in content[-4096:]:
        return "image/jpeg"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        told = int.from_bytes(content[4:8], "little") + 8
        return "image/webp" if told in (len(content), len(content) + 1, len(content) - 1) else None
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:] and b"obj" in content:
        return PDF
    return None


def _clean_name(name: str, ending: str) -> str:
    """Without folders, control signs and endings that lie."""
    plain = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    plain = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C")
    stem = re.sub(r"(\.[A-Za-z0-9]{1,5})+$", "", plain).strip(" .")[:_NAME_MOST]
    return (stem or "file") + ending
