"""Sessions at the desk: opened by a ticket, ended by half an hour of silence, by the shift's end or from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.prepared import Prepared, ask
from mykyivstar.db.statements import table_of
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffMember, StaffSession, StaffTicket
from mykyivstar.kit.secret import new_token, token_hash

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LivingStaff:
    """A session that may be used, and whose it is."""

    actor: StaffActor
    last_seen_at: datetime


async def open_session(
    session: AsyncSession, *, ticket: str, visitor: str, browser: str, address: str, at: datetime
) -> str | None:
    """Trade a ticket for a session: the token for its cookie, None for a late, used or another browser's ticket."""
    won = await session.execute(
        update(StaffTicket)
        .where(
            col(StaffTicket.token_hash) == token_hash(ticket),
            col(StaffTicket.visitor) == visitor,
            col(StaffTicket.used_at).is_(None),
            col(StaffTicket.expires_at) > at,
        )
        .values(used_at=at)
        .returning(col(StaffTicket.staff_id))
    )
    staff_id = won.scalar_one_or_none()
    if staff_id is None:
        return None
    token = new_token()
    session.add(
        StaffSession(
            staff_id=staff_id,
            token_hash=token_hash(token),
            browser=browser[:120],
            address=address[:45],
            created_at=at,
            last_seen_at=at,
            expires_at=at + LONGEST,
        )
    )
    return token


async def by_token(session: AsyncSession, token: str, at: datetime) -> LivingStaff | None:
    """The living session of this cookie."""
    return await _found(session, _BY_TOKEN, token_hash(token), at)


async def by_id(session: AsyncSession, session_id: int, at: datetime) -> LivingStaff | None:
    """The session if it still lives: not revoked, not too old, not silent too long, its member still here."""
    return await _found(session, _BY_ID, session_id, at)


async def touch(session: AsyncSession, seen: Mapping[int, datetime]) -> None:
    """Note when the members of these sessions were here."""
    for session_id, at in sorted(seen.items()):
        await session.execute(
            update(StaffSession)
            .where(col(StaffSession.id) == session_id, col(StaffSession.last_seen_at) < at)
            .values(last_seen_at=at)
        )


async def revoke(session: AsyncSession, session_id: int, at: datetime) -> None:
    """End one session, at once."""
    await _revoke(session, col(StaffSession.id) == session_id, at)


async def revoke_all(session: AsyncSession, staff_id: int, at: datetime) -> None:
    """End every session of a member."""
    await _revoke(session, col(StaffSession.staff_id) == staff_id, at)


async def _revoke(session: AsyncSession, which: object, at: datetime) -> None:
    ended = await session.execute(
        update(StaffSession)
        .where(which, col(StaffSession.revoked_at).is_(None))  # type: ignore[arg-type]
        .values(revoked_at=at)
        .returning(col(StaffSession.id))
    )
    changed(session, *(Subject(Topic.STAFF_SESSION, ended_id) for ended_id in ended.scalars().all()))


async def _found(session: AsyncSession, which: Prepared, wanted: str | int, at: datetime) -> LivingStaff | None:
    [rows] = await ask(session, (which, {"wanted": wanted, "at": at, "not_silent_since": at - IDLE}))
    for session_id, staff_id, role, name, last_seen_at in rows:
        return LivingStaff(StaffActor(staff_id=staff_id, session_id=session_id, role=role, name=name), last_seen_at)
    return None


def _living(column: ColumnElement[Any]) -> Prepared:
    auth, member = table_of(StaffSession).c, table_of(StaffMember).c
    moment = auth.expires_at.type
    return Prepared(
        select(auth.id, auth.staff_id, member.role, member.name, auth.last_seen_at)
        .join_from(table_of(StaffSession), table_of(StaffMember), member.id == auth.staff_id)
        .where(
            column == bindparam("wanted", type_=column.type),
            auth.revoked_at.is_(None),
            auth.expires_at > bindparam("at", type_=moment),
            auth.last_seen_at > bindparam("not_silent_since", type_=moment),
            member.closed_at.is_(None),
        )
    )


_BY_TOKEN = _living(table_of(StaffSession).c.token_hash)
_BY_ID = _living(table_of(StaffSession).c.id)
