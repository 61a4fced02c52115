"""SMS about requests for repairs and about the network at somebody's address (H4, N7)."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.jobs import enqueue
from mykyivstar.domain.faults.models import FaultRequest, TechnicianSlot
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.notices.telling import Whose, tell
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.clock import KYIV, kyiv_date
from mykyivstar.kit.msisdn import Msisdn

REMINDER_JOB = "faults.remind"
#: The day before a visit.
_REMINDED_AT = time(18)
_LIVES = timedelta(days=1)


async def taken(session: AsyncSession, request: FaultRequest, *, at: datetime) -> None:
    """The request is written down: its number. At any hour: its owner has just asked."""
    await _tell(session, request, SmsTemplate.FAULT_TAKEN, {"number": request.code}, at=at, send_at=at)


async def booked(
    session: AsyncSession, request: FaultRequest, slot: TechnicianSlot, *, is_moved: bool, at: datetime
) -> None:
    """A visit is chosen, or another one; the evening before, it is reminded of."""
    template = SmsTemplate.FAULT_MOVED if is_moved else SmsTemplate.FAULT_BOOKED
    await _tell(session, request, template, _visit(slot), at=at, send_at=at)
    reminded_at = datetime.combine(kyiv_date(slot.starts_at) - timedelta(days=1), _REMINDED_AT, KYIV)
    if reminded_at > at:
        named = {"request_id": request.id, "slot_id": slot.id}
        dedup = f"{REMINDER_JOB}:{request.id}:{slot.id}"
        await enqueue(session, REMINDER_JOB, named, run_at=reminded_at, dedup=dedup)


async def remind(session: AsyncSession, *, request_id: int, slot_id: int, at: datetime) -> bool:
    """A technician comes tomorrow; False when that visit is not theirs any more."""
    request = await session.get(FaultRequest, request_id)
    slot = await session.get(TechnicianSlot, slot_id)
    if request is None or slot is None or request.slot_id != slot_id or not request.state.has_visit:
        return False
    if at >= slot.starts_at:
        return False
    await _tell(session, request, SmsTemplate.FAULT_REMINDER, _visit(slot), at=at, send_at=when_awake(at))
    return True


async def confirmed(session: AsyncSession, request: FaultRequest, slot: TechnicianSlot, *, at: datetime) -> None:
    """A technician will come."""
    await _tell(session, request, SmsTemplate.FAULT_CONFIRMED, _visit(slot), at=at, send_at=when_awake(at))


async def cancelled(session: AsyncSession, request: FaultRequest, *, at: datetime) -> None:
    """The subscriber has given it up."""
    await _tell(session, request, SmsTemplate.FAULT_CANCELLED, {"number": request.code}, at=at, send_at=at)


async def called_off(session: AsyncSession, request: FaultRequest, slot: TechnicianSlot, *, at: datetime) -> None:
    """The operator cannot come: another time is to be chosen."""
    await _tell(session, request, SmsTemplate.FAULT_CALLED_OFF, _visit(slot), at=at, send_at=when_awake(at))


async def done(session: AsyncSession, request: FaultRequest, *, at: datetime) -> None:
    """It works again: how was it?"""
    await _tell(session, request, SmsTemplate.FAULT_DONE, {"number": request.code}, at=at, send_at=when_awake(at))


async def language_of(session: AsyncSession, profile_id: int) -> Language:
    """What this person reads."""
    language = (await session.exec(select(col(Profile.language)).where(col(Profile.id) == profile_id))).first()
    return Language(language or Language.UK)


def _visit(slot: TechnicianSlot) -> Mapping[str, str]:
    return {"at": slot.starts_at.isoformat(), "until": slot.ends_at.isoformat()}


async def _tell(
    session: AsyncSession,
    request: FaultRequest,
    template: SmsTemplate,
    params: Mapping[str, str],
    *,
    at: datetime,
    send_at: datetime,
) -> None:
    to: Msisdn = request.contact_phone
    await tell(
        session,
        Whose(profile_id=request.profile_id),
        to=to,
        template=template,
        params=params,
        language=await language_of(session, request.profile_id),
        at=at,
        send_at=send_at,
        lives=_LIVES,
    )
