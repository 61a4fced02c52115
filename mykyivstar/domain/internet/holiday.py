"""What a suspension costs, gives back and does to bonuses: said before it is ordered (H3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.billing.calendar import following
from mykyivstar.domain.bonuses.rules import earned
from mykyivstar.domain.internet import fees
from mykyivstar.domain.internet.errors import (
    SuspensionEndsBeforeItBegins,
    SuspensionInThePast,
    SuspensionsOverlap,
    SuspensionTooFarAhead,
    SuspensionTooLong,
    SuspensionTooShort,
    SuspensionYearIsFull,
)
from mykyivstar.domain.internet.fees import RunningFee
from mykyivstar.domain.internet.history import active_days
from mykyivstar.domain.internet.models import InternetAccount, OrderState, Suspension
from mykyivstar.domain.internet.terms import InternetTerms
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

_DAY = timedelta(days=1)
_LIVE = (OrderState.ORDERED, OrderState.RUNNING)


@dataclass(frozen=True, slots=True)
class BonusLoss:
    """The bonuses of the fourth for one month: as it would be, and with these days suspended. In whole bonuses."""

    month: Month
    without: Money
    suspended: Money


@dataclass(frozen=True, slots=True)
class Holiday:
    """A suspension as it would be: both days included."""

    first_day: date
    last_day: date
    price: Money
    # Of fees that will have been paid for these days, and comes back on the day after.
    comes_back: Money
    # For the days that are then left of the running period; zero when it is paid.
    then_due: Money
    bonuses: Sequence[BonusLoss]

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def resumes_on(self) -> date:
        return self.last_day + _DAY


async def demand_days(
    session: AsyncSession, account_id: int, first: date, last: date, *, terms: InternetTerms, at: datetime
) -> None:
    """Whether these days can be suspended. Raises what `errors` holds about days."""
    today = kyiv_date(at)
    if first <= today:
        raise SuspensionInThePast(day=today + _DAY)
    if first > today + timedelta(days=terms.suspension_ahead):
        raise SuspensionTooFarAhead(day=today + timedelta(days=terms.suspension_ahead))
    if last < first:
        raise SuspensionEndsBeforeItBegins
    days = (last - first).days + 1
    if days < terms.suspension_least:
        raise SuspensionTooShort(least=terms.suspension_least)
    if days > terms.suspension_most:
        raise SuspensionTooLong(most=terms.suspension_most, day=first + timedelta(days=terms.suspension_most - 1))
    others = await _others(session, account_id)
    for other in others:
        if other.state in _LIVE and other.first_day <= last and first <= other.last_day:
            raise SuspensionsOverlap(first=other.first_day, last=other.last_day)
    for year in range(first.year, last.year + 1):
        taken = sum(_days_in(year, other.first_day, _last(other)) for other in others)
        left = max(terms.suspension_year_most - taken, 0)
        if _days_in(year, first, last) > left:
            raise SuspensionYearIsFull(most=terms.suspension_year_most, left=left, year=str(year))


async def holiday(
    session: AsyncSession, account: InternetAccount, first: date, last: date, *, terms: InternetTerms
) -> Holiday:
    """What these days would cost and change, if nothing else changes until then."""
    end = last + _DAY
    running = [_as_paid(fee, first) for fee in await fees.fees_of(session, account)]
    back = [part.amount for fee in running if (part := fees.unused(fee, first, end)) is not None]
    due = [term.amount for fee in running if (term := fee.rest(end)) is not None]
    tariff = next((fee for fee in running if fee.connection is None), None)
    return Holiday(
        first,
        last,
        price=terms.suspension_price,
        comes_back=sum(back, Money.ZERO),
        then_due=sum(due, Money.ZERO),
        bonuses=await _losses(session, account, tariff, first, last),
    )


async def _others(session: AsyncSession, account_id: int) -> Sequence[Suspension]:
    counted = (OrderState.ORDERED, OrderState.RUNNING, OrderState.DONE)
    query = select(Suspension).where(
        col(Suspension.internet_account_id) == account_id, col(Suspension.state).in_(counted)
    )
    return (await session.exec(query.order_by(col(Suspension.first_day)))).all()


def _last(suspension: Suspension) -> date:
    """Its last day, or the one on which it was ended early."""
    if suspension.ended_at is None:
        return suspension.last_day
    return min(suspension.last_day, kyiv_date(suspension.ended_at) - _DAY)


def _days_in(year: int, first: date, last: date) -> int:
    return max((min(last, date(year, 12, 31)) - max(first, date(year, 1, 1))).days + 1, 0)


def _as_paid(fee: RunningFee, day: date) -> RunningFee:
    """The fee as it stands on the morning of this day: taken on every day before it on which it is due."""
    paid_to, kept = kyiv_date(fee.paid_until), fee.charge_day
    while paid_to < day:
        after = following(paid_to, fee.price.period, kept)
        if after is None:
            break
        kept, paid_to = kept or paid_to.day, after
    return replace(fee, paid_until=kyiv_midnight(paid_to), charge_day=kept)


async def _losses(
    session: AsyncSession, account: InternetAccount, tariff: RunningFee | None, first: date, last: date
) -> Sequence[BonusLoss]:
    if tariff is None:
        return []
    months = [Month(first.year, first.month)]
    while months[-1] < Month(last.year, last.month):
        months.append(months[-1].shifted(1))
    losses = []
    for month in months:
        active = (await active_days(session, month, [account.id or 0]))[account.id or 0]
        off = (min(last, month.last_day) - max(first, month.first_day)).days + 1
        price, left = tariff.price, max(active - off, 0)
        without, suspended = (earned(price.fee, price.period, days, month) for days in (active, left))
        losses.append(BonusLoss(month, without, suspended))
    return losses
