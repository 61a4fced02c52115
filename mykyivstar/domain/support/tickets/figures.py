"""Requests in figures: how soon they are answered and solved (K6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support.figures import median_of
from mykyivstar.domain.support.tickets.models import Ticket, TicketNote, TicketState
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight

_MOST = 20_000


@dataclass(frozen=True, slots=True)
class RequestFigures:
    """Of one day ("" for all of them); times are medians since it was opened, None where there is nothing to count."""

    day: str
    opened: int
    solved: int
    # Answered, or still waiting for an answer, after the promised moment.
    late: int
    first_answer: timedelta | None
    resolution: timedelta | None


async def requests(
    session: AsyncSession, staff: StaffActor, *, days: int, at: datetime
) -> tuple[RequestFigures, Sequence[RequestFigures]]:
    """Requests opened in the last Kyiv days, today included: one's own, for a lead all; by day the newest first."""
    since = kyiv_midnight(kyiv_date(at) - timedelta(days=days - 1))
    solved_at = (
        select(func.min(col(TicketNote.at)))
        .where(TicketNote.ticket_id == Ticket.id, TicketNote.state == TicketState.SOLVED)
        .scalar_subquery()
    )
    statement = select(Ticket, solved_at).where(Ticket.opened_at >= since).order_by(col(Ticket.id).desc()).limit(_MOST)
    if not staff.role.includes(StaffRole.LEAD):
        statement = statement.where(Ticket.staff_id == staff.staff_id)
    rows = [(ticket, moment) for ticket, moment in await session.exec(statement)]
    by_day: dict[str, list[tuple[Ticket, datetime | None]]] = {}
    for ticket, moment in rows:
        by_day.setdefault(kyiv_date(ticket.opened_at).isoformat(), []).append((ticket, moment))
    return _figures("", rows, at), [_figures(day, theirs, at) for day, theirs in sorted(by_day.items(), reverse=True)]


def _figures(day: str, rows: Sequence[tuple[Ticket, datetime | None]], at: datetime) -> RequestFigures:
    solved = [moment - ticket.opened_at for ticket, moment in rows if moment is not None]
    return RequestFigures(
        day=day,
        opened=len(rows),
        solved=len(solved),
        late=sum(1 for ticket, _ in rows if _is_late(ticket, at)),
        first_answer=median_of([each.answered_at - each.opened_at for each, _ in rows if each.answered_at]),
        resolution=median_of(solved),
    )


def _is_late(ticket: Ticket, at: datetime) -> bool:
    promised = ticket.opened_at + ticket.source.answered_within
    if ticket.answered_at is not None:
        return ticket.answered_at > promised
    return ticket.state.is_open and at > promised
