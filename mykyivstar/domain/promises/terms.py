"""On which terms the operator lends: configuration, shown to the subscriber before anything is asked for (N2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class PromiseTerms:
    """The terms of this installation; `days` count from the day after the one on which it is given."""

    line_sums: Sequence[Money] = (Money.uah(50), Money.uah(100))
    line_price: Money = Money.uah(5)
    line_days: int = 5
    # A line has to be with us for so long.
    line_age_days: int = 30
    # The grace week of home internet lends what is missing for the next charge, up to this.
    internet_most: Money = Money.uah(1_000)
    internet_price: Money = Money.ZERO
    internet_days: int = 7

    def price(self, kind: HoldingKind) -> Money:
        """What it costs, VAT included."""
        return self.line_price if kind is HoldingKind.LINE else self.internet_price

    def last_day(self, kind: HoldingKind, at: datetime) -> date:
        """The last day, by the Kyiv calendar, on which it may be paid back by oneself."""
        days = self.line_days if kind is HoldingKind.LINE else self.internet_days
        return kyiv_date(at) + timedelta(days=days)


def due_at(last_day: date) -> datetime:
    """When what is still owed is taken: the Kyiv midnight that ends the last day."""
    return kyiv_midnight(last_day + timedelta(days=1))
