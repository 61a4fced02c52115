"""Remembered devices (A4): browsers that are not asked for SMS codes again, and the switch for all of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import UnitOfWork, changed
from mykyivstar.domain.identity import notices, own_codes
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import AuthSession, CodePurpose, Language, Profile, RememberedDevice
from mykyivstar.domain.identity.own_codes import OwnCode
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.identity.security_events import SecurityEventKind, record
from mykyivstar.kit.errors import NotFound

DEVICES_MAX = 100


async def known_device(session: AsyncSession, device_hash: str, profile_id: int) -> RememberedDevice | None:
    """The remembered device of this cookie, if it is this profile's and was not forgotten."""
    device = await by_cookie(session, device_hash)
    return device if device is not None and device.profile_id == profile_id else None


async def by_cookie(session: AsyncSession, device_hash: str) -> RememberedDevice | None:
    """The remembered device of this cookie (its hash), whoever's it is."""
    if not device_hash:
        return None
    rows = await session.exec(
        select(RememberedDevice).where(
            RememberedDevice.token_hash == device_hash, col(RememberedDevice.forgotten_at).is_(None)
        )
    )
    return rows.first()


async def own(session: AsyncSession, actor: Actor) -> Sequence[RememberedDevice]:
    """The actor's remembered devices, the last used first."""
    rows = await session.exec(
        select(RememberedDevice)
        .where(RememberedDevice.profile_id == actor.profile_id, col(RememberedDevice.forgotten_at).is_(None))
        .order_by(col(RememberedDevice.last_used_at).desc(), col(RememberedDevice.id).desc())
        .limit(DEVICES_MAX)
    )
    return rows.all()


async def forget(session: AsyncSession, actor: Actor, device_id: int, at: datetime, *, address: str = "") -> None:
    """Ask for SMS codes there again, void its access code, end its sessions (but never the one that is asking).

    Raises ProofNeeded, NotFound for anybody else's.
    """
    require_fresh(actor, at)
    device = await session.get(RememberedDevice, device_id)
    if device is None or device.profile_id != actor.profile_id or device.forgotten_at is not None:
        raise NotFound
    device.forgotten_at, device.access_code_hash = at, None
    await _end_sessions(session, actor.profile_id, [device_id], at, but=actor.session_id)
    record(session, actor.profile_id, SecurityEventKind.DEVICE_FORGOTTEN, at, detail=device.name, address=address)


async def forget_all(session: AsyncSession, actor: Actor, at: datetime, *, address: str = "") -> int:
    """Forget every device of the actor; how many there were. Raises ProofNeeded."""
    require_fresh(actor, at)
    count = await forget_every(session, actor.profile_id, at, but_session=actor.session_id)
    if count:
        record(session, actor.profile_id, SecurityEventKind.DEVICES_FORGOTTEN, at, detail=str(count), address=address)
    return count


async def forget_every(session: AsyncSession, profile_id: int, at: datetime, *, but_session: int | None = None) -> int:
    """Forget a profile's devices with all they may do, on nobody's request: for recovery."""
    forgotten = await session.execute(
        update(RememberedDevice)
        .where(col(RememberedDevice.profile_id) == profile_id, col(RememberedDevice.forgotten_at).is_(None))
        .values(forgotten_at=at, access_code_hash=None)
        .returning(col(RememberedDevice.id))
    )
    ids = forgotten.scalars().all()
    await _end_sessions(session, profile_id, ids, at, but=but_session)
    return len(ids)


async def send_switch_off_code(
    unit_of_work: UnitOfWork,
    key: bytes,
    actor: Actor,
    *,
    to: str,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> OwnCode:
    """Send the code that switching SMS off is confirmed with. Raises ProofNeeded, NotFound, TooManyTries."""
    require_fresh(actor, at)
    return await own_codes.send(
        unit_of_work,
        key,
        actor,
        purpose=CodePurpose.SWITCH_OFF_SMS,
        to=to,
        visitor=visitor,
        address=address,
        language=language,
        at=at,
    )


async def pending_switch_off_code(session: AsyncSession, actor: Actor, *, visitor: str, at: datetime) -> OwnCode | None:
    """The code that is out in this browser: a page that lost its connection shows it again."""
    return await own_codes.pending(session, actor, purpose=CodePurpose.SWITCH_OFF_SMS, visitor=visitor, at=at)


async def switch_sms_off(
    unit_of_work: UnitOfWork, key: bytes, actor: Actor, *, code: str, visitor: str, address: str, at: datetime
) -> None:
    """From now on the password alone signs in, on every device. Raises ProofNeeded, WrongCode and its kin."""
    require_fresh(actor, at)
    await own_codes.spend(
        unit_of_work, key, actor, purpose=CodePurpose.SWITCH_OFF_SMS, visitor=visitor, code=code, at=at
    )
    async with unit_of_work() as session:
        profile = await session.get_one(Profile, actor.profile_id)
        profile.sms_confirmation = False
        await notices.sms_switched_off(session, actor.profile_id, at, address=address)


async def switch_sms_on(session: AsyncSession, actor: Actor, at: datetime, *, address: str = "") -> None:
    """Devices that are not remembered are asked for a code again; repeating it changes nothing."""
    profile = await session.get_one(Profile, actor.profile_id)
    if not profile.sms_confirmation:
        profile.sms_confirmation = True
        record(session, actor.profile_id, SecurityEventKind.SMS_SWITCHED_ON, at, address=address)


async def _end_sessions(
    session: AsyncSession, profile_id: int, device_ids: Sequence[int | None], at: datetime, *, but: int | None
) -> None:
    ended = await session.execute(
        update(AuthSession)
        .where(
            col(AuthSession.profile_id) == profile_id,
            col(AuthSession.device_id).in_(device_ids),
            col(AuthSession.revoked_at).is_(None),
            col(AuthSession.id) != (but or 0),
        )
        .values(revoked_at=at)
        .returning(col(AuthSession.id))
    )
    changed(session, *(Subject(Topic.SESSION, ended_id) for ended_id in ended.scalars()))
