"""Ordering call details: the price said before, then taken once, in the transaction that writes the order down (E4)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.turns import take_turn
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.ledger.accounts import SystemAccount
from mykyivstar.domain.ledger.models import LedgerAccount, OperationKind
from mykyivstar.domain.ledger.service import Leg, account_for, locked, post, system_account
from mykyivstar.domain.lines.models import Billing, HoldingRole
from mykyivstar.domain.lines.queries import HeldLine, held_line
from mykyivstar.domain.reports.contents import count_records
from mykyivstar.domain.reports.details_price import DetailsTariff, Fee, price_of_details
from mykyivstar.domain.reports.errors import (
    NoFormat,
    OnlyOwnersPay,
    PriceChanged,
    TooLongForPdf,
)
from mykyivstar.domain.reports.models import Report, ReportFormat, ReportState
from mykyivstar.domain.reports.orders import demand_room, have_made, known_order, written
from mykyivstar.domain.reports.periods import demand_days
from mykyivstar.domain.tariff_lock.queries import demand_free
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period
from mykyivstar.kit.secret import new_token

# As many as one worker sets in two seconds and 300 MB.
PDF_MOST = 2_500


@dataclass(frozen=True, slots=True)
class DetailsOrder:
    """What is asked for. `agreed` is the price that was shown, ZERO for free; `key` was made when it was shown."""

    key: str
    line_id: int
    first_day: date
    last_day: date
    formats: Sequence[ReportFormat]
    agreed: Money = Money.ZERO
    email: str = ""

    @property
    def request_hash(self) -> str:
        """What must be the same when the key is."""
        days = [self.first_day.isoformat(), self.last_day.isoformat()]
        same = [self.line_id, days, self.written_formats, self.agreed.kopiykas, self.email]
        return hashlib.sha256(json.dumps(same).encode()).hexdigest()

    @property
    def written_formats(self) -> str:
        """As the table keeps them."""
        return written(self.formats)


async def seen_line(session: AsyncSession, actor: Actor, line_id: int) -> HeldLine:
    """A line whose usage the actor may see (B4). Raises NotFound, for who only pays for it too."""
    held = await held_line(session, actor, line_id)
    if not held.holding.role.sees_usage:
        raise NotFound
    return held


async def price(
    session: AsyncSession,
    actor: Actor,
    *,
    line_id: int,
    first_day: date,
    last_day: date,
    tariff: DetailsTariff,
    at: datetime,
) -> Fee | None:
    """What these details cost now, None when they are free (E4).

    Raises NotFound, PeriodReversed, PeriodAhead, PeriodTooOld.
    """
    await seen_line(session, actor, line_id)
    period = demand_days(first_day, last_day, at=at)
    return await _price(session, actor, line_id, period, tariff=tariff, at=at)


async def order_details(
    session: AsyncSession, actor: Actor, order: DetailsOrder, *, language: Language, tariff: DetailsTariff, at: datetime
) -> Report:
    """Write the order down, take its price from the line's balance, and have it made; once for each key.

    Raises ProofNeeded before anything else; NotFound, what `demand_days` raises, NoFormat, TooLongForPdf, PriceChanged,
    OnlyOwnersPay, NotEnoughMoney, TariffMoneyLocked, TooManyReports, ReportMismatch: in each case nothing was taken.
    """
    require_fresh(actor, at)
    if not 16 <= len(order.key) <= 60 or not order.key.isascii():
        raise Malformed
    await take_turn(session, order.key)
    held = await seen_line(session, actor, order.line_id)
    floor = None if held.line.payment is Billing.CONTRACT else Money.ZERO
    account = await account_for(session, line_id=order.line_id, floor=floor)
    # Orders of one line pass one after the other, so that each is counted.
    await locked(session, [account.id or 0])
    if (known := await known_order(session, actor, key=order.key, request_hash=order.request_hash)) is not None:
        return known
    period = demand_days(order.first_day, order.last_day, at=at)
    await _demand_sense(session, actor, order, period)
    fee = await _price(session, actor, order.line_id, period, tariff=tariff, at=at)
    if (fee.total if fee else Money.ZERO) != order.agreed:
        raise PriceChanged(price=fee.total if fee else Money.ZERO)
    if fee is not None:
        if held.holding.role is not HoldingRole.OWNER:
            raise OnlyOwnersPay
        await demand_free(session, order.line_id, fee.total, balance=account.balance, at=at)
    report = _written_down(session, actor, order, fee, language=language, at=at)
    await session.flush()
    if fee is not None:
        await _take(session, account, report, at=at)
    await have_made(session, report, at=at)
    return report


def fee_key(report_id: int | None) -> str:
    """The key of the operation that took the price of this report."""
    return f"report:{report_id}:fee"


async def _demand_sense(session: AsyncSession, actor: Actor, order: DetailsOrder, period: Period) -> None:
    if not order.formats:
        raise NoFormat
    if ReportFormat.PDF in order.formats:
        number = await count_records(session, order.line_id, period)
        if number > PDF_MOST:
            raise TooLongForPdf(records=number, most=PDF_MOST)
    await demand_room(session, actor)


async def _price(
    session: AsyncSession, actor: Actor, line_id: int, period: Period, *, tariff: DetailsTariff, at: datetime
) -> Fee | None:
    profile = await session.get_one(Profile, actor.profile_id)
    return price_of_details(
        period,
        registered_at=profile.created_at,
        ordered_this_month=await _charged_this_month(session, line_id, at),
        tariff=tariff,
        at=at,
    )


async def _charged_this_month(session: AsyncSession, line_id: int, at: datetime) -> int:
    """Charged requests of the line in this month of Kyiv; one that failed was given back and is none."""
    month = Month.of(at).period
    query = select(func.count()).where(
        Report.line_id == line_id,
        col(Report.created_at) >= month.start,
        col(Report.created_at) < month.end,
        col(Report.net) > Money.ZERO,
        col(Report.state) != ReportState.FAILED,
    )
    return (await session.exec(query)).one()


def _written_down(
    session: AsyncSession, actor: Actor, order: DetailsOrder, fee: Fee | None, *, language: Language, at: datetime
) -> Report:
    taken = fee or Fee(Money.ZERO, Money.ZERO, Money.ZERO)
    report = Report(
        code=new_token(),
        key=order.key,
        request_hash=order.request_hash,
        profile_id=actor.profile_id,
        line_id=order.line_id,
        first_day=order.first_day,
        last_day=order.last_day,
        formats=order.written_formats,
        language=language,
        email=order.email,
        created_at=at,
        state_at=at,
        net=taken.net,
        vat=taken.vat,
        duty=taken.duty,
    )
    session.add(report)
    return report


async def _take(session: AsyncSession, account: LedgerAccount, report: Report, *, at: datetime) -> None:
    fees = await system_account(session, SystemAccount.FEES)
    legs = [
        Leg(account.id or 0, -report.fee, explanation_of(report)),
        Leg(fees.id or 0, report.fee, explanation_of(report)),
    ]
    await post(session, key=fee_key(report.id), kind=OperationKind.SERVICE_FEE, at=at, legs=legs)


def explanation_of(report: Report) -> dict[str, Any]:
    """Why the price of this report was taken, or given back (O1)."""
    return {
        "rule": "report.details",
        "period": f"{report.first_day}/{report.last_day}",
        "report_id": report.id,
        "net": report.net.kopiykas,
        "vat": report.vat.kopiykas,
        "duty": report.duty.kopiykas,
    }
