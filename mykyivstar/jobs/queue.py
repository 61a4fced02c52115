"""The moves of a job through its table; each is one statement, so that workers need no lock beside the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, tuple_, update
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.jobs import Job, JobState, enqueue
from mykyivstar.jobs.registry import JobKind

ERROR_LENGTH_MAX = 500


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that is ours until its lease ends."""

    job_id: int
    number: int
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    dedup: str | None


async def is_anything_due(session: AsyncSession, kinds: Collection[str], *, at: datetime) -> bool:
    """Whether a claim would find something; cheaper than a claim, because it does not write."""
    return (await session.exec(select(Job.id).where(_due(kinds, at)).limit(1))).first() is not None


async def claim(
    session: AsyncSession, kinds: Collection[str], *, limit: int, at: datetime, lease: timedelta
) -> Sequence[Claim]:
    """Take jobs that are due or whose worker let the lease end; the latter count as a failed try."""
    # A common table expression is evaluated once; PostgreSQL may run a plain subquery several times and lock too many.
    due = (
        select(Job.id)
        .where(_due(kinds, at))
        .order_by(col(Job.run_at), col(Job.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    taken = await session.exec(
        update(Job)
        .where(col(Job.id).in_(select(due.c.id)))
        .values(
            state=JobState.RUNNING,
            attempts=col(Job.attempts) + 1,
            claim=col(Job.claim) + 1,
            lease_until=at + lease,
        )
        .returning(col(Job.id), col(Job.claim), col(Job.kind), col(Job.payload), col(Job.attempts), col(Job.dedup))
        .execution_options(synchronize_session=False)
    )
    return [Claim(*row) for row in taken]


async def renew(session: AsyncSession, claims: Collection[Claim], *, until: datetime) -> None:
    """Keep these jobs ours for longer."""
    ours = tuple_(col(Job.id), col(Job.claim)).in_([(claim.job_id, claim.number) for claim in claims])
    await session.exec(
        update(Job)
        .where(ours, col(Job.state) == JobState.RUNNING)
        .values(lease_until=until)
        .execution_options(synchronize_session=False)
    )


async def finish(session: AsyncSession, claim: Claim, *, at: datetime) -> bool:
    """The job is done."""
    return await _settle(session, claim, state=JobState.DONE, finished_at=at, error="")


async def postpone(session: AsyncSession, claim: Claim, *, until: datetime, reason: str) -> bool:
    """The job is to be tried again, and this was no failure."""
    return await _wait(session, claim, until=until, attempts=claim.attempts - 1, error=reason)


async def retry(session: AsyncSession, claim: Claim, *, until: datetime, error: str) -> bool:
    """The job failed and is to be tried again."""
    return await _wait(session, claim, until=until, attempts=claim.attempts, error=error)


async def rearm(session: AsyncSession, claim: Claim, *, until: datetime, error: str) -> bool:
    """A job that comes back is over for this time."""
    return await _wait(session, claim, until=until, attempts=0, error=error)


async def bury(session: AsyncSession, claim: Claim, *, at: datetime, error: str) -> bool:
    """The job failed too often."""
    return await _settle(session, claim, state=JobState.DEAD, finished_at=at, error=error[:ERROR_LENGTH_MAX])


async def install_schedule(session: AsyncSession, kind: JobKind, *, at: datetime) -> None:
    """Have the one row of a job that comes back; a schedule that has become more frequent applies at once."""
    assert kind.schedule is not None
    first = kind.schedule.after(at)
    await enqueue(session, kind.name, {}, run_at=first, dedup=kind.schedule_key)
    await session.exec(
        update(Job)
        .where(col(Job.dedup) == kind.schedule_key, col(Job.state) == JobState.WAITING, col(Job.run_at) > first)
        .values(run_at=first)
        .execution_options(synchronize_session=False)
    )


def _due(kinds: Collection[str], at: datetime) -> ColumnElement[bool]:
    waits = and_(col(Job.state) == JobState.WAITING, col(Job.run_at) <= at)
    abandoned = and_(col(Job.state) == JobState.RUNNING, col(Job.lease_until) <= at)
    return and_(or_(waits, abandoned), col(Job.kind).in_(sorted(kinds)))


async def _wait(session: AsyncSession, claim: Claim, *, until: datetime, attempts: int, error: str) -> bool:
    return await _settle(
        session, claim, state=JobState.WAITING, run_at=until, attempts=attempts, error=error[:ERROR_LENGTH_MAX]
    )


async def _settle(session: AsyncSession, claim: Claim, **values: Any) -> bool:
    """Say how our claim ended; False when another worker has taken the job since, whose word it is then."""
    settled = await session.exec(
        update(Job)
        .where(col(Job.id) == claim.job_id, col(Job.claim) == claim.number, col(Job.state) == JobState.RUNNING)
        .values(lease_until=None, **values)
        .returning(col(Job.id))
        .execution_options(synchronize_session=False)
    )
    return settled.first() is not None
