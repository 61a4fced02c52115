"""Call details on the screen: past months, which are free, and what was ordered of this one (E3, E4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.reports.contents import Sums, sums
from mykyivstar.domain.reports.masking import may_be_told, shown_party
from mykyivstar.domain.reports.models import Report, ReportKind, ReportState
from mykyivstar.domain.reports.ordering import seen_line
from mykyivstar.domain.reports.periods import demand_days
from mykyivstar.domain.reports.queries import report_of
from mykyivstar.domain.usage.models import UsageRecord
from mykyivstar.domain.usage.queries import Place, records
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.period import Month, Period

PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """One record as the actor may see it now."""

    record: UsageRecord
    party: str


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """A page of records, the newest first; `after` is where the next one begins, None when this is the last."""

    rows: Sequence[Shown]
    after: Place | None


async def ordered_report(session: AsyncSession, actor: Actor, code: str) -> Report:
    """The report of this code, whose records its owner may see while it is kept. Raises NotFound."""
    report = await report_of(session, actor, code)
    if report.kind is not ReportKind.DETAILS or report.state in {ReportState.FAILED, ReportState.EXPIRED}:
        raise NotFound
    return report


async def free_period(
    session: AsyncSession, actor: Actor, *, line_id: int, first_day: date, last_day: date, at: datetime
) -> Period | None:
    """These days of a line whose usage the actor may see; None when they reach into this month, which must be ordered.

    Raises NotFound, PeriodReversed, PeriodAhead, PeriodTooOld.
    """
    await seen_line(session, actor, line_id)
    period = demand_days(first_day, last_day, at=at)
    return period if period.end <= Month.of(at).period.start else None


async def page(
    session: AsyncSession,
    actor: Actor,
    *,
    line_id: int,
    period: Period,
    after: Place | None = None,
    limit: int = PAGE,
    at: datetime,
) -> ScreenPage:
    """The next records of a period that the actor may see; others' numbers masked without a fresh proof (O9)."""
    await seen_line(session, actor, line_id)
    found = await records(session, line_id, period, after=after, limit=limit)
    proved = actor.has_fresh_proof(at)
    rows = [Shown(each, shown_party(each.other_party, proved=proved)) for each in found if may_be_told(each)]
    last = Place(found[-1].started_at, found[-1].ref) if len(found) == limit else None
    return ScreenPage(rows, last)


async def page_sums(session: AsyncSession, actor: Actor, *, line_id: int, period: Period) -> Sums:
    """The sums of such a period. Raises NotFound."""
    await seen_line(session, actor, line_id)
    return await sums(session, line_id, period)
