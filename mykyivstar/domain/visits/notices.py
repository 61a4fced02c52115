"""What is said of visits: booked, moved, tomorrow, called off; what to bring, where, when, and where to change it.

Booked and moved confirm what somebody has just done, by the only message that names the visit's address: an SMS to the
number that was given, whatever is chosen. The others are told as the owner of that number wants to be told of visits.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.jobs import enqueue
from mykyivstar.domain.lines.models import Line, LineState
from mykyivstar.domain.notices.telling import Whose, tell
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
    await _tell(session, visit, SmsTemplate.VISIT_REMINDER, _params(visit, store), at=at)
    return True


async def called_off(session: AsyncSession, visit: Visit, store: Store, *, at: datetime) -> None:
    """It cannot be kept; its page leads to another one."""
    params = _params(visit, store)
    del params["purpose"]
    await _tell(session, visit, SmsTemplate.VISIT_CALLED_OFF, params, at=at)


async def told(session: AsyncSession, visit: Visit, store: Store, template: SmsTemplate, *, at: datetime) -> None:
    """Confirm what was done with a visit: VISIT_BOOKED or VISIT_MOVED, to its number, at any hour."""
    params, language = _params(visit, store), visit.language
    await send_sms(session, to=visit.phone, template=template, params=params, language=language, at=at, lives=_LIVES)


def place_of(store: Store, language: str) -> str:
    """City and address, short enough for an SMS."""
    said = [texts.get(language) or texts.get("uk", "") for texts in (store.city, store.address)]
    whole = ", ".join(each for each in said if each)
    return whole if len(whole) <= _PLACE_MOST else f"{whole[: _PLACE_MOST - 3]}..."


def _params(visit: Visit, store: Store) -> dict[str, str]:
    return {
        "number": visit.number,
        "at": visit.starts_at.isoformat(),
        "place": place_of(store, visit.language.value),
        "purpose": visit.purpose.value,
        "visit": visit.code,
    }


async def _tell(
    session: AsyncSession, visit: Visit, template: SmsTemplate, params: Mapping[str, str], *, at: datetime
) -> None:
    """Tell whose number it is; nobody has chosen anything for a number that is no line of ours."""
    said: dict[str, Any] = {"to": visit.phone, "template": template, "params": params, "language": visit.language}
    ours = select(Line.id).where(Line.msisdn == visit.phone, Line.state != LineState.INACTIVE)
    line_id = (await session.exec(ours)).first()
    if line_id is None:
        await send_sms(session, **said, at=at, send_at=when_awake(at), lives=_LIVES)
    else:
        await tell(session, Whose(line_id=line_id), **said, at=at, send_at=when_awake(at), lives=_LIVES)
