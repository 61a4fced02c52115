"""What will be taken next, and how much is missing for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mykyivstar.domain.billing.terms import Holds, Price, term
from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Due:
    """One fee and when it is taken; None: we know that it comes and not how much it is."""

    at: datetime
    fee: Money | None
    period: FeePeriod = FeePeriod.MONTH
    # The day of the month that it belongs to, where a shorter month can have hidden it.
    charge_day: int | None = None


@dataclass(frozen=True, slots=True)
class NextCharge:
    """Everything that is taken on the first day on which anything is; `amount` None while a part is unknown."""

    at: datetime
    amount: Money | None
    is_overdue: bool = False

    def days_left(self, at: datetime) -> int:
        """Calendar days in Kyiv until then; 0 today, negative when overdue."""
        return (kyiv_date(self.at) - kyiv_date(at)).days


def next_charge(dues: Sequence[Due], at: datetime) -> NextCharge | None:
    """The next charge of a line or account (C1), None when nothing regular is taken.

    Fees of one Kyiv day come together. What is overdue is taken together with today's; free things are no charges.
    """
    real = [due for due in dues if due.fee is None or due.fee > Money.ZERO]
    if not real:
        return None
    first = min(due.at for due in real)
    last_day = max(kyiv_date(first), kyiv_date(at)) if first < at else kyiv_date(first)
    together = [due.fee for due in real if kyiv_date(due.at) <= last_day]
    known = [fee for fee in together if fee is not None]
    amount = sum(known, Money.ZERO) if len(known) == len(together) else None
    return NextCharge(first, amount, is_overdue=first < at)


def missing_for(charge: NextCharge | None, balance: Money | None, floor: Money = Money.ZERO) -> Money | None:
    """How much has to be paid in so that the charge leaves at least `floor`; zero when there is enough.

    None while the balance or the charge is unknown. Without a charge, what lifts the balance to `floor`.
    """
    if balance is None or (charge is not None and charge.amount is None):
        return None
    needed = floor + (charge.amount or Money.ZERO) if charge is not None else floor
    return max(needed - balance, Money.ZERO)


def rests(dues: Sequence[Due], at: datetime) -> Money:
    """What an account that does not work pays of fees that fell due meanwhile, so that it works again (H1)."""
    day, kind = kyiv_date(at), OperationKind.TARIFF_FEE
    fees = [due for due in dues if due.fee and kyiv_date(due.at) <= day]
    prices = [(Price(0, kind, "", due.fee or Money.ZERO, due.period), due) for due in fees]
    parts = [term(price, due.at, due.charge_day, day=day, holds=Holds.INTERNET).amount for price, due in prices]
    return sum(parts, Money.ZERO)
