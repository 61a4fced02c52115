"""What people of the demo have ordered: the worker makes it as soon as it runs (E5)."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line
from mykyivstar.domain.reports.models import ReportFormat, ReportKind
from mykyivstar.domain.reports.paper_orders import PaperOrder, order_paper
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.period import Month

# Olena reads where her money went, Iryna what her contract costs.
_ORDERS = (("380671000001", ReportKind.STATEMENT), ("380973000001", ReportKind.INVOICE))


async def add_reports(session: AsyncSession, at: datetime) -> None:
    """Last month's, as their owners would have ordered them at this moment."""
    month = Month.of(at).shifted(-1)
    for number, kind in _ORDERS:
        owned = (
            select(Holding, col(Profile.language))
            .join(Line, col(Line.id) == col(Holding.line_id))
            .join(Profile, col(Profile.id) == col(Holding.profile_id))
            .where(col(Line.msisdn) == Msisdn(number), Holding.role == HoldingRole.OWNER)
            .order_by(col(Holding.id))
        )
        if (found := (await session.exec(owned)).first()) is None:
            continue
        holding, language = found
        order = PaperOrder(
            key=f"demo:report:{number}:{month}",
            kind=kind,
            of=HoldingKey(HoldingKind.LINE, holding.line_id or 0),
            first_day=month.first_day,
            last_day=month.last_day,
            formats=list(ReportFormat),
        )
        actor = Actor(holding.profile_id, session_id=0, proved_at=at)
        await order_paper(session, actor, order, language=language, at=at)
