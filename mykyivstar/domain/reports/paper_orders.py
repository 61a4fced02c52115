"""Ordering a statement of an account or an invoice of a contract line: free of charge (E5)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.turns import take_turn
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.ledger.service import account_for
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing
from mykyivstar.domain.lines.queries import Held, HeldLine, held
from mykyivstar.domain.reports.errors import NoFormat, OnlyContractsHaveInvoices, TooLongForPdf
from mykyivstar.domain.reports.models import Report, ReportFormat, ReportKind
from mykyivstar.domain.reports.movements import count_movements
from mykyivstar.domain.reports.ordering import PDF_MOST
from mykyivstar.domain.reports.orders import demand_room, have_made, known_order, written
from mykyivstar.domain.reports.periods import demand_ended_month, demand_statement_days
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period
from mykyivstar.kit.secret import new_token


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """What is asked for: a STATEMENT for these days, or the INVOICE of the month that `first_day` lies in."""

    key: str
    kind: ReportKind
    of: HoldingKey
    first_day: date
    last_day: date
    formats: Sequence[ReportFormat]
    email: str = ""

    @property
    def request_hash(self) -> str:
        """What must be the same when the key is."""
        days = [self.first_day.isoformat(), self.last_day.isoformat()]
        same = [self.kind.value, str(self.of), days, written(self.formats), self.email]
        return hashlib.sha256(json.dumps(same).encode()).hexdigest()


async def seen_account(session: AsyncSession, actor: Actor, key: HoldingKey) -> Held:
    """What the actor may see every movement of (B4): a statement tells usage. Raises NotFound, for a payer too."""
    found = await held(session, actor, key)
    if not found.holding.role.sees_usage:
        raise NotFound
    return found


def may_have_invoices(found: Held) -> bool:
    """Whether it pays by invoice at all (N11)."""
    return isinstance(found, HeldLine) and found.line.payment is Billing.CONTRACT


async def order_paper(
    session: AsyncSession, actor: Actor, order: PaperOrder, *, language: Language, at: datetime
) -> Report:
    """Write the order down and have it made; once for each key.

    Raises ProofNeeded before anything else; NotFound, PeriodReversed, PeriodAhead, PeriodTooOld, MonthNotOver,
    OnlyContractsHaveInvoices, NoFormat, TooLongForPdf, TooManyReports, ReportMismatch.
    """
    require_fresh(actor, at)
    if not 16 <= len(order.key) <= 60 or not order.key.isascii() or order.kind is ReportKind.DETAILS:
        raise Malformed
    await take_turn(session, order.key)
    found = await seen_account(session, actor, order.of)
    account_id = await _account(session, found)
    if (known := await known_order(session, actor, key=order.key, request_hash=order.request_hash)) is not None:
        return known
    first_day, last_day, period = _days(order, found, at)
    if not order.formats:
        raise NoFormat
    if order.kind is ReportKind.STATEMENT and ReportFormat.PDF in order.formats:
        number = await count_movements(session, account_id, period)
        if number > PDF_MOST:
            raise TooLongForPdf(records=number, most=PDF_MOST)
    await demand_room(session, actor)
    report = Report(
        code=new_token(),
        key=order.key,
        request_hash=order.request_hash,
        profile_id=actor.profile_id,
        kind=order.kind,
        line_id=order.of.id if order.of.kind is HoldingKind.LINE else None,
        internet_account_id=order.of.id if order.of.kind is HoldingKind.INTERNET else None,
        first_day=first_day,
        last_day=last_day,
        formats=written(order.formats),
        language=language,
        email=order.email,
        created_at=at,
        state_at=at,
    )
    session.add(report)
    await session.flush()
    await have_made(session, report, at=at)
    return report


async def _account(session: AsyncSession, found: Held) -> int:
    if isinstance(found, HeldLine):
        floor = None if found.line.payment is Billing.CONTRACT else Money.ZERO
        account = await account_for(session, line_id=found.line.id, floor=floor)
    else:
        account = await account_for(session, internet_account_id=found.account.id)
    return account.id or 0


def _days(order: PaperOrder, found: Held, at: datetime) -> tuple[date, date, Period]:
    if order.kind is ReportKind.STATEMENT:
        return order.first_day, order.last_day, demand_statement_days(order.first_day, order.last_day, at=at)
    if not may_have_invoices(found):
        raise OnlyContractsHaveInvoices
    month = Month(order.first_day.year, order.first_day.month)
    period = demand_ended_month(month, at=at)
    return month.first_day, month.last_day, period
