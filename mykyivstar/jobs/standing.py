"""How the queue stands: for `/health`, which asks whether anybody works at all, and for `/metrics`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.jobs import Job, JobState

# Workers look twice a second. A job that has been due for so long, with nothing done meanwhile, means there is none.
_PATIENCE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is due, for how long the oldest of it has been, and what needs a person."""

    due: int
    oldest_due: timedelta
    dead: Sequence[tuple[str, int]]  # kind, number


async def standing(session: AsyncSession, *, at: datetime) -> Standing:
    """Count the queue."""
    waiting = select(func.count(), func.min(col(Job.run_at))).where(*_due_at(at))
    due, oldest = (await session.exec(waiting)).one()
    dead = select(col(Job.kind), func.count()).where(Job.state == JobState.DEAD).group_by(col(Job.kind))
    return Standing(
        due=due,
        oldest_due=at - oldest if oldest else timedelta(0),
        dead=[(kind, number) for kind, number in (await session.exec(dead)).all()],
    )


async def is_worked_on(session: AsyncSession, *, at: datetime) -> bool:
    """Whether some worker lives: a long queue alone does not mean there is none."""
    overdue = select(Job.id).where(*_due_at(at - _PATIENCE)).limit(1)
    if (await session.exec(overdue)).first() is None:
        return True
    busy = select(Job.id).where(
        or_(
            and_(Job.state == JobState.RUNNING, col(Job.lease_until) > at),
            col(Job.finished_at) > at - _PATIENCE,
        )
    )
    return (await session.exec(busy.limit(1))).first() is not None


def _due_at(at: datetime) -> tuple[bool, bool]:
    return Job.state == JobState.WAITING, col(Job.run_at) <= at  # type: ignore[return-value]
