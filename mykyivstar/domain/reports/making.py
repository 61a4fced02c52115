"""The life of a report while it is made and after: each step a compare-and-set, and no price without a report (E4)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import UnitOfWork, changed
from mykyivstar.domain.ledger.reversal import reverse
from mykyivstar.domain.reports.letters import send_report
from mykyivstar.domain.reports.models import Report, ReportState
from mykyivstar.domain.reports.ordering import explanation_of, fee_key
from mykyivstar.kit.money import Money

KEPT_FOR = timedelta(days=30)
# A worker that was killed leaves it so; the job comes again sooner than this.
GIVEN_UP_AFTER = timedelta(hours=1)
_OPEN = [each for each in ReportState if each.is_open]


async def begin(session: AsyncSession, report_id: int, *, at: datetime) -> Report | None:
    """Say that it is being made; None when it is over already. One that a dead worker began is begun anew."""
    return await _advance(session, report_id, _OPEN, at=at, state=ReportState.MAKING, progress=0)


async def go_on(session: AsyncSession, report_id: int, *, percent: int) -> None:
    """Say how much of it is made."""
    is_being_made = (col(Report.id) == report_id, col(Report.state) == ReportState.MAKING)
    found = await session.exec(
        update(Report).where(*is_being_made).values(progress=min(percent, 99)).returning(col(Report.profile_id))
    )
    if (profile_id := found.scalar_one_or_none()) is not None:
        changed(session, Subject(Topic.PROFILE, profile_id))


async def finish(
    session: AsyncSession,
    report_id: int,
    *,
    files: Mapping[str, Any],
    records: int,
    total: Money,
    said: Mapping[str, int] | None = None,
    at: datetime,
) -> Report | None:
    """It is made, and sent if that was asked for; None when it was given up meanwhile: then its files are to go."""
    made: dict[str, Any] = {
        "files": dict(files),
        "records": records,
        "total": total,
        "said": dict(said or {}),
        "progress": 100,
    }
    made |= {"state": ReportState.READY, "expires_at": at + KEPT_FOR}
    report = await _advance(session, report_id, [ReportState.MAKING], at=at, **made)
    if report is not None and report.email:
        await send_report(session, report, to=report.email, at=at)
    return report


async def fail(session: AsyncSession, report_id: int, *, at: datetime) -> bool:
    """It cannot be made: what was paid goes back to the balance in the same breath. False when it is over already."""
    report = await _advance(session, report_id, _OPEN, at=at, state=ReportState.FAILED)
    if report is None:
        return False
    if report.fee:
        why = {**explanation_of(report), "rule": "report.failed"}
        await reverse(session, key=f"report:{report.id}:back", of=fee_key(report.id), at=at, explanation=why)
    return True


async def fail_the_forgotten(unit_of_work: UnitOfWork, *, at: datetime) -> int:
    """Fail what nobody has made in an hour, whatever happened to it; how many there were."""
    async with unit_of_work() as session:
        forgotten = (
            await session.exec(
                select(Report.id)
                .where(col(Report.state).in_(_OPEN), col(Report.state_at) < at - GIVEN_UP_AFTER)
                .limit(100)
            )
        ).all()
    failed = 0
    for report_id in forgotten:
        async with unit_of_work() as session:
            failed += await fail(session, report_id or 0, at=at)
    return failed


async def expire(session: AsyncSession, *, at: datetime) -> list[str]:
    """Up to a hundred reports that are kept no longer, and what is deleted: the names of their files, to be removed."""
    due = (
        await session.exec(
            select(Report.id)
            .where(Report.state == ReportState.READY, col(Report.expires_at) <= at)
            .order_by(col(Report.id))
            .limit(100)
        )
    ).all()
    names: list[str] = []
    for report_id in due:
        report = await session.get_one(Report, report_id)
        names += names_of(report)
        await _advance(session, report_id or 0, [ReportState.READY], at=at, state=ReportState.EXPIRED, files={})
    return names


def names_of(report: Report) -> list[str]:
    """Its files in the folder."""
    return [each["name"] for each in report.files.values()]


async def _advance(
    session: AsyncSession, report_id: int, before: list[ReportState], *, at: datetime, **values: Any
) -> Report | None:
    moved = await session.exec(
        update(Report)
        .where(col(Report.id) == report_id, col(Report.state).in_(before))
        .values(state_at=at, **values)
        .returning(Report)
        .execution_options(populate_existing=True)
    )
    report = moved.scalar_one_or_none()
    if report is not None:
        changed(session, Subject(Topic.PROFILE, report.profile_id))
    return report
