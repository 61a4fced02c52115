"""The access code (A6): 4 to 6 digits that open the app on one remembered device, and nowhere else."""

import re
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import devices, passwords, sessions
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile, RememberedDevice, SignInMethod
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.identity.security_errors import (
    AccessCodeLocked,
    AccessCodeMalformed,
    AccessCodesDiffer,
    AccessCodeTooSimple,
    DeviceNotRemembered,
    WrongAccessCode,
)
from mykyivstar.domain.identity.security_events import SecurityEventKind, record

MISSES = 5
_DIGITS = re.compile(r"[0-9]{4,6}")
_ROWS = ("01234567890", "09876543210")
# Down, across and in the corners of a phone's keys.
_KEYPAD = {"2580", "0852", "1470", "3690", "1397", "7913", "1379", "147258", "258369", "147369", "159753", "357951"}


def require_good(code: str, again: str) -> None:
    """Raise AccessCodeMalformed, AccessCodeTooSimple or AccessCodesDiffer unless this may become an access code."""
    if not _DIGITS.fullmatch(code):
        raise AccessCodeMalformed
    if _is_simple(code):
        raise AccessCodeTooSimple
    if code != again:
        raise AccessCodesDiffer


async def set_code(
    unit_of_work: UnitOfWork,
    actor: Actor,
    *,
    device_hash: str,
    code: str,
    again: str,
    address: str,
    at: datetime,
) -> None:
    """Give this remembered device its access code, in place of an older one.

    Raises ProofNeeded, DeviceNotRemembered, AccessCodeMalformed, AccessCodeTooSimple, AccessCodesDiffer.
    """
    require_fresh(actor, at)
    require_good(code, again)
    hashed = await passwords.hash_password(code)
    async with unit_of_work() as session:
        device = await devices.known_device(session, device_hash, actor.profile_id)
        if device is None:
            raise DeviceNotRemembered
        device.access_code_hash, device.access_code_misses = hashed, 0
        record(session, actor.profile_id, SecurityEventKind.ACCESS_CODE_SET, at, detail=device.name, address=address)


async def remove(session: AsyncSession, actor: Actor, at: datetime, *, device_hash: str, address: str = "") -> None:
    """Ask for a full login on this device again. Raises DeviceNotRemembered."""
    device = await devices.known_device(session, device_hash, actor.profile_id)
    if device is None:
        raise DeviceNotRemembered
    if device.access_code_hash is not None:
        device.access_code_hash, device.access_code_misses = None, 0
        record(
            session, actor.profile_id, SecurityEventKind.ACCESS_CODE_REMOVED, at, detail=device.name, address=address
        )


async def is_offered(session: AsyncSession, device_hash: str) -> bool:
    """Whether this browser may be opened by an access code now; the login page asks for it first then."""
    device = await devices.by_cookie(session, device_hash)
    return device is not None and device.access_code_hash is not None and device.access_code_misses < MISSES


async def unlock(unit_of_work: UnitOfWork, *, device_hash: str, code: str, visitor: str, at: datetime) -> str:
    """The ticket of the profile that remembers this device. Raises WrongAccessCode, AccessCodeLocked, and
    AccessCodeMalformed for what no access code looks like, which is no try.

    A try is counted in a transaction of its own before it is looked at, so no number of tabs gets a sixth one.
    """
    typed = code.strip()
    if not _DIGITS.fullmatch(typed):
        raise AccessCodeMalformed
    async with unit_of_work() as session:
        device = await _spend_try(session, device_hash)
        misses = device.access_code_misses if device else MISSES
    if device is None:
        raise AccessCodeLocked
    if not await passwords.matches(typed, device.access_code_hash):
        if misses < MISSES:
            raise WrongAccessCode(tries_left=MISSES - misses)
        await _note_lock(unit_of_work, device, at)
        raise AccessCodeLocked
    async with unit_of_work() as session:
        return await _open(session, device, visitor, at)


async def drop_others(session: AsyncSession, actor: Actor, *, device_hash: str) -> None:
    """Void the access codes of the actor's other devices: for a changed password."""
    kept = await devices.known_device(session, device_hash, actor.profile_id)
    await session.execute(
        update(RememberedDevice)
        .where(
            col(RememberedDevice.profile_id) == actor.profile_id,
            col(RememberedDevice.id) != (kept.id if kept else 0),
        )
        .values(access_code_hash=None)
    )


async def _spend_try(session: AsyncSession, device_hash: str) -> RememberedDevice | None:
    if not device_hash:
        return None
    spent = await session.execute(
        update(RememberedDevice)
        .where(
            col(RememberedDevice.token_hash) == device_hash,
            col(RememberedDevice.forgotten_at).is_(None),
            col(RememberedDevice.access_code_hash).is_not(None),
            col(RememberedDevice.access_code_misses) < MISSES,
        )
        .values(access_code_misses=col(RememberedDevice.access_code_misses) + 1)
        .returning(col(RememberedDevice.id))
    )
    device_id = spent.scalar_one_or_none()
    return None if device_id is None else await session.get_one(RememberedDevice, device_id)


async def _note_lock(unit_of_work: UnitOfWork, device: RememberedDevice, at: datetime) -> None:
    async with unit_of_work() as session:
        record(session, device.profile_id, SecurityEventKind.ACCESS_CODE_LOCKED, at, detail=device.name)


async def _open(session: AsyncSession, fitting: RememberedDevice, visitor: str, at: datetime) -> str:
    device = await session.get_one(RememberedDevice, fitting.id)
    profile = await session.get_one(Profile, device.profile_id)
    # Forgotten, changed or closed while the code was being looked at.
    if device.forgotten_at or device.access_code_hash != fitting.access_code_hash or profile.closed_at:
        raise AccessCodeLocked
    device.access_code_misses, device.last_used_at = 0, at
    return await sessions.issue_ticket(
        session,
        profile_id=device.profile_id,
        visitor=visitor,
        method=SignInMethod.ACCESS_CODE,
        at=at,
        device_id=device.id,
    )


def _is_simple(code: str) -> bool:
    is_repeated = any(code == code[:size] * (len(code) // size) for size in (1, 2, 3))
    is_doubled = code == "".join(sign * 2 for sign in code[::2])
    is_row = any(code in row for row in _ROWS)
    return is_repeated or is_doubled or is_row or code in _KEYPAD
