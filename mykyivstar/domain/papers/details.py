"""What call details prove: whose number, which days, how many records, for how much (E3, O6)."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.papers.seal import PaperKind, Seal
from mykyivstar.domain.reports.models import Report, ReportKind, ReportState
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

MADE = frozenset({ReportState.READY, ReportState.EXPIRED})


@dataclass(frozen=True, slots=True)
class DetailsPaper:
    """What every format of one report says alike; `msisdn` is twelve digits, or masked."""

    report_id: int
    at: datetime
    msisdn: str
    first_day: date
    last_day: date
    records: int
    amount: Money

    @property
    def number(self) -> str:
        """The paper's number: the time of the order by the Kyiv clock, as receipts have it, and the order's id."""
        return f"{self.at.astimezone(KYIV):%Y%m%d%H%M%S}{self.report_id}"

    @property
    def facts(self) -> str:
        """What never changes, in one form for ever: the seal on the paper is over this."""
        days = [self.first_day.isoformat(), self.last_day.isoformat()]
        return json.dumps([self.report_id, self.number, self.msisdn, days, self.records, self.amount.kopiykas])

    def code(self, seal: Seal) -> str:
        """The code that proves the paper (O6)."""
        return seal.code(PaperKind.REPORT, self.report_id, self.facts)

    def masked(self) -> "DetailsPaper":
        """As anybody may see it who holds the paper."""
        return replace(self, msisdn=Msisdn(self.msisdn).masked)


async def details_of(session: AsyncSession, report_id: int) -> DetailsPaper | None:
    """The paper of this report; None when there is none."""
    query = select(Report, col(Line.msisdn)).join(Line, col(Line.id) == Report.line_id).where(Report.id == report_id)
    found = (await session.exec(query)).first()
    if found is None or found[0].state not in MADE or found[0].kind is not ReportKind.DETAILS:
        return None
    return paper_of(found[0], found[1].digits, records=found[0].records, total=found[0].total)


def paper_of(report: Report, msisdn: str, *, records: int, total: Money) -> DetailsPaper:
    """The paper of a report that has just been counted."""
    assert report.id is not None
    return DetailsPaper(
        report_id=report.id,
        at=report.created_at,
        msisdn=msisdn,
        first_day=report.first_day,
        last_day=report.last_day,
        records=records,
        amount=total,
    )
