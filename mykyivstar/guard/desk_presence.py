"""Who is at the desk: as `presence` for customers, with sessions of another kind."""

from collections.abc import Mapping
from datetime import datetime

from mykyivstar import wiring
from mykyivstar.domain.staff import sessions
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.sessions import LivingStaff
from mykyivstar.guard.session_cache import desk_cache
from mykyivstar.kit.later import Later


async def _write(when: Mapping[int, datetime]) -> None:
    async with wiring.unit_of_work() as session:
        await sessions.touch(session, when)


seen: Later[int, datetime] = Later(_write)


async def by_cookie(token: str, at: datetime) -> int:
    """The living session of this cookie, 0 for none."""
    async with wiring.reading() as session:
        living = await sessions.by_token(session, token, at)
    if living is None:
        return 0
    _met(living.actor.session_id, living, at)
    return living.actor.session_id


async def by_reference(session_id: int, at: datetime) -> StaffActor | None:
    """The member of this session, as read at most two seconds ago; None when it no longer lives."""
    if (known := desk_cache.get(session_id, at)) is not None:
        return known.actor
    async with wiring.reading() as session:
        living = await sessions.by_id(session, session_id, at)
    return _met(session_id, living, at)


def _met(session_id: int, living: LivingStaff | None, at: datetime) -> StaffActor | None:
    desk_cache.put(session_id, living.actor if living else None, at)
    if living and at - living.last_seen_at >= sessions.SEEN_EVERY:
        seen.note(session_id, at)
    return living.actor if living else None
