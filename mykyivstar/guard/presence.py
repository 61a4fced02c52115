"""Who is here: what was read of a session is believed for a moment, and that its person was here is written in one."""

from collections.abc import Mapping
from datetime import datetime

from mykyivstar import wiring
from mykyivstar.domain.identity import living_sessions, sessions
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.guard.session_cache import session_cache
from mykyivstar.kit.later import Later


async def _write(when: Mapping[int, datetime]) -> None:
    async with wiring.unit_of_work() as session:
        await sessions.touch(session, when)


# Of each session, when its person was here last. Nobody waits for a disk because of that; a moment of it may be lost.
seen: Later[int, datetime] = Later(_write)


async def by_cookie(token: str, at: datetime) -> int:
    """The living session of this cookie, 0 for none; the event that follows need not read it again."""
    async with wiring.reading() as session:
        auth = await living_sessions.by_token(session, token, at)
    if auth is None:
        return 0
    _met(auth.id, auth, at)
    return auth.id


async def by_reference(session_id: int, at: datetime) -> Actor | None:
    """The person of this session, as read at most two seconds ago; None when it no longer lives."""
    if (known := session_cache.get(session_id, at)) is not None:
        return known.actor
    async with wiring.reading() as session:
        auth = await living_sessions.by_id(session, session_id, at)
    return _met(session_id, auth, at)


def _met(session_id: int, auth: living_sessions.Living | None, at: datetime) -> Actor | None:
    actor = sessions.actor_of(auth) if auth else None
    session_cache.put(session_id, actor, at)
    if auth and at - auth.last_seen_at >= sessions.SEEN_EVERY:
        seen.note(session_id, at)
    return actor
