"""What lines have used of what can be limited, in a Kyiv month."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.usage.models import UsageCategory, UsageMonth
from mykyivstar.domain.usage_limits.models import LimitKind
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

#: What counts as data.
DATA = (UsageCategory.DATA, UsageCategory.ROAMING_DATA)
# As entries name what they are for; a fee that was taken back counts against it.
_FEES = (OperationKind.TARIFF_FEE.value, OperationKind.SERVICE_FEE.value)

Used = Mapping[LimitKind, int]


async def used_in(session: AsyncSession, line_ids: Sequence[int], month: Month) -> Mapping[int, Used]:
    """Of each line: kopiykas that its usage cost and its fees took, and bytes, abroad too; everyone asked for is there.

    Usage belongs to the month in which it began, a fee to the one in which it was taken. Top-ups, transfers and
    promised payments are no spending.
    """
    found = {line_id: dict.fromkeys(LimitKind, 0) for line_id in line_ids}
    usage = await session.exec(
        select(UsageMonth).where(col(UsageMonth.line_id).in_(line_ids), UsageMonth.month == str(month))
    )
    for row in usage:
        found[row.line_id][LimitKind.MONEY] += row.cost.kopiykas
        if row.category in DATA:
            found[row.line_id][LimitKind.DATA] += row.quantity
    for line_id, taken in await _fees(session, line_ids, month):
        found[line_id][LimitKind.MONEY] -= taken.kopiykas
    return found


async def _fees(session: AsyncSession, line_ids: Sequence[int], month: Month) -> Sequence[tuple[int, Money]]:
    period = month.period
    rows = await session.exec(
        select(col(LedgerAccount.line_id), func.sum(col(Entry.amount)))
        .join(Entry, col(Entry.account_id) == col(LedgerAccount.id))
        .where(
            col(LedgerAccount.line_id).in_(line_ids),
            LedgerAccount.unit == Unit.UAH,
            col(Entry.at) >= period.start,
            col(Entry.at) < period.end,
            col(Entry.category).in_(_FEES),
        )
        .group_by(col(LedgerAccount.line_id))
    )
    return [(line_id, taken) for line_id, taken in rows if line_id is not None]
