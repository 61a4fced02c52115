"""What the tests of keeping a profile safe share: signed-in people, remembered devices, what was told and noted."""

from sqlmodel import col, select

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import (
    AuthSession,
    RememberedDevice,
    SecurityEvent,
    SignInMethod,
)
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.kit.secret import new_token, token_hash
from tests.domain.identity.conftest import World

HOME = "203.0.113.7"


async def signed_in(world: World, profile_id: int, *, proved: bool = True, device_id: int | None = None) -> Actor:
    """A person with a session of their own."""
    at = world.clock.now()
    async with world.database.unit_of_work() as session:
        auth = AuthSession(
            profile_id=profile_id,
            token_hash=token_hash(new_token()),
            method=SignInMethod.CODE,
            device_id=device_id,
            browser="Chrome, Android",
            created_at=at,
            last_seen_at=at,
            expires_at=at.replace(year=at.year + 1),
            proved_at=at if proved else None,
        )
        session.add(auth)
        await session.flush()
        return Actor(profile_id, auth.id or 0, auth.proved_at)


async def remembered(world: World, profile_id: int, *, token: str = "device") -> RememberedDevice:
    """A browser that ticked "Remember"."""
    at = world.clock.now()
    async with world.database.unit_of_work() as session:
        device = RememberedDevice(
            profile_id=profile_id, token_hash=token_hash(token), name="Chrome, Android", created_at=at, last_used_at=at
        )
        session.add(device)
        await session.flush()
        return device


async def living(world: World) -> list[int]:
    """Sessions that were not ended."""
    async with world.database.reading() as session:
        rows = await session.exec(
            select(AuthSession.id).where(col(AuthSession.revoked_at).is_(None)).order_by(col(AuthSession.id))
        )
        return [row or 0 for row in rows]


async def noted(world: World) -> list[str]:
    """Kinds of the security events, in order."""
    async with world.database.reading() as session:
        return [event.kind for event in await session.exec(select(SecurityEvent).order_by(col(SecurityEvent.id)))]


async def told(world: World) -> list[tuple[str, str]]:
    """Notices that were sent, codes left out: (template, to)."""
    async with world.database.reading() as session:
        rows = await session.exec(select(SmsMessage).order_by(col(SmsMessage.id)))
        return [(row.template, row.to.digits) for row in rows if not row.template.startswith("code_")]


async def device_row(world: World, device: RememberedDevice) -> RememberedDevice:
    """The device as it is stored now."""
    async with world.database.reading() as session:
        return await session.get_one(RememberedDevice, device.id)
