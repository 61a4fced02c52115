"""Is this paper genuine? Asked by anybody who holds one (O6)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.papers.account import AccountPaper, ReportPaper, account_paper_of
from mykyivstar.domain.papers.details import details_of
from mykyivstar.domain.papers.receipt import Receipt, receipt_of
from mykyivstar.domain.papers.seal import Doubt, PaperCode, PaperKind, Seal, read_code
from mykyivstar.domain.payments.models import Payment
from mykyivstar.domain.reports.models import ReportKind
from mykyivstar.kit.money import Money

Paper = Receipt | ReportPaper
# Signs that people and our own papers write in amounts.
_AS_TYPED = str.maketrans({"\u00a0": None, "\u202f": None, " ": None, "₴": None, "\u2212": "-"})
_Finding = Callable[[AsyncSession, int], Awaitable[Paper | None]]


@dataclass(frozen=True, slots=True)
class Genuine:
    """A code of ours: what the paper must say, masked, and the code as it stands on it."""

    paper: Paper
    code: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the paper in hand says, where it was asked, against what the genuine one says; None: not asked."""

    number: bool | None
    amount: bool | None

    @property
    def is_changed(self) -> bool:
        """Whether the paper in hand says anything else."""
        return self.number is False or self.amount is False


async def verify(session: AsyncSession, text: str, seal: Seal) -> Genuine | Doubt:
    """What the genuine paper of this code says now, or why there is none."""
    read = read_code(text)
    if isinstance(read, Doubt):
        return read
    paper = await _find(session, read)
    if paper is None or not seal.proves(read, paper.facts):
        return Doubt.FORGED
    return Genuine(paper.masked(), paper.code(seal))


def compare(paper: Paper, *, number: str = "", amount: str = "") -> Comparison:
    """Whether a paper on which these stand says the same; what is empty was not asked."""
    digits = "".join(sign for sign in number if not sign.isspace())
    return Comparison(
        number=digits == paper.number if digits else None,
        amount=_is_amount(amount, paper.amount) if amount.strip() else None,
    )


async def _find(session: AsyncSession, read: PaperCode) -> Paper | None:
    find = _FINDERS.get(read.kind)
    return await find(session, read.paper_id) if find else None


async def _receipt(session: AsyncSession, payment_id: int) -> Receipt | None:
    payment = (await session.exec(select(Payment).where(Payment.id == payment_id))).first()
    return await receipt_of(session, payment) if payment else None


async def _statement(session: AsyncSession, report_id: int) -> AccountPaper | None:
    return await _of_kind(session, report_id, ReportKind.STATEMENT)


async def _invoice(session: AsyncSession, report_id: int) -> AccountPaper | None:
    return await _of_kind(session, report_id, ReportKind.INVOICE)


async def _of_kind(session: AsyncSession, report_id: int, kind: ReportKind) -> AccountPaper | None:
    paper = await account_paper_of(session, report_id)
    return paper if paper is not None and paper.kind is kind else None


_FINDERS: Mapping[PaperKind, _Finding] = {
    PaperKind.RECEIPT: _receipt,
    PaperKind.REPORT: details_of,
    PaperKind.STATEMENT: _statement,
    PaperKind.INVOICE: _invoice,
}


def _is_amount(typed: str, amount: Money) -> bool:
    """A balance may be nothing, or below: a statement says so with the sign of a debt."""
    try:
        return Money.decimal(typed.translate(_AS_TYPED)) == amount
    except ValueError:
        return False
