"""What open conversations and desks ask many times a second, built once (see `db/prepared.py`)."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from mykyivstar.db.prepared import Prepared
from mykyivstar.db.statements import table_of
from mykyivstar.db.types import BigId
from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.domain.support.models import (
    Attachment,
    Author,
    CannedAnswer,
    Conversation,
    ConversationState,
    Message,
    Specialism,
)

MESSAGES_AT_ONCE = 60
# So many messages of one side are taken in a short time; see `messages.AT_ONCE_WITHIN`.
AT_ONCE = 20
QUEUE_SHOWN = 50
CHATS_SHOWN = 100

_talk, _message = table_of(Conversation), table_of(Message)
_file, _member, _answer = table_of(Attachment), table_of(StaffMember), table_of(CannedAnswer)

# In the order of `reading.Standing`.
_STANDING = (
    _talk.c.id,
    _talk.c.code,
    _talk.c.customer_name,
    _talk.c.specialism,
    _talk.c.state,
    _talk.c.language,
    _talk.c.staff_id,
    func.coalesce(_member.c.name, "").label("consultant"),
    _talk.c.opened_at,
    _talk.c.queued_at,
    _talk.c.answered_at,
    _talk.c.customer_saw,
    _talk.c.staff_saw,
    _talk.c.rating,
)
# In the order of `reading.Words`, then `reading.File`, then the name.
_LINE = (
    _message.c.id,
    _message.c.author,
    _message.c.client_key,
    _message.c.text,
    _message.c.note,
    _message.c.about,
    _message.c.at,
    _file.c.name.label("file_name"),
    _file.c.code.label("file_code"),
    _file.c.media_type,
    _file.c.size,
    func.coalesce(_member.c.name, "").label("name"),
)
# In the order of `reading.Listed`.
_LISTED = (
    _talk.c.id,
    _talk.c.code,
    _talk.c.customer_name,
    _talk.c.specialism,
    _talk.c.staff_id,
    _talk.c.queued_at,
    _talk.c.last_at,
)


def _is(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return column == bindparam(name, type_=column.type)


def _lines() -> Select[Any]:
    joined = _message.outerjoin(_member, _member.c.id == _message.c.staff_id)
    joined = joined.outerjoin(_file, _file.c.id == _message.c.attachment_id)
    return select(*_LINE).select_from(joined).where(_is(_message.c.conversation_id, "conversation_id"))


def _chats() -> Select[Any]:
    unread = select(func.count()).where(
        _message.c.conversation_id == _talk.c.id,
        _message.c.author == Author.CUSTOMER,
        _message.c.id > _talk.c.staff_saw,
    )
    columns = (*_LISTED, unread.correlate(_talk).scalar_subquery().label("unread"))
    is_open = _talk.c.state == ConversationState.OPEN
    return select(*columns).where(is_open).order_by(_talk.c.last_at.desc(), _talk.c.id.desc()).limit(CHATS_SHOWN)


def _to_write_in(whose: ColumnElement[bool]) -> Prepared:
    """The conversation, held until the commit; the message of this key; the one that a flood is measured from.

    Held: within a conversation ids rise in the order in which messages can be read, so that whoever asks for what is
    newer than the last one they know misses nothing.
    """
    of_side = (_message.c.conversation_id == _talk.c.id, _is(_message.c.author, "author"))
    known = select(_message.c.id).where(*of_side, _is(_message.c.client_key, "client_key"))
    earlier = select(_message.c.at).where(*of_side).order_by(_message.c.id.desc()).offset(AT_ONCE - 1).limit(1)
    columns = (
        _talk.c.id,
        _talk.c.state,
        known.correlate(_talk).scalar_subquery().label("known"),
        earlier.correlate(_talk).scalar_subquery().label("earlier"),
    )
    return Prepared(select(*columns).where(whose).with_for_update(of=_talk))


def _keeping(insert: Callable[[Table], Any]) -> Prepared:
    names = ("conversation_id", "author", "client_key", "text", "at", "staff_id", "attachment_id", "about")
    values = {name: bindparam(f"new_{name}", type_=_message.c[name].type) for name in names}
    return Prepared(insert(_message).values(values).on_conflict_do_nothing().returning(_message.c.id))


def _marking(values: Mapping[str, Any]) -> Prepared:
    at, author = bindparam("now", type_=_talk.c.last_at.type), bindparam("by", type_=_talk.c.last_author.type)
    changed = update(_talk).where(_is(_talk.c.id, "for_id")).values(last_at=at, last_author=author, **values)
    return Prepared(changed.returning(_talk.c.id))


WRITE_OF_CUSTOMER = _to_write_in(_is(_talk.c.code, "code") & _is(_talk.c.profile_id, "profile_id"))
WRITE_OF_STAFF = _to_write_in(_is(_talk.c.code, "code") & _is(_talk.c.staff_id, "staff_id"))
WRITE_OF_ANYBODY = _to_write_in(_is(_talk.c.id, "id"))
# A message, by the name of the database; nothing when its key is known. Parameters are its columns, with "new_" before.
KEEP = {"sqlite": _keeping(sqlite.insert), "postgresql": _keeping(postgresql.insert)}
_made = bindparam("made", type_=BigId)
# That it was said, and so seen by whoever said it. Whether by the staff.
MARK = {
    True: _marking(
        {
            "answered_at": func.coalesce(_talk.c.answered_at, bindparam("now", type_=_talk.c.last_at.type)),
            "staff_saw": _made,
        }
    ),
    False: _marking({"customer_saw": _made}),
}

_standing = select(*_STANDING).select_from(_talk.outerjoin(_member, _member.c.id == _talk.c.staff_id))
OF_CUSTOMER = Prepared(_standing.where(_is(_talk.c.code, "code"), _is(_talk.c.profile_id, "profile_id")))
BY_CODE = Prepared(_standing.where(_is(_talk.c.code, "code")))

_id = bindparam("id", type_=BigId)
LINES_AFTER = Prepared(_lines().where(_message.c.id > _id).order_by(_message.c.id).limit(MESSAGES_AT_ONCE))
# One more than is shown, to know whether there are older ones.
LINES_BEFORE = Prepared(_lines().where(_message.c.id < _id).order_by(_message.c.id.desc()).limit(MESSAGES_AT_ONCE + 1))

# For as many skills as there are; whoever has fewer names one of theirs again.
SKILLS = tuple(f"skill_{number}" for number, _ in enumerate(Specialism))
QUEUE = Prepared(
    select(*_LISTED)
    .where(_talk.c.state == ConversationState.WAITING, or_(*(_is(_talk.c.specialism, name) for name in SKILLS)))
    .order_by(_talk.c.queued_at, _talk.c.id)
    .limit(QUEUE_SHOWN)
)
CHATS_OF_ONE = Prepared(_chats().where(_is(_talk.c.staff_id, "staff_id")))
CHATS_OF_ALL = Prepared(_chats())
# In the order of `reading.AtDesk`.
MEMBER = Prepared(
    select(_member.c.is_available, _member.c.skills).where(_is(_member.c.id, "staff_id"), _member.c.closed_at.is_(None))
)
# Who else is there; in the order of `desk.Colleague`.
COLLEAGUES = Prepared(
    select(_member.c.id, _member.c.name, _member.c.password_hash.is_not(None).label("can_sign_in"), _member.c.skills)
    .where(_member.c.closed_at.is_(None), _member.c.id != bindparam("staff_id", type_=BigId))
    .order_by(_member.c.name)
)
# In the order of `answers.Offered`.
OFFERED = Prepared(
    select(_answer.c.title, _answer.c.texts)
    .where(_answer.c.removed_at.is_(None), _answer.c.specialism.is_(None) | _is(_answer.c.specialism, "specialism"))
    .order_by(_answer.c.position, _answer.c.title)
)
_newest = select(func.max(_message.c.id)).where(_message.c.conversation_id == _talk.c.id).correlate(_talk)
# In the order of `reading.Parties`, after the id.
PARTIES = Prepared(
    select(
        _talk.c.id, _talk.c.profile_id, _talk.c.staff_id, func.coalesce(_newest.scalar_subquery(), 0).label("newest")
    ).where(_is(_talk.c.id, "wanted"))
)


def _seen(mark: ColumnElement[Any], whose: ColumnElement[bool]) -> Prepared:
    found = select(func.count()).where(_message.c.conversation_id == _talk.c.id, _is(_message.c.id, "message_id"))
    columns = (_talk.c.id, mark.label("saw"), found.correlate(_talk).scalar_subquery().label("found"))
    return Prepared(select(*columns).where(_is(_talk.c.code, "code"), whose))


SEEN_BY_CUSTOMER = _seen(_talk.c.customer_saw, _is(_talk.c.profile_id, "profile_id"))
SEEN_BY_STAFF = _seen(_talk.c.staff_saw, _is(_talk.c.staff_id, "staff_id"))
WHO_WAITS = Prepared(select(_talk.c.profile_id).where(_talk.c.state == ConversationState.WAITING))
