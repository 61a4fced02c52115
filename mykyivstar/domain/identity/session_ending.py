"""Ending sessions from the list of them (A11): elsewhere only after a fresh proof, here at any time."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity import sessions
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import AuthSession
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.identity.security_events import SecurityEventKind, record
from mykyivstar.kit.errors import NotFound


async def end_one(session: AsyncSession, actor: Actor, session_id: int, at: datetime, *, address: str = "") -> None:
    """End one of the actor's sessions, at once. Raises ProofNeeded, NotFound for anybody else's."""
    if session_id != actor.session_id:
        require_fresh(actor, at)
    ending = await session.get(AuthSession, session_id)
    if ending is None or ending.profile_id != actor.profile_id or ending.revoked_at is not None:
        raise NotFound
    await sessions.revoke(session, actor, session_id, at)
    record(session, actor.profile_id, SecurityEventKind.SESSION_ENDED, at, detail=ending.browser, address=address)


async def end_others(session: AsyncSession, actor: Actor, at: datetime, *, address: str = "") -> int:
    """End every session of the actor but this one; how many there were. Raises ProofNeeded."""
    require_fresh(actor, at)
    count = await sessions.revoke_all(session, actor.profile_id, at, but=actor.session_id)
    if count:
        record(session, actor.profile_id, SecurityEventKind.SESSIONS_ENDED, at, detail=str(count), address=address)
    return count
