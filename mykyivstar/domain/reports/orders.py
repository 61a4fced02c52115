"""What every order of a report does, whatever it is of."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.jobs import enqueue
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.reports.errors import ReportMismatch, TooManyReports
from mykyivstar.domain.reports.models import Report, ReportFormat, ReportState
from mykyivstar.kit.errors import NotFound

MAKE_JOB = "report.make"
OPEN_MOST = 5


def written(formats: Sequence[ReportFormat]) -> str:
    """Formats as the table keeps them."""
    return ",".join(each.value for each in ReportFormat if each in formats)


async def known_order(session: AsyncSession, actor: Actor, *, key: str, request_hash: str) -> Report | None:
    """What was ordered by this form before. Raises ReportMismatch, NotFound for somebody else's."""
    known = (await session.exec(select(Report).where(Report.key == key))).first()
    if known is None:
        return None
    if known.profile_id != actor.profile_id:
        raise NotFound
    if known.request_hash != request_hash:
        raise ReportMismatch
    return known


async def demand_room(session: AsyncSession, actor: Actor) -> None:
    """Raises TooManyReports while enough is being made for the actor."""
    states = [each for each in ReportState if each.is_open]
    open_ones = select(func.count()).where(Report.profile_id == actor.profile_id, col(Report.state).in_(states))
    if (await session.exec(open_ones)).one() >= OPEN_MOST:
        raise TooManyReports(most=OPEN_MOST)


async def have_made(session: AsyncSession, report: Report, *, at: datetime) -> None:
    """Have the worker make it once this transaction commits."""
    await enqueue(session, MAKE_JOB, {"report_id": report.id}, run_at=at, dedup=f"{MAKE_JOB}:{report.id}")
    changed(session, Subject(Topic.PROFILE, report.profile_id))
