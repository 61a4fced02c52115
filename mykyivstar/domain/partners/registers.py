"""The register of a day: what a partner's payments came to, for both sides to compare (D7)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import table_of
from mykyivstar.domain.partners.errors import NoRegister
from mykyivstar.domain.partners.models import Partner, PartnerPayment
from mykyivstar.domain.partners.views import Status, masked
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money

#: A request that began before midnight is answered long before this has passed.
SETTLING = timedelta(minutes=5)
_BATCH = 1_000
_COLUMNS = {"id", "ref", "payment_id", "kind", "account", "amount", "credited_at", "cancelled_at"}


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One payment of the day."""

    ref: str
    payment_id: int
    account: str
    amount: Money
    status: Status
    credited_at: datetime
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Total:
    """How many, and how much."""

    count: int = 0
    sum: Money = Money.ZERO

    def plus(self, amount: Money) -> "Total":
        return Total(self.count + 1, self.sum + amount)


@dataclass(frozen=True, slots=True)
class Register:
    """A Kyiv day of a partner: every payment that was credited in it, in that order, and what they come to.

    A cancellation happens on the day of its payment, so `kept` (all less cancelled) is what the partner owes for the
    day. Once `is_final` it never changes: a later refund by the operator is between it and the subscriber.
    """

    day: date
    is_final: bool
    lines: Sequence[RegisterLine]
    credited: Total
    cancelled: Total
    kept: Total


async def register(session: AsyncSession, partner: Partner, day: date, *, at: datetime) -> Register:
    """The register of this day, of today as it stands. Raises NoRegister for days to come and before the partner."""
    if not kyiv_date(partner.created_at) <= day <= kyiv_date(at):
        raise NoRegister
    start, end = kyiv_midnight(day), kyiv_midnight(day + timedelta(days=1))
    lines = await _lines(session, partner.id or 0, start, end)
    credited, cancelled, kept = Total(), Total(), Total()
    for line in lines:
        credited = credited.plus(line.amount)
        if line.status is Status.CANCELLED:
            cancelled = cancelled.plus(line.amount)
        else:
            kept = kept.plus(line.amount)
    return Register(day, at >= end + SETTLING, lines, credited, cancelled, kept)


async def _lines(session: AsyncSession, partner_id: int, start: datetime, end: datetime) -> list[RegisterLine]:
    """Read in batches, so that others get their turn between."""
    kept = [column for column in table_of(PartnerPayment).columns if column.name in _COLUMNS]
    query: Select[Any] = (
        select(*kept)
        .where(col(PartnerPayment.partner_id) == partner_id, col(PartnerPayment.credited_at) >= start)
        .where(col(PartnerPayment.credited_at) < end)
        .order_by(col(PartnerPayment.id))
        .limit(_BATCH)
    )
    found: list[RegisterLine] = []
    last = 0
    while rows := (await (await session.connection()).execute(query.where(col(PartnerPayment.id) > last))).all():
        found += [_line(row) for row in rows]
        last = rows[-1].id
        # Reading from SQLite waits for nothing, so nobody else would run until the end.
        await asyncio.sleep(0)
    return found


def _line(row: Row[Any]) -> RegisterLine:
    return RegisterLine(
        ref=row.ref,
        payment_id=row.payment_id,
        account=masked(row.kind, row.account),
        amount=row.amount,
        status=Status.CANCELLED if row.cancelled_at is not None else Status.CREDITED,
        credited_at=row.credited_at,
        cancelled_at=row.cancelled_at,
    )
