"""SMS about visits: booked, moved, tomorrow. They say what to bring, where, when, and where to change it."""

from datetime import datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.jobs import enqueue
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.visits.models import Visit, VisitState
from mykyivstar.kit.clock import KYIV, kyiv_date

REMINDER_JOB = "visits.remind"
#: The day before a visit.
_REMINDED_AT = time(18)
_LIVES = timedelta(days=1)
_PLACE_MOST = 48


async def booked(session: AsyncSession, visit: Visit, store: Store, *, is_moved: bool, at: datetime) -> None:
    """Booked, or moved; the evening before, it is reminded of. At any hour: somebody has just asked."""
    await told(session, visit, store, SmsTemplate.VISIT_MOVED if is_moved else SmsTemplate.VISIT_BOOKED, at=at)
    reminded_at = datetime.combine(kyiv_date(visit.starts_at) - timedelta(days=1), _REMINDED_AT, KYIV)
    if reminded_at > at:
        starts_at = visit.starts_at.isoformat()
        named = {"visit_id": visit.id, "starts_at": starts_at}
        await enqueue(
            session, REMINDER_JOB, named, run_at=reminded_at, dedup=f"{REMINDER_JOB}:{visit.id}:{starts_at[:16]}"
        )


async def remind(session: AsyncSession, *, visit_id: int, starts_at: datetime, at: datetime) -> bool:
    """The visit is tomorrow; False when it is not any more, or not then."""
    visit = await session.get(Visit, visit_id)
    if visit is None or visit.state is not VisitState.BOOKED or visit.starts_at != starts_at or at >= starts_at:
        return False
    store = await session.get_one(Store, visit.store_id)
    await told(session, visit, store, SmsTemplate.VISIT_REMINDER, at=at, send_at=when_awake(at))
    return True


async def told(
    session: AsyncSession,
    visit: Visit,
    store: Store,
    template: SmsTemplate,
    *,
    at: datetime,
    send_at: datetime | None = None,
) -> None:
    """Send one of the SMS of a visit."""
    params = {
        "number": visit.number,
        "at": visit.starts_at.isoformat(),
        "place": place_of(store, visit.language.value),
        "purpose": visit.purpose.value,
        "visit": visit.code,
    }
    await send_sms(
        session,
        to=visit.phone,
        template=template,
        params=params,
        language=visit.language,
        at=at,
        send_at=send_at or at,
        lives=_LIVES,
    )


def place_of(store: Store, language: str) -> str:
    """City and address, short enough for an SMS."""
    said = [texts.get(language) or texts.get("uk", "") for texts in (store.city, store.address)]
    whole = ", ".join(each for each in said if each)
    return whole if len(whole) <= _PLACE_MOST else f"{whole[: _PLACE_MOST - 3]}..."
