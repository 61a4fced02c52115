"""Remembering the browser in hand later than at its sign-in (A4): from the security screen."""

from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.identity import devices
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import AuthSession, RememberedDevice
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.identity.security_events import SecurityEventKind, record
from mykyivstar.domain.identity.sessions import REMEMBERED_LONGEST, remember_device
from mykyivstar.kit.secret import new_token, token_hash


async def remember_here(
    session: AsyncSession, actor: Actor, *, device_hash: str, browser: str, address: str, at: datetime
) -> str | None:
    """Ask for no more codes in the browser of this session, which lives longer too; the token of its cookie.

    None when the browser holds one already (`device_hash` is what it sends). Asked again because the answer got
    lost, it is the same device with another token. Raises ProofNeeded.
    """
    require_fresh(actor, at)
    if await devices.known_device(session, device_hash, actor.profile_id) is not None:
        return None
    rows = await session.exec(select(AuthSession).where(AuthSession.id == actor.session_id).with_for_update())
    auth = rows.one()
    known = await session.get(RememberedDevice, auth.device_id) if auth.device_id else None
    if known is not None and known.forgotten_at is None:
        token = new_token()
        known.token_hash = token_hash(token)
        return token
    auth.device_id, token = await remember_device(session, actor.profile_id, browser, at)
    auth.expires_at = at + REMEMBERED_LONGEST
    record(session, actor.profile_id, SecurityEventKind.DEVICE_REMEMBERED, at, detail=browser, address=address)
    changed(session, Subject(Topic.SESSION, actor.session_id))
    return token
