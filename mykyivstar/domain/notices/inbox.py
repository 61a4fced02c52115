"""Notices in the app: put there, read, and marked until they have been looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.notices.models import AppNotice
from mykyivstar.domain.notifications.templates import SmsTemplate

PAGE = 50
# More than these are shown as this many and more.
COUNTED_MOST = 99

TICKET, APPLICATION = "ticket", "application"


@dataclass(frozen=True, slots=True)
class Marks:
    """What waits to be looked at: how many notices, and whether there is an answer to a request or an application."""

    unseen: int = 0
    ticket: bool = False
    application: bool = False


async def put(
    session: AsyncSession,
    profile_id: int,
    template: SmsTemplate,
    params: Mapping[str, str],
    *,
    at: datetime,
    about: str = "",
) -> None:
    """Tell this person in the app; a newer notice about the same ticket or application takes the place of an unseen."""
    assert set(params) == template.params, "the values of a notice are those of its template"
    if about:
        same = (col(AppNotice.profile_id) == profile_id, col(AppNotice.about) == about)
        await session.exec(delete(AppNotice).where(*same, col(AppNotice.seen_at).is_(None)))
    session.add(AppNotice(profile_id=profile_id, template=template.value, params=dict(params), about=about[:60], at=at))
    changed(session, subject(profile_id))


async def newest(session: AsyncSession, actor: Actor) -> Sequence[AppNotice]:
    """The actor's notices, the newest first."""
    rows = await session.exec(
        select(AppNotice).where(AppNotice.profile_id == actor.profile_id).order_by(col(AppNotice.id).desc()).limit(PAGE)
    )
    return rows.all()


async def marks(session: AsyncSession, actor: Actor) -> Marks:
    """What the actor has not looked at yet."""
    unseen = (
        select(AppNotice.about)
        .where(AppNotice.profile_id == actor.profile_id, col(AppNotice.seen_at).is_(None))
        .order_by(col(AppNotice.id).desc())
        .limit(COUNTED_MOST + 1)
    )
    about = [each.partition(":")[0] for each in (await session.exec(unseen)).all()]
    return Marks(len(about), TICKET in about, APPLICATION in about)


async def with_news(session: AsyncSession, profile_ids: Iterable[int]) -> set[int]:
    """Those of these people who have something to look at."""
    unseen = (
        select(AppNotice.profile_id)
        .where(col(AppNotice.profile_id).in_(sorted(profile_ids)), col(AppNotice.seen_at).is_(None))
        .distinct()
    )
    return set((await session.exec(unseen)).all())


async def is_news(session: AsyncSession, actor: Actor, about: str) -> bool:
    """Whether the actor has a notice about this that they have not looked at."""
    which = (AppNotice.profile_id == actor.profile_id, AppNotice.about == about, col(AppNotice.seen_at).is_(None))
    return (await session.exec(select(AppNotice.id).where(*which).limit(1))).first() is not None


async def saw(
    session: AsyncSession, actor: Actor, *, at: datetime, up_to: int | None = None, about: str | None = None
) -> int:
    """The actor has looked: at every notice up to this one, or at what those are about; how many were new."""
    which = [col(AppNotice.profile_id) == actor.profile_id, col(AppNotice.seen_at).is_(None)]
    if up_to is not None:
        which.append(col(AppNotice.id) <= up_to)
    if about is not None:
        which.append(col(AppNotice.about) == about)
    found = await session.exec(update(AppNotice).where(*which).values(seen_at=at).returning(col(AppNotice.id)))
    if count := len(found.all()):
        changed(session, subject(actor.profile_id))
    return count


def subject(profile_id: int) -> Subject:
    """What to watch to see somebody's notices come and be looked at."""
    return Subject(Topic.NOTICES, profile_id)
