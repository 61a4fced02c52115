"""Changing the password of one's own profile (A7)."""

from datetime import datetime

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import access_code, notices, passwords, proving, sessions, temporary
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.identity.security_errors import WrongCurrentPassword


async def change_password(
    unit_of_work: UnitOfWork,
    actor: Actor,
    *,
    current: str,
    new: str,
    again: str,
    device_hash: str,
    visitor: str,
    address: str,
    at: datetime,
) -> int:
    """Replace the password; every other session ends, access codes of other devices too. How many sessions ended.

    Takes a fresh proof and, where there is a password, that as well: whoever finds a phone unlocked has its SMS too.
    Raises ProofNeeded, WrongCurrentPassword, PasswordTooWeak, PasswordsDiffer, TooManyTries.
    """
    require_fresh(actor, at)
    async with unit_of_work() as session:
        profile = await session.get_one(Profile, actor.profile_id)
    passwords.require_good(new, again, login=profile.login)
    if profile.password_hash is not None and not await proving.knows_password(
        unit_of_work, actor, password=current, visitor=visitor, address=address, at=at
    ):
        raise WrongCurrentPassword
    hashed = await passwords.hash_password(new)
    async with unit_of_work() as session:
        profile = await session.get_one(Profile, actor.profile_id)
        profile.password_hash, profile.password_changed_at = hashed, at
        await temporary.void_of(session, actor.profile_id, at)
        ended = await sessions.revoke_all(session, actor.profile_id, at, but=actor.session_id)
        await access_code.drop_others(session, actor, device_hash=device_hash)
        await notices.password_changed(session, actor.profile_id, at, address=address)
        return ended
