"""What a line has transferred already, counted by the moment of crediting."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Payment, PaymentState, PaymentStep, Source
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period

# No transfer takes longer than this from its beginning to its end: the index knows when payments began.
_LONGEST = timedelta(days=1)


async def month_left(
    session: AsyncSession, line_ids: Sequence[int], *, limits: PaymentLimits, at: datetime
) -> Mapping[int, Money]:
    """What each of these lines may still transfer in the calendar month of Kyiv (D5)."""
    period = Month.of(at).period
    by_line = col(Payment.from_line_id)
    sums = select(by_line, func.sum(col(Payment.amount))).where(*_credited(line_ids, period)).group_by(by_line)
    found = dict((await session.exec(sums)).all())
    return {
        line_id: max(limits.transfer_month_most - found.get(line_id, Money.ZERO), Money.ZERO) for line_id in line_ids
    }


async def without_code_today(session: AsyncSession, line_id: int, *, at: datetime) -> Money:
    """What the line has transferred since midnight in Kyiv without anybody being asked for a code."""
    today = kyiv_date(at)
    period = Period(kyiv_midnight(today), kyiv_midnight(today + timedelta(days=1)))
    asked = exists().where(
        col(PaymentStep.payment_id) == col(Payment.id), col(PaymentStep.state) == PaymentState.CONFIRMING
    )
    total = select(func.sum(col(Payment.amount))).where(*_credited([line_id], period), ~asked)
    return (await session.exec(total)).one() or Money.ZERO


def _credited(line_ids: Sequence[int], period: Period) -> Sequence[ColumnElement[bool]]:
    return (
        col(Payment.from_line_id).in_(line_ids),
        col(Payment.source) == Source.BALANCE,
        col(Payment.state) == PaymentState.CREDITED,
        col(Payment.created_at) >= period.start - _LONGEST,
        col(Payment.state_at) >= period.start,
        col(Payment.state_at) < period.end,
    )
