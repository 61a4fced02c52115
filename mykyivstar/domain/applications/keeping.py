"""What is not kept for ever: what was never sent, what nobody answered, documents after the decision."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.applications import notices
from mykyivstar.domain.applications.life import Event, move
from mykyivstar.domain.applications.models import (
    Application,
    ApplicationFile,
    ApplicationState,
    ApplicationStep,
    Reason,
    StepBy,
)

# A form that was left is forgotten after a day; documents and values are kept this long after the decision.
DRAFTS_KEPT = timedelta(days=1)
KEPT = timedelta(days=90)
BATCH = 100
_OVER = [state for state in ApplicationState if state.is_over]

#: Removes the contents with these names; one that is not there is removed already.
Remove = Callable[[Sequence[str]], Awaitable[None]]


async def expire(session: AsyncSession, *, at: datetime) -> int:
    """Decline what waited for its customer in vain; how many."""
    found = await _some(
        session, col(Application.state) == ApplicationState.NEEDS_MORE, col(Application.deadline_at) <= at
    )
    for application in found:
        application.reason = Reason.NO_ANSWER
        move(session, application, Event.EXPIRE, StepBy.SYSTEM, at=at)
        await notices.decided(session, application, at=at)
    return len(found)


async def forget_drafts(session: AsyncSession, remove: Remove, *, at: datetime) -> int:
    """Delete what was never sent, contents first, so that none is left behind; how many."""
    found = await _some(
        session, col(Application.state) == ApplicationState.DRAFT, col(Application.state_at) <= at - DRAFTS_KEPT
    )
    await _remove_files(session, found, remove)
    for application in found:
        await session.delete(application)
    return len(found)


async def empty(session: AsyncSession, remove: Remove, *, at: datetime) -> int:
    """Remove documents, values and words of what was decided long ago; that and how it was decided stays. How many."""
    found = await _some(
        session,
        col(Application.state).in_(_OVER),
        col(Application.emptied_at).is_(None),
        col(Application.decided_at) <= at - KEPT,
    )
    await _remove_files(session, found, remove)
    of_them = col(ApplicationStep.application_id).in_([application.id for application in found])
    await session.execute(update(ApplicationStep).where(of_them).values(text=""))
    for application in found:
        application.old, application.new, application.words, application.emptied_at = {}, {}, "", at
        session.add(application)
    return len(found)


async def _some(session: AsyncSession, *conditions: object) -> Sequence[Application]:
    rows = await session.exec(
        select(Application)
        .where(*conditions)  # type: ignore[arg-type]
        .order_by(col(Application.id))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    return rows.all()


async def _remove_files(session: AsyncSession, applications: Sequence[Application], remove: Remove) -> None:
    ids = [application.id for application in applications]
    theirs = col(ApplicationFile.application_id).in_(ids)
    names = (await session.exec(select(ApplicationFile.code).where(theirs))).all()
    if names:
        await remove(names)
        await session.execute(delete(ApplicationFile).where(theirs))
