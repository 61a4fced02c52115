"""The desk in figures: how long people wait, how soon they are answered, how it ends, how they rate (K6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffMember, StaffRole
from mykyivstar.domain.support.models import Conversation
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight

DAYS = (1, 7, 30)
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one member, one day or everybody; None where there is nothing to count. Times are medians."""

    name: str
    conversations: int
    wait: timedelta | None
    first_answer: timedelta | None
    length: timedelta | None
    # Of all that began, those that ended without any answer of a person.
    unanswered: int
    ratings: int
    rating: float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A period: everything together, by member, by Kyiv day (newest first)."""

    whole: Figures
    members: Sequence[Figures]
    days: Sequence[Figures]


async def sheet(session: AsyncSession, staff: StaffActor, *, days: int, at: datetime) -> Sheet:
    """Conversations that began in the last Kyiv days, today included: one's own, for a lead all."""
    since = kyiv_midnight(kyiv_date(at) - timedelta(days=days - 1))
    statement = (
        select(Conversation, col(StaffMember.name))
        .outerjoin(StaffMember, col(StaffMember.id) == col(Conversation.staff_id))
        .where(Conversation.opened_at >= since)
        .order_by(col(Conversation.id).desc())
        .limit(_MOST)
    )
    if not staff.role.includes(StaffRole.LEAD):
        statement = statement.where(Conversation.staff_id == staff.staff_id)
    rows = (await session.exec(statement)).all()
    by_member: dict[str, list[Conversation]] = {}
    by_day: dict[str, list[Conversation]] = {}
    for conversation, name in rows:
        if name:
            by_member.setdefault(name, []).append(conversation)
        by_day.setdefault(kyiv_date(conversation.opened_at).isoformat(), []).append(conversation)
    return Sheet(
        whole=_figures("", [conversation for conversation, _ in rows]),
        members=[_figures(name, theirs) for name, theirs in sorted(by_member.items())],
        days=[_figures(day, theirs) for day, theirs in sorted(by_day.items(), reverse=True)],
    )


def _figures(name: str, conversations: Sequence[Conversation]) -> Figures:
    stars = [each.rating for each in conversations if each.rating is not None]
    return Figures(
        name=name,
        conversations=len(conversations),
        wait=median_of([each.taken_at - each.opened_at for each in conversations if each.taken_at]),
        first_answer=median_of([each.answered_at - each.opened_at for each in conversations if each.answered_at]),
        length=median_of(
            [each.closed_at - each.taken_at for each in conversations if each.closed_at and each.taken_at]
        ),
        unanswered=sum(1 for each in conversations if each.closed_at and each.answered_at is None),
        ratings=len(stars),
        rating=round(sum(stars) / len(stars), 2) if stars else None,
    )


def median_of(spans: Sequence[timedelta]) -> timedelta | None:
    """The median; None of nothing."""
    return timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None
