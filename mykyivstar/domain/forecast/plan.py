"""What is known to come in and to be taken, as plain values: what a forecast is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.kit.money import Money


class StepKind(StrEnum):
    """What moves the balance, in the order in which things of one moment happen: money in comes first."""

    TOP_UP = "top_up"  # one that somebody supposes
    AUTO_TOP_UP = "auto_top_up"
    PROMISE = "promise"
    TARIFF = "tariff"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee that comes again; `amount` None: we know that it comes and not how much it is."""

    kind: StepKind
    amount: Money | None
    first: datetime
    period: FeePeriod
    # The service's code, "" for the tariff.
    code: str = ""
    name: Mapping[str, str] | None = None
    # The day of the month it belongs to, where a shorter month has hidden it: a fee of the 31st on 28 February.
    charge_day: int | None = None


@dataclass(frozen=True, slots=True)
class TopUp:
    """Money that comes in at that moment."""

    kind: StepKind
    at: datetime
    amount: Money


@dataclass(frozen=True, slots=True)
class Debt:
    """An open promised payment (N2): back from the next money in, or from the balance at `due_at`."""

    owed: Money
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything regular about one line or internet account."""

    # None: not known.
    balance: Money | None
    fees: Sequence[Fee] = ()
    top_ups: Sequence[TopUp] = ()
    debt: Debt | None = None
    # What charges must leave on the account: zero for a line, the disconnect threshold for home internet (H1).
    floor: Money = Money.ZERO
    # Home internet switches itself off below the floor, charge or no charge.
    stops_below_floor: bool = False
    # A contract line has an invoice after each month instead.
    pays_afterwards: bool = False
    # Nothing is taken by the operator before this moment: home internet on holiday.
    rests_until: datetime | None = None
    # What stands aside for the tariff (O2); None: nothing is set aside.
    locked: Money | None = None

    @property
    def tariff_fee(self) -> Money:
        """What a lock keeps ready; zero when it is not known."""
        amounts = (fee.amount for fee in self.fees if fee.kind is StepKind.TARIFF)
        return next(amounts, None) or Money.ZERO
