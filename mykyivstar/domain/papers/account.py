"""What statements and invoices prove: whose account, which days, what there was and what is owed (E5, O6)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.papers.details import MADE, DetailsPaper, paper_of
from mykyivstar.domain.papers.receipt import masked
from mykyivstar.domain.papers.seal import PaperKind, Seal
from mykyivstar.domain.reports.invoices import due_day
from mykyivstar.domain.reports.models import Report, ReportKind
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

_SEALED_AS = {ReportKind.STATEMENT: PaperKind.STATEMENT, ReportKind.INVOICE: PaperKind.INVOICE}


@dataclass(frozen=True, slots=True)
class AccountPaper:
    """What every format of one statement or invoice says alike.

    `amount` is the closing balance of a statement, what is to be paid by an invoice; `said` are the sums in between, in
    kopiykas, by name. `of` is twelve digits of a line or an internet account's number, or masked.
    """

    report_id: int
    kind: ReportKind
    at: datetime
    holder: HoldingKind
    of: str
    first_day: date
    last_day: date
    records: int
    amount: Money
    said: Mapping[str, int]

    @property
    def number(self) -> str:
        """The paper's number: the time of the order by the Kyiv clock, as receipts have it, and the order's id."""
        return f"{self.at.astimezone(KYIV):%Y%m%d%H%M%S}{self.report_id}"

    @property
    def due_day(self) -> date:
        """By when an invoice is to be paid."""
        return due_day(Month(self.first_day.year, self.first_day.month))

    @property
    def facts(self) -> str:
        """What never changes, in one form for ever: the seal on the paper is over this."""
        days = [self.first_day.isoformat(), self.last_day.isoformat()]
        sums = [[name, self.said[name]] for name in sorted(self.said)]
        whose = [self.holder.value, self.of]
        return json.dumps(
            [self.report_id, self.number, self.kind.value, whose, days, self.records, self.amount.kopiykas, sums]
        )

    def sum_of(self, name: str) -> Money:
        """One of the sums."""
        return Money(self.said.get(name, 0))

    def code(self, seal: Seal) -> str:
        """The code that proves the paper (O6)."""
        return seal.code(_SEALED_AS[self.kind], self.report_id, self.facts)

    def masked(self) -> "AccountPaper":
        """As anybody may see it who holds the paper."""
        return replace(self, of=masked(self.holder, self.of))


#: A paper that was ordered as a report.
ReportPaper = DetailsPaper | AccountPaper


async def report_paper(session: AsyncSession, report_id: int) -> ReportPaper | None:
    """The paper of this report; None when there is none, or none yet."""
    report = (await session.exec(select(Report).where(Report.id == report_id))).first()
    if report is None or report.state not in MADE:
        return None
    holder, number = await whose(session, report)
    if report.kind is ReportKind.DETAILS:
        return paper_of(report, number, records=report.records, total=report.total)
    return account_paper(report, holder, number, records=report.records, amount=report.total, said=report.said)


async def account_paper_of(session: AsyncSession, report_id: int) -> AccountPaper | None:
    """The statement or invoice of this report; None when it is none."""
    paper = await report_paper(session, report_id)
    return paper if isinstance(paper, AccountPaper) else None


async def whose(session: AsyncSession, report: Report) -> tuple[HoldingKind, str]:
    """Of what the report is: twelve digits of a line, or an internet account's number."""
    if report.line_id is not None:
        line = (await session.exec(select(col(Line.msisdn)).where(Line.id == report.line_id))).one()
        return HoldingKind.LINE, line.digits
    query = select(InternetAccount.number).where(InternetAccount.id == report.internet_account_id)
    if (number := (await session.exec(query)).first()) is None:
        raise NotFound
    return HoldingKind.INTERNET, number


def account_paper(
    report: Report, holder: HoldingKind, number: str, *, records: int, amount: Money, said: Mapping[str, int]
) -> AccountPaper:
    """The paper of a report that has just been counted."""
    assert report.id is not None
    return AccountPaper(
        report_id=report.id,
        kind=report.kind,
        at=report.created_at,
        holder=holder,
        of=number,
        first_day=report.first_day,
        last_day=report.last_day,
        records=records,
        amount=amount,
        said=dict(said),
    )
