"""What advice is made of, as plain values: what was used in which months, and what tariffs are on offer."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from mykyivstar.domain.catalogue.models import FeePeriod, Tariff
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period

MONTHS: Final = 3
# A first record may come so long after a number has begun: a few silent days are nothing unusual.
_SILENT_DAYS: Final = timedelta(days=7)


class Use(NamedTuple):
    """One record. `month` counts the compared months from 0; -1 is before them. `cost` is what was charged for it."""

    at: datetime
    month: int
    category: UsageCategory
    quantity: int
    cost: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A tariff, as far as it decides what something costs."""

    code: str
    name: Mapping[str, str]
    description: Mapping[str, str]
    fee: Money
    period: FeePeriod
    package: Sequence[Mapping[str, Any]]
    prices: Mapping[str, int]
    is_open: bool = True
    excludes_bonuses: bool = False

    @classmethod
    def of(cls, tariff: Tariff) -> "Offer":
        """Of a row of the catalogue."""
        return cls(
            code=tariff.code,
            name=tariff.name,
            description=tariff.description,
            fee=tariff.fee,
            period=tariff.fee_period,
            package=tariff.package,
            prices=tariff.prices,
            is_open=tariff.is_open,
            excludes_bonuses=tariff.excludes_bonuses,
        )


@dataclass(frozen=True, slots=True)
class Grant:
    """A package that began at a moment and what was paid for it; of a service, or of the tariff itself."""

    at: datetime
    until: datetime
    source: str
    package: Sequence[Mapping[str, Any]]
    fee: Money


@dataclass(frozen=True, slots=True)
class TakenFee:
    """A tariff's fee that was taken, and until when its package lasted."""

    at: datetime
    until: datetime | None
    code: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Case:
    """One line's months: in the order of time, records from before them too, as far as they explain the first."""

    months: Sequence[Month]
    current: Offer
    # Open tariffs of its brand and kind; the current one is among them if it is open.
    offers: Sequence[Offer]
    uses: Sequence[Use]
    services: Sequence[Grant] = ()
    fees: Sequence[TakenFee] = ()
    # From which day on three whole months can be compared; None: they are.
    full_from: date | None = None

    @property
    def window(self) -> Period:
        return Period(self.months[0].period.start, self.months[-1].period.end)

    @property
    def records(self) -> int:
        return sum(use.month >= 0 for use in self.uses)


@dataclass(frozen=True, slots=True)
class Reach:
    """Which months can be compared at a moment: at most three whole ones before this one."""

    months: Sequence[Month]
    # The first day with one month to compare, and the first with three.
    first_advice: date
    full_from: date

    @property
    def is_short(self) -> bool:
        return len(self.months) < MONTHS

    @classmethod
    def of(cls, *, activated_at: datetime | None, first_use: datetime, at: datetime) -> "Reach":
        """A month counts when the number was in use from its first day on."""
        begun = kyiv_date(first_use) - _SILENT_DAYS
        if activated_at is not None:
            begun = max(begun, kyiv_date(activated_at))
        first = Month(begun.year, begun.month)
        if begun > first.first_day:
            first = first.shifted(1)
        this = Month.of(at)
        months = [month for back in range(MONTHS, 0, -1) if (month := this.shifted(-back)) >= first]
        return cls(months, first.shifted(1).first_day, first.shifted(MONTHS).first_day)


def places(months: Sequence[Month]) -> Callable[[datetime], int]:
    """Which of these consecutive months a moment belongs to, from 0; -1 for what is before them."""
    starts = [month.period.start for month in months]
    return lambda at: bisect_right(starts, at) - 1
