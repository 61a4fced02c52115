"""What stands in call details: records by keyset, and their sums by category (E3)."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.reports.masking import may_be_told
from mykyivstar.domain.usage.models import UsageCategory, UsageRecord
from mykyivstar.domain.usage.queries import Place, records
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Period

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Sum:
    """Of one category: how many records, how much in its own unit, for how much money."""

    category: UsageCategory
    records: int = 0
    quantity: int = 0
    cost: Money = Money.ZERO


@dataclass(slots=True)
class Sums:
    """Of all categories that there are, counted along."""

    by_category: dict[UsageCategory, Sum] = field(default_factory=dict)

    def add(self, found: Iterable[UsageRecord]) -> None:
        """Count these too; what has no price yet counts as nothing."""
        for record in found:
            old = self.by_category.get(record.category) or Sum(record.category)
            self.by_category[record.category] = Sum(
                record.category,
                old.records + 1,
                old.quantity + record.quantity,
                old.cost + (record.cost or Money.ZERO),
            )

    @property
    def rows(self) -> list[Sum]:
        """In the usual order of categories."""
        return [self.by_category[each] for each in UsageCategory if each in self.by_category]

    @property
    def records(self) -> int:
        return sum(each.records for each in self.by_category.values())

    @property
    def cost(self) -> Money:
        return sum((each.cost for each in self.by_category.values()), Money.ZERO)


async def pages(reading: UnitOfWork, line_id: int, period: Period) -> AsyncIterator[Sequence[UsageRecord]]:
    """Every record of the period that may be told, the newest first, a thousand at a time; no transaction is kept."""
    after: Place | None = None
    while True:
        async with reading() as session:
            found = await records(session, line_id, period, after=after, limit=AT_ONCE)
        if told := [each for each in found if may_be_told(each)]:
            yield told
        if len(found) < AT_ONCE:
            return
        after = Place(found[-1].started_at, found[-1].ref)


async def count_records(session: AsyncSession, line_id: int, period: Period) -> int:
    """How many records there are."""
    theirs = (
        UsageRecord.line_id == line_id,
        col(UsageRecord.started_at) >= period.start,
        col(UsageRecord.started_at) < period.end,
    )
    return (await session.exec(select(func.count()).select_from(UsageRecord).where(*theirs))).one()


async def sums(session: AsyncSession, line_id: int, period: Period) -> Sums:
    """The same sums as in the files, by the database."""
    query = (
        select(
            col(UsageRecord.category),
            func.count(),
            func.sum(col(UsageRecord.quantity)),
            func.sum(col(UsageRecord.cost)),
        )
        .where(
            UsageRecord.line_id == line_id,
            col(UsageRecord.started_at) >= period.start,
            col(UsageRecord.started_at) < period.end,
        )
        .group_by(col(UsageRecord.category))
    )
    found = Sums()
    for category, number, quantity, cost in (await session.exec(query)).all():
        found.by_category[category] = Sum(category, number, int(quantity), cost or Money.ZERO)
    return found
