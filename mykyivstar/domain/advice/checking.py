"""The proof of the advice: records re-rated under the tariff in force give what was charged, or it says why not.

Here packages begin when fees were really taken. So whoever doubts the comparison can see that the same arithmetic
arrives at their own bill.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mykyivstar.domain.advice.case import Case, Grant
from mykyivstar.domain.advice.rerating import OF_OTHERS, metered
from mykyivstar.domain.billing.calendar import following_moment
from mykyivstar.domain.blocking.periods import BLOCKED_RULE
from mykyivstar.domain.usage_limits.pauses import PAUSED_RULE
from mykyivstar.kit.money import Money


class Difference(StrEnum):
    """Why re-rating cannot give, or does not give, what was charged."""

    # No fee is in the books from before the first record: nobody knows when the package began.
    NO_FEES = "no_fees"
    # Another tariff was in force for a part of the time.
    OTHER_TARIFF = "other_tariff"
    # The operator's billing charged some of it by rules of its own.
    RATED_ELSEWHERE = "rated_elsewhere"
    # Some records have no price yet.
    UNPRICED = "unpriced"
    # A package paid for some of it that the books do not explain.
    OTHER_PACKAGES = "other_packages"
    # Prices or packages of the catalogue are not what they were.
    CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class Check:
    """What was charged for the usage of these months, and what re-rating under the same tariff gives."""

    charged: Money
    rerated: Money
    differences: frozenset[Difference]

    @property
    def holds(self) -> bool:
        return self.charged == self.rerated


def check(case: Case) -> Check:
    """Re-rate the records as they were rated. If the sums differ there is at least one reason."""
    charged = Money(sum(use.cost or 0 for use in case.uses if use.month >= 0))
    rerated = 0
    for use, cost in metered(case.current, [*_own(case), *case.services], case.uses):
        if use.month >= 0:
            rerated += cost
    found = frozenset(_differences(case))
    if charged == Money(rerated):
        return Check(charged, charged, frozenset())
    return Check(charged, Money(rerated), found or frozenset({Difference.CATALOGUE}))


def _own(case: Case) -> Iterator[Grant]:
    """The tariff's packages, from the fees that were taken for it."""
    for fee in case.fees:
        if fee.code == case.current.code:
            until = fee.until or _next(case, fee.at)
            yield Grant(fee.at, until, fee.code, case.current.package, fee.amount)


def _next(case: Case, at: datetime) -> datetime:
    """When a package that began then ends by its period, where the books do not say."""
    return following_moment(at, case.current.period) or case.window.end


def _differences(case: Case) -> Iterator[Difference]:
    first = min((fee.at for fee in case.fees), default=None)
    if first is None or first > case.window.start:
        yield Difference.NO_FEES
    if any(fee.code != case.current.code for fee in case.fees):
        yield Difference.OTHER_TARIFF
    known = {case.current.code, *(grant.source for grant in case.services)}
    for use in case.uses:
        kind, _, source = use.rule.partition(" ")
        if use.month < 0 or use.category in OF_OTHERS or use.rule in {BLOCKED_RULE, PAUSED_RULE}:
            continue
        if use.cost is None:
            yield Difference.UNPRICED
        elif kind not in {"package", "price", "free"}:
            yield Difference.RATED_ELSEWHERE
        elif kind == "price" and source.partition("/")[0] != case.current.code:
            yield Difference.OTHER_TARIFF
        elif kind == "package" and source not in known:
            yield Difference.OTHER_PACKAGES
