"""A number of the demo that is blocked (G1): what a lead at the desk can try unblocking with."""

from datetime import datetime, timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.blocking.models import BlockReason, BlockState, LineBlock
from mykyivstar.domain.lines.models import Line, LineState, Owner
from mykyivstar.kit.msisdn import Msisdn

# Somebody without a profile, whose phone was stolen.
NUMBER, _REF, _NAME = Msisdn("380671840009"), "demo-stolen", "Левко Мороз"
# As every line of the demo it has a charge ahead.
_CHARGED_IN = timedelta(days=20)


async def add_blocks(session: AsyncSession, at: datetime) -> None:
    """Blocked since the world is there; who has unblocked it meanwhile finds it so."""
    known = (await session.exec(select(Line).where(Line.msisdn == NUMBER))).first()
    if known is not None:
        known.next_charge_at = at + _CHARGED_IN
        session.add(known)
        return
    session.add(owner := Owner(ref=_REF, name=_NAME))
    await session.flush()
    line = Line(msisdn=NUMBER, owner_id=owner.id, state=LineState.BLOCKED, next_charge_at=at + _CHARGED_IN)
    session.add(line)
    await session.flush()
    stolen = LineBlock(line_id=line.id or 0, key=f"demo:{NUMBER}", reason=BlockReason.STOLEN, asked_at=at, since=at)
    stolen.state = BlockState.ACTIVE
    session.add(stolen)
