"""Who is told that a fee waits for money, and what happens once money has come."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.jobs import enqueue
from mykyivstar.domain.billing.models import UnpaidFee
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.identity.subjects import Found, Subject, profile_of
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.notices.telling import Whose, tell
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.templates import SmsTemplate

COLLECT_JOB: Final = "billing.collect"
_AT_ONCE: Final = 200
_LIVES: Final = timedelta(days=1)


async def tell_waiting(session: AsyncSession, *, at: datetime, most: int = _AT_ONCE) -> int:
    """Tell the oldest of those who do not know yet, each fee once, in the morning; how many fees these were."""
    query = select(UnpaidFee, Line).join(Line, col(Line.id) == UnpaidFee.line_id)
    waiting = query.where(col(UnpaidFee.told_at).is_(None)).order_by(col(UnpaidFee.id)).limit(most)
    found = (await session.exec(waiting)).all()
    for fee, line in found:
        profile = await profile_of(session, Found(Subject("line", ""), line_id=line.id))
        await tell(
            session,
            Whose(line_id=line.id),
            to=line.msisdn,
            template=SmsTemplate.FEE_WAITS,
            params={"kopiykas": str(fee.amount.kopiykas), "missing_kopiykas": str(fee.missing.kopiykas)},
            language=Language.UK if profile is None else profile.language,
            at=at,
            lives=_LIVES,
            send_at=when_awake(at),
        )
        fee.told_at = at
        session.add(fee)
    return len(found)


async def collect_soon(session: AsyncSession, line_ids: Iterable[int], *, at: datetime) -> None:
    """Money has come to these lines: what waits for it is taken in a moment, by a job of its own."""
    waiting = select(UnpaidFee.line_id).where(col(UnpaidFee.line_id).in_(sorted(set(line_ids)))).distinct()
    for line_id in (await session.exec(waiting)).all():
        await enqueue(session, COLLECT_JOB, {"line_id": line_id}, run_at=at)
