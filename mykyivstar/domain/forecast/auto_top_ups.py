"""What the rules of auto top-up (N1) are known to pay in: those of a day and those of the tariff.

A rule that waits for a low balance has no date. It is not counted, and the screen says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mykyivstar.domain.auto_top_up.models import RuleKind, RunState
from mykyivstar.domain.auto_top_up.timing import before_charge, charge_occasion, due_on
from mykyivstar.domain.forecast.plan import Fee, StepKind, TopUp
from mykyivstar.domain.forecast.recurring import moments
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, day_in_month


@dataclass(frozen=True, slots=True)
class Run:
    """One occasion that a rule has acted on, or is about to."""

    occasion: str
    amount: Money
    month: str
    due_at: datetime
    state: RunState


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that acts; `amount` None: the tariff's fee."""

    kind: RuleKind
    amount: Money | None
    day: int | None
    month_most: Money | None
    runs: Sequence[Run] = ()


def planned(rule: Rule, tariff: Fee | None, *, at: datetime, until: datetime) -> Sequence[TopUp]:
    """What the rule pays in from now on, in its order, as far as its limit for the month allows."""
    known = {run.occasion for run in rule.runs}
    coming = [(run.due_at, run.amount, run.state) for run in rule.runs if run.state in _OPEN]
    coming += [
        (due, amount, RunState.PLANNED)
        for occasion, due, amount in _occasions(rule, tariff, at, until)
        if occasion not in known
    ]
    spent: dict[str, Money] = {}
    for run in rule.runs:
        if run.state in {RunState.PAYING, RunState.DONE}:
            spent[run.month] = spent.get(run.month, Money.ZERO) + run.amount
    found = []
    for due, amount, state in sorted(coming, key=lambda each: each[0]):
        moment = max(due, at)
        month = str(Month.of(moment))
        if state is RunState.PLANNED:
            total = spent.get(month, Money.ZERO) + amount
            if rule.month_most is not None and total > rule.month_most:
                continue
            spent[month] = total
        if moment < until:
            found.append(TopUp(StepKind.AUTO_TOP_UP, moment, amount))
    return found


_OPEN = (RunState.PLANNED, RunState.PAYING)


def _occasions(rule: Rule, tariff: Fee | None, at: datetime, until: datetime) -> Iterator[tuple[str, datetime, Money]]:
    match rule.kind:
        case RuleKind.MONTHLY:
            month = Month.of(at)
            while month.period.start < until:
                due = due_on(day_in_month(month, rule.day or 1))
                if due > at:
                    yield str(month), due, rule.amount or Money.ZERO
                month = month.shifted(1)
        case RuleKind.TARIFF if tariff is not None and tariff.amount:
            # A charge on the day after the last one is paid in before the end.
            for charge_at in moments(tariff.first, tariff.period, until + timedelta(days=1), tariff.charge_day):
                if charge_at > at:
                    yield charge_occasion(charge_at), before_charge(charge_at), tariff.amount
        case _:
            return
