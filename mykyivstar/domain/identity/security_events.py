"""What happened to the safety of a profile: shown to its owner, kept for the auditor."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import SecurityEvent

SHOWN_MAX = 30


class SecurityEventKind(StrEnum):
    """What can happen; stored by value, so a value never changes its meaning."""

    NEW_SIGN_IN = "new_sign_in"
    FIRST_VISIT = "first_visit"
    PASSWORD_CHANGED = "password_changed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEY_COPIED = "passkey_copied"
    ACCESS_CODE_SET = "access_code_set"
    ACCESS_CODE_REMOVED = "access_code_removed"
    ACCESS_CODE_LOCKED = "access_code_locked"
    DEVICE_REMEMBERED = "device_remembered"
    DEVICE_FORGOTTEN = "device_forgotten"
    DEVICES_FORGOTTEN = "devices_forgotten"
    SESSION_ENDED = "session_ended"
    SESSIONS_ENDED = "sessions_ended"
    SMS_SWITCHED_OFF = "sms_switched_off"
    SMS_SWITCHED_ON = "sms_switched_on"
    SECRET_QUESTION_SET = "secret_question_set"
    SECRET_QUESTION_USED = "secret_question_used"
    SECRET_QUESTION_LOCKED = "secret_question_locked"
    ACCESS_RESTORED = "access_restored"
    DATA_CHANGED = "data_changed"
    TEMPORARY_PASSWORD_ISSUED = "temporary_password_issued"
    LINE_BLOCK_ASKED = "line_block_asked"
    LINE_BLOCK_WITHDRAWN = "line_block_withdrawn"
    LINE_BLOCKED = "line_blocked"
    LINE_UNBLOCKED = "line_unblocked"


def record(
    session: AsyncSession,
    profile_id: int,
    kind: SecurityEventKind,
    at: datetime,
    *,
    detail: str = "",
    address: str = "",
) -> None:
    """Note it in this transaction, so that what happened and the note of it stand or fall together."""
    session.add(SecurityEvent(profile_id=profile_id, kind=kind, detail=detail[:200], address=address[:45], at=at))
    changed(session, Subject(Topic.PROFILE, profile_id))


async def recent(session: AsyncSession, actor: Actor, *, limit: int = SHOWN_MAX) -> Sequence[SecurityEvent]:
    """What happened to the actor's profile, newest first."""
    assert 0 < limit <= SHOWN_MAX
    rows = await session.exec(
        select(SecurityEvent)
        .where(SecurityEvent.profile_id == actor.profile_id)
        .order_by(col(SecurityEvent.id).desc())
        .limit(limit)
    )
    return rows.all()
