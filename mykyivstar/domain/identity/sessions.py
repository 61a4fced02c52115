"""Sessions: how a finished way in becomes a cookie, how long it lives, and how it ends (A11).

A way in (code, password, passkey, …) ends in a ticket. The browser trades it over HTTP, because only HTTP can set a
cookie that scripts cannot read. A ticket works for thirty seconds, once, and only in the browser that earned it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.statements import table_of
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.living_sessions import Living, lives
from mykyivstar.domain.identity.models import (
    AuthSession,
    ExchangeTicket,
    RememberedDevice,
    SignInMethod,
)
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.secret import new_token, token_hash

TICKET_LIVES = timedelta(seconds=30)
# However much is done in it.
LONGEST = timedelta(hours=12)
REMEMBERED_LONGEST = timedelta(days=90)
# How precisely "last seen" is kept; it is not worth a write for each event.
SEEN_EVERY = timedelta(minutes=1)
_FIRST_VISITS = {SignInMethod.REGISTRATION, SignInMethod.TEMPORARY_PASSWORD}
# The network's word and a short PIN prove less than a code, passkey or password given a moment ago.
_LESSER = {SignInMethod.NETWORK, SignInMethod.ACCESS_CODE}

_TOUCHING = (
    update(table_of(AuthSession))
    .where(col(AuthSession.id) == bindparam("for_id"), col(AuthSession.last_seen_at) < bindparam("at"))
    .values(last_seen_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that has just begun; tokens are for cookies and are kept nowhere else."""

    session: AuthSession
    token: str
    device_token: str | None
    is_remembered: bool
    # Not a device we knew, nor the very first visit: worth a notice (A11).
    is_new_here: bool


async def issue_ticket(
    session: AsyncSession,
    *,
    profile_id: int,
    visitor: str,
    method: SignInMethod,
    at: datetime,
    remember: bool = False,
    device_id: int | None = None,
) -> str:
    """The ticket of a way in that has just been finished in this browser."""
    token = new_token()
    session.add(
        ExchangeTicket(
            token_hash=token_hash(token),
            profile_id=profile_id,
            visitor=visitor,
            method=method,
            remember=remember,
            device_id=device_id,
            issued_at=at,
            expires_at=at + TICKET_LIVES,
        )
    )
    return token


async def open_session(
    session: AsyncSession, *, ticket: str, visitor: str, browser: str, address: str, at: datetime, device: str = ""
) -> Opened | None:
    """Trade a ticket for a session; None when it is unknown, late, used, or another browser's.

    `device` is the hash of the remembered-device cookie. Whichever way in led to the ticket, a device that is known to
    its profile stays remembered, and a full login there makes its access code work again (A6).
    """
    won = await session.execute(
        update(ExchangeTicket)
        .where(
            col(ExchangeTicket.token_hash) == token_hash(ticket),
            col(ExchangeTicket.visitor) == visitor,
            col(ExchangeTicket.used_at).is_(None),
            col(ExchangeTicket.expires_at) > at,
        )
        .values(used_at=at)
        .returning(col(ExchangeTicket.id))
    )
    ticket_id = won.scalar_one_or_none()
    if ticket_id is None:
        return None
    earned = await session.get_one(ExchangeTicket, ticket_id)
    known = await _known_device(session, earned, device)
    device_id, device_token = known.id if known else None, None
    if known is not None:
        known.last_used_at = at
        known.access_code_misses = known.access_code_misses if earned.method in _LESSER else 0
    elif earned.remember:
        device_id, device_token = await remember_device(session, earned.profile_id, browser, at)
    token = new_token()
    opened = AuthSession(
        profile_id=earned.profile_id,
        token_hash=token_hash(token),
        method=earned.method,
        device_id=device_id,
        browser=browser[:120],
        address=address[:45],
        created_at=at,
        last_seen_at=at,
        expires_at=at + (REMEMBERED_LONGEST if device_id else LONGEST),
        proved_at=None if earned.method in _LESSER else at,
    )
    session.add(opened)
    await session.flush()
    is_new_here = known is None and earned.method not in _FIRST_VISITS
    return Opened(opened, token, device_token, is_remembered=device_id is not None, is_new_here=is_new_here)


def actor_of(auth: AuthSession | Living) -> Actor:
    """The person of this session as the argument that domain calls take."""
    assert auth.id is not None
    return Actor(profile_id=auth.profile_id, session_id=auth.id, proved_at=auth.proved_at)


async def touch(session: AsyncSession, seen: Mapping[int, datetime]) -> None:
    """Note when the persons of these sessions were here."""
    # In one order everywhere, so that two processes never wait for each other.
    rows = [{"for_id": session_id, "at": at} for session_id, at in sorted(seen.items())]
    await (await session.connection()).execute(_TOUCHING, rows)


async def mark_proved(session: AsyncSession, actor: Actor, at: datetime) -> None:
    """The person has just proved who they are again (O9)."""
    await session.execute(update(AuthSession).where(col(AuthSession.id) == actor.session_id).values(proved_at=at))
    changed(session, Subject(Topic.SESSION, actor.session_id))


async def list_sessions(session: AsyncSession, actor: Actor, at: datetime) -> Sequence[AuthSession]:
    """Where this profile is signed in, the newest activity first."""
    rows = await session.exec(
        select(AuthSession)
        .where(
            AuthSession.profile_id == actor.profile_id,
            col(AuthSession.revoked_at).is_(None),
            col(AuthSession.expires_at) > at,
        )
        .order_by(col(AuthSession.last_seen_at).desc())
        .limit(100)
    )
    return [row for row in rows if lives(row, at)]


async def revoke(session: AsyncSession, actor: Actor, session_id: int, at: datetime) -> None:
    """End one of the actor's sessions, at once. Raises NotFound for anybody else's."""
    auth = await session.get(AuthSession, session_id)
    if auth is None or auth.profile_id != actor.profile_id:
        raise NotFound
    if auth.revoked_at is None:
        auth.revoked_at = at
        changed(session, Subject(Topic.SESSION, session_id))


async def revoke_all(session: AsyncSession, profile_id: int, at: datetime, *, but: int | None = None) -> int:
    """End every session of a profile (but one); how many were ended."""
    ended = await session.execute(
        update(AuthSession)
        .where(
            col(AuthSession.profile_id) == profile_id,
            col(AuthSession.revoked_at).is_(None),
            col(AuthSession.id) != (but or 0),
        )
        .values(revoked_at=at)
        .returning(col(AuthSession.id))
    )
    ids = ended.scalars().all()
    changed(session, *(Subject(Topic.SESSION, ended_id) for ended_id in ids))
    return len(ids)


async def _known_device(session: AsyncSession, earned: ExchangeTicket, device: str) -> RememberedDevice | None:
    """The device that the way in went by, else the one of the cookie, as long as it is this profile's."""
    one = RememberedDevice.id == earned.device_id if earned.device_id else RememberedDevice.token_hash == device
    rows = await session.exec(
        select(RememberedDevice).where(
            one, RememberedDevice.profile_id == earned.profile_id, col(RememberedDevice.forgotten_at).is_(None)
        )
    )
    return rows.first()


async def remember_device(session: AsyncSession, profile_id: int, browser: str, at: datetime) -> tuple[int, str]:
    """A browser that is not asked for codes from now on: its id, and the token for its cookie."""
    token = new_token()
    device = RememberedDevice(
        profile_id=profile_id, token_hash=token_hash(token), name=browser[:120], created_at=at, last_used_at=at
    )
    session.add(device)
    await session.flush()
    assert device.id is not None
    return device.id, token
