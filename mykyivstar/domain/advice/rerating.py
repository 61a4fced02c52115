"""What the same use would have come to under another tariff: packages first, then its prices, fees in their periods.

Every tariff is imagined to have begun with the first of the compared months, so that all are treated alike. Where a
period reaches beyond the last month, fee and package count for the days that lie within. Nothing here waits for
anything: it runs in a thread of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from mykyivstar.domain.advice.case import Case, Grant, Offer, Use
from mykyivstar.domain.blocking.periods import BLOCKED_RULE
from mykyivstar.domain.forecast.recurring import moments
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.domain.usage.rating import Meter
from mykyivstar.domain.usage_limits.pauses import PAUSED_RULE
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period

# No tariff decides about these: they cost what they cost.
OF_OTHERS: Final = frozenset({UsageCategory.SERVICE, UsageCategory.PAID_CONTENT})
# Longer than any fee's period.
_LONGEST: Final = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Bill:
    """What one tariff would have come to, by month: its fees, those of services, and usage by category."""

    offer: Offer
    fees: Sequence[Money]
    services: Sequence[Money]
    usage: Sequence[Mapping[UsageCategory, Money]]

    def month(self, place: int) -> Money:
        """All of one month."""
        return self.fees[place] + self.services[place] + sum(self.usage[place].values(), Money.ZERO)

    @property
    def total(self) -> Money:
        return sum((self.month(place) for place in range(len(self.fees))), Money.ZERO)

    def of(self, category: UsageCategory) -> Money:
        """What this category came to in all months."""
        return sum((month.get(category, Money.ZERO) for month in self.usage), Money.ZERO)


def bill(offer: Offer, case: Case) -> Bill:
    """What these months would have come to under this tariff."""
    window = case.window
    own = periods(offer, window)
    services = [_since(grant, window.start) for grant in case.services if grant.until > window.start]
    costs: list[dict[UsageCategory, int]] = [defaultdict(int) for _ in case.months]
    uses = [use for use in case.uses if use.month >= 0]
    for use, cost in metered(offer, [*own, *services], uses):
        if cost:
            costs[use.month][use.category] += cost
    return Bill(
        offer,
        fees=_by_month(own, case.months),
        services=_by_month(services, case.months),
        usage=[{category: Money(cost) for category, cost in month.items()} for month in costs],
    )


def metered(offer: Offer, grants: Iterable[Grant], uses: Iterable[Use]) -> Iterator[tuple[Use, int]]:
    """Each use in its order with the kopiykas it comes to, as packages begin and run down."""
    meter = Meter(offer.code, offer.prices)
    coming = sorted(grants, key=lambda grant: grant.at, reverse=True)
    for use in uses:
        while coming and coming[-1].at <= use.at:
            grant = coming.pop()
            meter.grant(grant.source, grant.package, grant.until)
        if use.category in OF_OTHERS or use.rule in {BLOCKED_RULE, PAUSED_RULE}:
            yield use, use.cost or 0
        else:
            yield use, meter.rate(use.category, use.quantity, use.at).cost.kopiykas


def periods(offer: Offer, window: Period) -> list[Grant]:
    """The tariff's own periods in this window, the first one beginning with it."""
    begins = list(moments(window.start, offer.period, window.end))
    # And when the last of them would be over.
    ends = list(moments(window.start, offer.period, window.end + _LONGEST))[1 : len(begins) + 1] or [window.end]
    whole = [Grant(at, until, offer.code, offer.package, offer.fee) for at, until in zip(begins, ends, strict=True)]
    return [_up_to(grant, window.end) for grant in whole]


def _up_to(grant: Grant, end: datetime) -> Grant:
    """As much of a tariff's period as lies before the end, by days."""
    if grant.until <= end:
        return grant
    share = _share(grant, grant.at, end)
    return Grant(grant.at, end, grant.source, _parts(grant, share), grant.fee.times(share))


def _since(grant: Grant, start: datetime) -> Grant:
    """As much of what was bought earlier as was left by days; it was paid for earlier."""
    if grant.at >= start:
        return grant
    return Grant(start, grant.until, grant.source, _parts(grant, _share(grant, start, grant.until)), Money.ZERO)


def _share(grant: Grant, first: datetime, last: datetime) -> Fraction:
    whole = (kyiv_date(grant.until) - kyiv_date(grant.at)).days
    return Fraction((kyiv_date(last) - kyiv_date(first)).days, max(whole, 1))


def _parts(grant: Grant, share: Fraction) -> Sequence[Mapping[str, Any]]:
    return [{**part, "amount": -(-part["amount"] * share.numerator // share.denominator)} for part in grant.package]


def _by_month(grants: Iterable[Grant], months: Sequence[Month]) -> Sequence[Money]:
    totals = dict.fromkeys(months, Money.ZERO)
    for grant in grants:
        if (month := Month.of(grant.at)) in totals:
            totals[month] += grant.fee
    return [totals[month] for month in months]
