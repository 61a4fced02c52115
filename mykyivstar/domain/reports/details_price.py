"""What call details cost (E4): past months are free, the current one is charged before it is made."""

from dataclasses import dataclass
from datetime import datetime

from mykyivstar.domain.ledger.taxes import DUTY, VAT
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period


@dataclass(frozen=True, slots=True)
class DetailsTariff:
    """The operator's prices with VAT and without the pension-fund duty; configuration, not code."""

    # Each request from registration to the end of the next calendar month.
    at_first: Money = Money.uah(1)
    # The first request of a later month, and each further one of it.
    first_of_month: Money = Money.uah(5)
    further: Money = Money.uah(1)


@dataclass(frozen=True, slots=True)
class Fee:
    """A price apart: without taxes, VAT, pension-fund duty; they sum to what is taken from the balance."""

    net: Money
    vat: Money
    duty: Money

    @property
    def total(self) -> Money:
        return self.net + self.vat + self.duty


def fee_of(price: Money) -> Fee:
    """A price with VAT and its duty, 7.5 % of what it is without VAT: 1.00 → 1.06, 5.00 → 5.31, half up."""
    net = price.times(1 / (1 + VAT))
    return Fee(net=net, vat=price - net, duty=price.times(DUTY / (1 + VAT)))


def price_of_details(
    period: Period, *, registered_at: datetime, ordered_this_month: int, tariff: DetailsTariff, at: datetime
) -> Fee | None:
    """What details of this period cost now; None when they are free, as all that lies before this month of Kyiv.

    `ordered_this_month` is how many charged requests of the line this Kyiv month has seen already.
    """
    this_month = Month.of(at)
    if period.end <= this_month.period.start:
        return None
    if this_month <= Month.of(registered_at).shifted(1):
        return fee_of(tariff.at_first)
    return fee_of(tariff.further if ordered_this_month else tariff.first_of_month)
