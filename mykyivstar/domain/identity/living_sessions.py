"""Who a cookie stands for: what every page and every event asks first (A11)."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.prepared import Prepared, ask
from mykyivstar.db.statements import table_of
from mykyivstar.domain.identity.models import AuthSession, Profile
from mykyivstar.kit.secret import token_hash

# A browser that is not remembered is signed out after half an hour of silence.
IDLE = timedelta(minutes=30)
REMEMBERED_IDLE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Living:
    """A session as far as it says who is calling, and whether they still may."""

    id: int
    profile_id: int
    device_id: int | None
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    proved_at: datetime | None


async def by_token(session: AsyncSession, token: str, at: datetime) -> Living | None:
    """The living session of this cookie."""
    return await _found(session, _BY_TOKEN, token_hash(token), at)


async def by_id(session: AsyncSession, session_id: int, at: datetime) -> Living | None:
    """The session if it still lives: not revoked, not too old, not silent too long, its profile open."""
    return await _found(session, _BY_ID, session_id, at)


def lives(auth: AuthSession | Living, at: datetime) -> bool:
    """Whether a session may still be used: not revoked, not too old, not silent too long."""
    idle = REMEMBERED_IDLE if auth.device_id else IDLE
    return auth.revoked_at is None and at < auth.expires_at and at - auth.last_seen_at < idle


async def _found(session: AsyncSession, which: Prepared, wanted: str | int, at: datetime) -> Living | None:
    [rows] = await ask(session, (which, {"wanted": wanted}))
    found = [Living(*row) for row in rows]
    return found[0] if found and lives(found[0], at) else None


def _of_open_profiles(column: ColumnElement[Any]) -> Prepared:
    auth, profile = table_of(AuthSession), table_of(Profile)
    columns = [auth.c[each.name] for each in fields(Living)]
    joined = auth.join(profile, profile.c.id == auth.c.profile_id)
    is_wanted = column == bindparam("wanted", type_=column.type)
    return Prepared(select(*columns).select_from(joined).where(is_wanted, profile.c.closed_at.is_(None)))


_BY_TOKEN = _of_open_profiles(table_of(AuthSession).c.token_hash)
_BY_ID = _of_open_profiles(table_of(AuthSession).c.id)
