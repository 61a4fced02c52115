"""Who of the demo keeps the tariff's money locked (O2)."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.domain.tariff_lock.service import lock
from mykyivstar.kit.msisdn import Msisdn

# Maksym, who saves for the next four weeks.
_SAVERS = ("380964000001",)


async def add_locks(session: AsyncSession, at: datetime) -> None:
    """As they would have pressed the switch at this moment; who has given the number away meanwhile does not."""
    saving = select(Holding).join(Line, col(Line.id) == Holding.line_id)
    numbers = [Msisdn(number) for number in _SAVERS]
    for holding in await session.exec(saving.where(col(Line.msisdn).in_(numbers)).order_by(col(Holding.id))):
        await lock(session, Actor(holding.profile_id, session_id=0), holding.line_id or 0, at=at)
