"""What lines used and what is left of their packages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import table_of
from mykyivstar.domain.usage.models import Allowance, UsageCategory, UsageMonth, UsageRecord
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period


async def month_cost(session: AsyncSession, line_ids: Iterable[int], month: Month) -> Mapping[int, Money]:
    """What the usage of each line cost in this Kyiv month so far (C1); everyone asked for is there."""
    lines = sorted(set(line_ids))
    query = (
        select(UsageMonth.line_id, func.sum(col(UsageMonth.cost)))
        .where(col(UsageMonth.line_id).in_(lines), UsageMonth.month == str(month))
        .group_by(col(UsageMonth.line_id))
    )
    return dict.fromkeys(lines, Money.ZERO) | dict((await session.exec(query)).all())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of records ended: the next one begins after it."""

    started_at: datetime
    ref: str


async def records(
    session: AsyncSession,
    line_id: int,
    period: Period,
    *,
    categories: Sequence[UsageCategory] = (),
    after: Place | None = None,
    limit: int = 50,
) -> Sequence[UsageRecord]:
    """A line's records of a period, the newest first, of all categories or of these; as fast at any depth (E3)."""
    query = select(UsageRecord).where(
        UsageRecord.line_id == line_id, UsageRecord.started_at >= period.start, UsageRecord.started_at < period.end
    )
    if categories:
        query = query.where(col(UsageRecord.category).in_(categories))
    if after is not None:
        query = query.where(_before(after))
    newest_first = (col(UsageRecord.started_at).desc(), col(UsageRecord.ref).desc())
    return (await session.exec(query.order_by(*newest_first).limit(limit))).all()


def _before(place: Place) -> ColumnElement[bool]:
    table = table_of(UsageRecord)
    columns = (table.c.started_at, table.c.ref)
    values = (literal(each, column.type) for each, column in zip((place.started_at, place.ref), columns, strict=True))
    return tuple_(*columns) < tuple_(*values)


async def allowances(session: AsyncSession, line_ids: Iterable[int], at: datetime) -> Mapping[int, Sequence[Allowance]]:
    """What each line has left and valid at this moment (C1), soonest to expire first; everyone asked for is there."""
    lines = sorted(set(line_ids))
    query = (
        select(Allowance)
        .where(col(Allowance.line_id).in_(lines), Allowance.expires_at > at)
        .order_by(col(Allowance.expires_at), col(Allowance.id))
    )
    found: dict[int, list[Allowance]] = {line_id: [] for line_id in lines}
    for allowance in await session.exec(query):
        found[allowance.line_id].append(allowance)
    return found
