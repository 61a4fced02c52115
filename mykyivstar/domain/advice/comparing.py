"""The tariffs in their order, the sum saved per month, and why: what was used, what each package holds (F6, O3)."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from mykyivstar.domain.advice.case import Case, Offer
from mykyivstar.domain.advice.rerating import OF_OTHERS, Bill, bill, periods
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.domain.usage.models import AllowanceKind, UsageCategory
from mykyivstar.domain.usage.rating import package_kinds
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Choice:
    """A tariff and what it would have come to."""

    offer: Offer
    total: Money
    per_month: Money
    # Less than the present one in an average month; negative: so much more.
    saved: Money
    is_current: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """Every open tariff and the present one, the cheapest first; of equals the present one first."""

    choices: Sequence[Choice]

    @property
    def current(self) -> Choice:
        return next(choice for choice in self.choices if choice.is_current)

    @property
    def best(self) -> Choice | None:
        """The cheapest, if it is cheaper than the present one."""
        first = self.choices[0]
        return first if first.saved > Money.ZERO else None


@dataclass(frozen=True, slots=True)
class Reason:
    """One category: how it was used, and what a tariff makes of it.

    `most` is the most that was used in one whole period of the tariff, `holds` what its package holds for a period
    (None: without limit), both in seconds, bytes or pieces. `beyond` are the minutes, megabytes or pieces, begun ones
    whole, that were paid for at `price` each.
    """

    category: UsageCategory
    used: int
    most: int
    holds: int | None
    beyond: int
    price: Money
    cost: Money


@dataclass(frozen=True, slots=True)
class Comparison:
    """One tariff beside the present one."""

    bill: Bill
    current: Bill
    reasons: Sequence[Reason]
    # What of its total is ours, VAT and pension duty, in kopiykas.
    taxes: Mapping[str, int]

    @property
    def categories(self) -> Sequence[UsageCategory]:
        """Those in which anything was used or charged, in their usual order."""
        return [reason.category for reason in self.reasons]


def advise(case: Case) -> Advice:
    """Re-rate the months under every tariff. Takes its time: about ten milliseconds a tariff for 3,000 records."""
    current = bill(case.current, case)
    others = [bill(offer, case) for offer in case.offers if offer.code != case.current.code]
    months = len(case.months)
    ranked = sorted([current, *others], key=lambda each: each.total)
    return Advice([_choice(each, current, months) for each in ranked])


def compare(case: Case, code: str) -> Comparison | None:
    """One of these tariffs beside the present one; None when it is not among them."""
    offer = next((each for each in (case.current, *case.offers) if each.code == code), None)
    if offer is None:
        return None
    chosen, current = bill(offer, case), bill(case.current, case)
    return Comparison(chosen, current, _reasons(case, chosen), taxes(chosen.total, is_mobile=True))


def _choice(each: Bill, current: Bill, months: int) -> Choice:
    average = Fraction(1, months)
    return Choice(
        offer=each.offer,
        total=each.total,
        per_month=each.total.times(average),
        saved=(current.total - each.total).times(average),
        is_current=each is current,
    )


def _reasons(case: Case, chosen: Bill) -> Sequence[Reason]:
    used: dict[UsageCategory, int] = {}
    for use in case.uses:
        if use.month >= 0:
            used[use.category] = used.get(use.category, 0) + use.quantity
    most = _most(case, chosen.offer)
    return [
        _reason(category, used[category], most.get(category, 0), chosen)
        for category in UsageCategory
        if used.get(category) and category is not UsageCategory.CALL_IN
    ]


def _reason(category: UsageCategory, used: int, most: int, chosen: Bill) -> Reason:
    cost = chosen.of(category)
    if category in OF_OTHERS:
        return Reason(category, used, most, 0, used, Money.ZERO, cost)
    price = chosen.offer.prices.get(category.value, 0)
    beyond = cost.kopiykas // price if price else 0
    return Reason(category, used, most, _holds(chosen.offer, category), beyond, Money(price), cost)


def _holds(offer: Offer, category: UsageCategory) -> int | None:
    """What its package holds of this for a period; None: without limit. Minutes for all networks count for each."""
    kinds = package_kinds(category)
    parts = [part for part in offer.package if AllowanceKind(part["kind"]) in kinds]
    if any(part.get("is_unlimited") for part in parts):
        return None
    return sum(int(part["amount"]) for part in parts)


def _most(case: Case, offer: Offer) -> Mapping[UsageCategory, int]:
    """The most of each category within one of the tariff's periods, the last of which may be cut short."""
    begins = [period.at for period in periods(offer, case.window)]
    uses = [use for use in case.uses if use.month >= 0]
    most: dict[UsageCategory, int] = {}
    for _, together in groupby(uses, key=lambda use: bisect_right(begins, use.at)):
        within: dict[UsageCategory, int] = {}
        for use in together:
            within[use.category] = within.get(use.category, 0) + use.quantity
        most |= {category: max(most.get(category, 0), quantity) for category, quantity in within.items()}
    return most
