"""What the advice shows, as plain values: kopiykas, ISO dates, seconds, bytes and pieces, names by language."""

from collections.abc import Sequence
from dataclasses import dataclass

from mykyivstar.domain.advice.case import Case
from mykyivstar.domain.advice.checking import Check
from mykyivstar.domain.advice.comparing import Advice, Choice, Comparison, Reason
from mykyivstar.domain.advice.rerating import Bill
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.money import Money

#: Under so few records a comparison says little.
FEW = 10


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One tariff: what it would have come to in an average month, and how much less than now (negative: more)."""

    code: str
    name: dict[str, str]
    description: dict[str, str]
    fee: int
    period: str
    per_month: int
    saved: int
    more: int
    is_current: bool
    excludes_bonuses: bool


@dataclass(frozen=True, slots=True)
class AdviceView:
    """All of them, the cheapest first, with what they are made of."""

    key: str
    # First days of the months.
    months: list[str]
    records: int
    is_little: bool
    # From which day on there are three months; "" when there are.
    full_from: str
    choices: list[ChoiceRow]
    # The cheapest, if it is cheaper than the present one.
    best: ChoiceRow | None
    current: ChoiceRow
    best_total: int
    current_total: int
    charged: int
    rerated: int
    # Why these two differ, by the names of `Difference`; empty when they do not.
    differences: list[str]


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One category: `holds` -1 for without limit; `beyond` in minutes, megabytes or pieces at `price` each."""

    category: str
    most: int
    holds: int
    beyond: int
    price: int
    cost: int


@dataclass(frozen=True, slots=True)
class CostRow:
    """What one thing came to in a month under this tariff and under the present one."""

    # "fee", "services", "total" or a category.
    what: str
    here: int
    now: int


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month, by its first day."""

    day: str
    rows: list[CostRow]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """One tariff beside the present one."""

    code: str
    period: str
    is_current: bool
    months: list[MonthRow]
    reasons: list[ReasonRow]
    total: int
    net: int
    vat: int
    duty: int


def advice_view(key: str, case: Case, advice: Advice, check: Check) -> AdviceView:
    """The page."""
    best = advice.best
    return AdviceView(
        key=key,
        months=[month.first_day.isoformat() for month in case.months],
        records=case.records,
        is_little=case.records < FEW,
        full_from=case.full_from.isoformat() if case.full_from is not None else "",
        choices=[_choice(each) for each in advice.choices],
        best=_choice(best) if best is not None else None,
        current=_choice(advice.current),
        best_total=best.total.kopiykas if best is not None else 0,
        current_total=advice.current.total.kopiykas,
        charged=check.charged.kopiykas,
        rerated=check.rerated.kopiykas,
        differences=sorted(each.value for each in check.differences),
    )


def comparison_view(case: Case, found: Comparison) -> ComparisonView:
    """What opens under a tariff."""
    return ComparisonView(
        code=found.bill.offer.code,
        period=found.bill.offer.period.value,
        is_current=found.bill.offer.code == case.current.code,
        months=[
            MonthRow(month.first_day.isoformat(), _costs(found.bill, found.current, found.categories, place))
            for place, month in enumerate(case.months)
        ],
        reasons=[_reason(each) for each in found.reasons],
        total=found.bill.total.kopiykas,
        net=found.taxes["net"],
        vat=found.taxes["vat"],
        duty=found.taxes["duty"],
    )


def _choice(each: Choice) -> ChoiceRow:
    offer = each.offer
    return ChoiceRow(
        code=offer.code,
        name=dict(offer.name),
        description=dict(offer.description),
        fee=offer.fee.kopiykas,
        period=offer.period.value,
        per_month=each.per_month.kopiykas,
        saved=each.saved.kopiykas,
        more=-each.saved.kopiykas,
        is_current=each.is_current,
        excludes_bonuses=offer.excludes_bonuses,
    )


def _reason(each: Reason) -> ReasonRow:
    holds = -1 if each.holds is None else each.holds
    return ReasonRow(each.category.value, each.most, holds, each.beyond, each.price.kopiykas, each.cost.kopiykas)


def _costs(here: Bill, now: Bill, categories: Sequence[UsageCategory], place: int) -> list[CostRow]:
    """Of one month; what costs nothing under either tariff is left out, but for the fee."""
    pairs: list[tuple[str, Money, Money]] = [
        ("fee", here.fees[place], now.fees[place]),
        *((each.value, _of(here, each, place), _of(now, each, place)) for each in categories),
        ("services", here.services[place], now.services[place]),
    ]
    rows = [CostRow(what, a.kopiykas, b.kopiykas) for what, a, b in pairs if a or b or what == "fee"]
    return [*rows, CostRow("total", here.month(place).kopiykas, now.month(place).kopiykas)]


def _of(bill: Bill, category: UsageCategory, place: int) -> Money:
    return bill.usage[place].get(category, Money.ZERO)
