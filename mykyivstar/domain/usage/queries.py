"""What lines used and what is left of their packages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.usage.models import Allowance, UsageMonth
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month


async def month_cost(session: AsyncSession, line_ids: Iterable[int], month: Month) -> Mapping[int, Money]:
    """What the usage of each line cost in this Kyiv month so far (C1); everyone asked for is there."""
    lines = sorted(set(line_ids))
    query = (
        select(UsageMonth.line_id, func.sum(col(UsageMonth.cost)))
        .where(col(UsageMonth.line_id).in_(lines), UsageMonth.month == str(month))
        .group_by(col(UsageMonth.line_id))
    )
    return dict.fromkeys(lines, Money.ZERO) | dict((await session.exec(query)).all())


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
