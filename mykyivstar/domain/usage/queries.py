"""What lines used and what is left of their packages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, tuple_
from sqlalchemy import select as core_select
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
class MonthSum:
    """What a line used of one category in one Kyiv month; `quantity` in seconds, bytes or pieces as the category says.

    What has no price yet counts as nothing in `cost`. `category.is_roaming` tells roaming apart (N10).
    """

    line_id: int
    month: Month
    category: UsageCategory
    records: int
    quantity: int
    cost: Money


async def months_by_category(
    session: AsyncSession, line_ids: Iterable[int], first: Month, last: Month
) -> Sequence[MonthSum]:
    """What these lines used in the months from `first` to `last`, both included (E2, N10): only what there was.

    In the order of lines, months and categories as they are declared. The sums stay when the records are thrown away.
    """
    table = table_of(UsageMonth)
    query = core_select(*table.c).where(
        table.c.line_id.in_(sorted(set(line_ids))),
        table.c.month.between(str(first), str(last)),
        table.c.records > 0,
    )
    rows = (await (await session.connection()).execute(query)).all()
    found = [MonthSum(line_id, Month.parse(month), *rest) for line_id, month, *rest in rows]
    return sorted(found, key=lambda each: (each.line_id, each.month, _PLACES[each.category]))


_PLACES = {category: place for place, category in enumerate(UsageCategory)}


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
    query = select(UsageRecord).where(UsageRecord.line_id == line_id, UsageRecord.started_at >= period.start)
    # Never two upper bounds of the period: SQLite takes the first one and reads all that lies before the page.
    if after is not None and after.started_at < period.end:
        query = query.where(UsageRecord.started_at <= after.started_at, _before(after))
    else:
        query = query.where(UsageRecord.started_at < period.end)
    if categories:
        query = query.where(col(UsageRecord.category).in_(categories))
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
        .order_by(col(Allowance.expires_at), col(Allowance.kind), col(Allowance.source))
    )
    found: dict[int, list[Allowance]] = {line_id: [] for line_id in lines}
    for allowance in await session.exec(query):
        found[allowance.line_id].append(allowance)
    return found
