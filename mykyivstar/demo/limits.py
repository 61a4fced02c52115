"""Who of the demo limits what a number uses in a month (N5)."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line
from mykyivstar.domain.usage_limits.models import LimitKind
from mykyivstar.domain.usage_limits.service import set_limit
from mykyivstar.domain.usage_limits.volumes import GIGABYTE
from mykyivstar.kit.msisdn import Msisdn

# Olena watches her data and her money, Iryna what her contract costs; Maksym's data pauses by itself.
_LIMITS = (
    ("380671000001", LimitKind.DATA, 25 * GIGABYTE, False),
    ("380671000001", LimitKind.MONEY, 35_000, False),
    ("380973000001", LimitKind.MONEY, 30_000, False),
    ("380964000001", LimitKind.DATA, 40 * GIGABYTE, True),
)


async def add_limits(session: AsyncSession, at: datetime) -> None:
    """As their owners would have set them at this moment."""
    numbers = sorted({Msisdn(number) for number, *_ in _LIMITS}, key=str)
    owned = (
        select(Holding, col(Line.msisdn))
        .join(Line, col(Line.id) == col(Holding.line_id))
        .where(col(Line.msisdn).in_(numbers), Holding.role == HoldingRole.OWNER)
        .order_by(col(Holding.id).desc())
    )
    owners = {number.digits: holding for holding, number in await session.exec(owned)}
    for number, kind, most, pauses_data in _LIMITS:
        if (holding := owners.get(number)) is not None:
            actor = Actor(holding.profile_id, session_id=0)
            line_id = holding.line_id or 0
            await set_limit(session, actor, line_id=line_id, kind=kind, most=most, pauses_data=pauses_data, at=at)
