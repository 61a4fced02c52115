"""What regular fees an account has, and what days off and suspended days do to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.billing.calendar import FOUR_WEEKS, period_text, rhythm_day
from mykyivstar.domain.billing.terms import Holds, Price, Term, term
from mykyivstar.domain.catalogue.models import FeePeriod, Service, ServiceConnection, Tariff
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.postings import Leg, Posting
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, day_in_month

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RunningFee:
    """A fee of an account, and the moment up to which it is paid: it is taken again then."""

    price: Price
    name: Mapping[str, str]
    paid_until: datetime
    charge_day: int | None
    # None: it is the tariff's.
    connection: ServiceConnection | None = None

    def rest(self, day: date) -> Term | None:
        """What is to be paid when the account works again on this day: the days of the running period that are left.

        None when this period is paid.
        """
        if kyiv_date(self.paid_until) > day:
            return None
        return term(self.price, self.paid_until, self.charge_day, day=day, holds=Holds.INTERNET)

    def item(self) -> str:
        """Which of the account's fees it is, for keys of operations."""
        return "tariff" if self.connection is None else f"service:{self.connection.id}"


@dataclass(frozen=True, slots=True)
class Unused:
    """Days of a paid period on which the account was suspended, and their share of the fee, half up."""

    fee: RunningFee
    first_day: date
    # Not included.
    end: date
    of_days: int

    @property
    def days(self) -> int:
        return (self.end - self.first_day).days

    @property
    def amount(self) -> Money:
        return self.fee.price.fee.times(Fraction(self.days, self.of_days))

    @property
    def explanation(self) -> Mapping[str, Any]:
        """Why so much comes back (O1)."""
        about: dict[str, Any] = {
            "rule": f"internet_unused/{self.fee.price.code}",
            "period": period_text(self.first_day, self.end),
        }
        about |= {"fee": self.fee.price.fee.kopiykas, "days": self.days, "of_days": self.of_days}
        return about | taxes(self.amount, is_mobile=False)


async def fees_of(session: AsyncSession, account: InternetAccount) -> Sequence[RunningFee]:
    """The tariff's fee first, then those of connected services; what is free or never taken again is none."""
    fees = []
    tariff = await session.get(Tariff, account.tariff_id) if account.tariff_id is not None else None
    if tariff is not None and account.next_charge_at is not None:
        fees.append(RunningFee(Price.of(tariff), tariff.name, account.next_charge_at, account.charge_day))
    query = (
        select(Service, ServiceConnection)
        .join(ServiceConnection, col(ServiceConnection.service_id) == col(Service.id))
        .where(
            col(ServiceConnection.internet_account_id) == account.id,
            col(ServiceConnection.ended_at).is_(None),
            col(ServiceConnection.next_charge_at).is_not(None),
        )
        .order_by(col(Service.position), col(ServiceConnection.id))
        .execution_options(populate_existing=True)
    )
    for service, held in await session.execute(query):
        fees.append(RunningFee(Price.of(service), service.name, held.next_charge_at, held.charge_day, held))
    return [fee for fee in fees if fee.price.fee > Money.ZERO]


def unused(fee: RunningFee, first: date, end: date) -> Unused | None:
    """What was paid of a fee for days from `first` to before `end` in the period that is paid last; None: nothing."""
    paid_to = kyiv_date(fee.paid_until)
    began = begun(fee)
    first, end = max(first, began), min(end, paid_to)
    return Unused(fee, first, end, (paid_to - began).days) if first < end else None


def charge(fee: RunningFee, due: Term, account_id: int, pot_id: int, fees_id: int, *, at: datetime) -> Posting:
    """The operation that takes the rest of a period; once for its first day."""
    key = f"internet:{account_id}:{fee.item()}:{kyiv_date(at)}"
    legs = [Leg(pot_id, -due.amount, due.explanation), Leg(fees_id, due.amount, due.explanation)]
    return Posting(key, fee.price.kind, at, legs if due.amount else [], is_operators=True)


def set_paid(account: InternetAccount, fee: RunningFee, due: Term) -> None:
    """The rest of the period is paid, so the fee is taken again at its end."""
    holder = account if fee.connection is None else fee.connection
    holder.next_charge_at, holder.charge_day, holder.last_fee_on = due.next_at, due.charge_day, due.due_on


def begun(fee: RunningFee) -> date:
    """The first day of the period that is paid last."""
    paid_to = kyiv_date(fee.paid_until)
    match fee.price.period:
        case FeePeriod.DAY:
            return paid_to - _DAY
        case FeePeriod.FOUR_WEEKS:
            return paid_to - FOUR_WEEKS
        case FeePeriod.MONTH:
            before = Month(paid_to.year, paid_to.month).shifted(-1)
            return day_in_month(before, rhythm_day(paid_to, fee.charge_day))
        case FeePeriod.ONCE:
            return paid_to
