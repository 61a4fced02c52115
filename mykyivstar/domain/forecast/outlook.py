"""The next sixty days: every charge in its true order, the balance after it, and what is missing by when (O2, C6).

Pure arithmetic over plain values. What cannot be foreseen (calls beyond the package, a payment that the bank refuses,
an auto top-up that waits for a low balance) is not in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from mykyivstar.domain.forecast.plan import Fee, Plan, StepKind
from mykyivstar.domain.forecast.recurring import moments
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

# Calendar days in Kyiv, today included.
DAYS: Final = 60
# How far the ordinary advice looks: a month of charges, whatever its length.
ADVICE_DAYS: Final = 30

_ORDER: Final = {kind: place for place, kind in enumerate(StepKind)}


@dataclass(frozen=True, slots=True)
class Step:
    """One movement; `amount` is negative for what is taken. `balance` is what stands there afterwards."""

    at: datetime
    kind: StepKind
    amount: Money
    balance: Money | None
    # What has to come in before it, so that it and everything earlier is covered; zero when nothing has to.
    lacks: Money = Money.ZERO
    # When it was due, for what should have been taken already.
    overdue_since: datetime | None = None
    name: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Invoice:
    """What a contract line will be asked to pay for a month, as far as it is known: its regular charges."""

    at: datetime
    month: Month
    amount: Money


@dataclass(frozen=True, slots=True)
class Cover:
    """So much, paid in time, is enough for everything up to this day, the day included; one kopiyka less is not."""

    amount: Money
    last_day: date


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The first thing that the balance does not cover; `kind` None: the balance is under the threshold already."""

    at: datetime
    kind: StepKind | None
    # The last whole day in Kyiv on which paying is in time; None: at once.
    pay_by: date | None
    # The least sum first: everything of that day; then thirty days from today, then the whole window.
    covers: Sequence[Cover]


@dataclass(frozen=True, slots=True)
class Forecast:
    """From `start` up to `until`, which is a Kyiv midnight."""

    start: datetime
    until: datetime
    balance: Money | None
    steps: Sequence[Step]
    shortfall: Shortfall | None
    invoices: Sequence[Invoice]
    # When something is taken first whose sum is not known: it is in no figure here.
    unknown_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Due:
    """Something that will happen, before it is known what is there then; the debt's sum depends on what came in."""

    at: datetime
    kind: StepKind
    amount: Money
    overdue_since: datetime | None = None
    name: Mapping[str, str] | None = None


def window_end(at: datetime) -> datetime:
    """The Kyiv midnight that ends the last of the sixty days."""
    return _midnight_after(kyiv_date(at), DAYS)


def forecast(plan: Plan, at: datetime) -> Forecast:
    """Everything that is known to come, from this moment for sixty days."""
    until = window_end(at)
    charged = [fee for fee in plan.fees if fee.amount is not None and fee.amount > Money.ZERO]
    unknown = [due.at for fee in plan.fees if fee.amount is None for due in _dues(fee, plan, at, until)]
    coming = [due for fee in charged for due in _dues(fee, plan, at, until)]
    coming += [_Due(max(each.at, at), each.kind, each.amount) for each in plan.top_ups if each.at < until]
    if plan.debt is not None and plan.debt.due_at < until:
        coming.append(_Due(max(plan.debt.due_at, at), StepKind.PROMISE, plan.debt.owed))
    # Sorting keeps the order of what belongs to the same moment and kind.
    coming.sort(key=lambda due: (due.at, _ORDER[due.kind]))
    steps = tuple(_steps(plan, coming))
    return Forecast(
        start=at,
        until=until,
        balance=plan.balance,
        steps=steps,
        shortfall=_shortfall(plan, steps, at, until),
        invoices=tuple(_invoices(plan, steps, at, until)) if plan.pays_afterwards else (),
        unknown_at=min(unknown, default=None),
    )


def _dues(fee: Fee, plan: Plan, at: datetime, until: datetime) -> Iterator[_Due]:
    """What is overdue is taken first of all; of what has been missed in between only the rhythm remains."""
    for moment in moments(fee.first, fee.period, until, fee.charge_day):
        is_overdue = moment < at
        if (is_overdue and moment != fee.first) or (plan.rests_until is not None and moment < plan.rests_until):
            continue
        amount = -(fee.amount or Money.ZERO)
        yield _Due(max(moment, at), fee.kind, amount, moment if is_overdue else None, fee.name)


def _steps(plan: Plan, coming: Sequence[_Due]) -> Iterator[Step]:
    balance, owed, aside = plan.balance, _owed(plan), _Aside(plan)
    for due in coming:
        aside.saved(due.at, balance)
        if due.kind is StepKind.PROMISE:
            amount, owed = -owed, Money.ZERO
            if not amount:
                continue
        else:
            amount = due.amount
        balance = None if balance is None else balance + amount
        lacks = _lacks(plan, balance, owed, aside.kept_from(due)) if amount < Money.ZERO else Money.ZERO
        if due.kind is StepKind.PROMISE:
            # Paid back beforehand, nothing is taken at all.
            lacks = min(lacks, -amount)
        if due.kind is StepKind.TARIFF and aside.pays(-amount, due.at):
            lacks = Money.ZERO
        yield Step(due.at, due.kind, amount, balance, lacks, due.overdue_since, due.name)
        if amount > Money.ZERO and owed:
            # N2: what was lent goes back from the next money in, at once.
            back = min(owed, amount)
            owed -= back
            balance = None if balance is None else balance - back
            yield Step(due.at, StepKind.PROMISE, -back, balance)


class _Aside:
    """What stands aside for the tariff as time goes by (O2): filled first, taken by the fee alone.

    What is taken in the same moment as the fee is not held up by the next one.
    """

    def __init__(self, plan: Plan) -> None:
        self._fee = plan.tariff_fee if plan.locked is not None else Money.ZERO
        self._sum = plan.locked or Money.ZERO
        self._paid_at: datetime | None = None

    def saved(self, at: datetime, balance: Money | None) -> None:
        """The balance up to this moment is known to have been so much."""
        if at != self._paid_at:
            self._sum = max(self._sum, min(self._fee, balance or Money.ZERO))

    def pays(self, fee: Money, at: datetime) -> bool:
        """Whether the fee can be taken from what stands aside, whatever else is owed; it is taken now."""
        is_enough = bool(self._fee) and self._sum >= fee
        self._sum, self._paid_at = Money.ZERO, at
        return is_enough

    def kept_from(self, due: _Due) -> Money:
        """What this charge must leave on the balance for the tariff."""
        return self._fee if due.kind is StepKind.SERVICE and due.at != self._paid_at else Money.ZERO


def _owed(plan: Plan) -> Money:
    return Money.ZERO if plan.debt is None else plan.debt.owed


def _lacks(plan: Plan, balance: Money | None, owed: Money, kept: Money = Money.ZERO) -> Money:
    """What has to come in beforehand: of that money, what is still owed goes back before it helps."""
    if balance is None or plan.pays_afterwards or balance >= plan.floor + kept:
        return Money.ZERO
    return plan.floor + kept - balance + owed


def _shortfall(plan: Plan, steps: Sequence[Step], at: datetime, until: datetime) -> Shortfall | None:
    now = _lacks(plan, plan.balance, _owed(plan)) if plan.stops_below_floor else Money.ZERO
    first = next((step for step in steps if step.lacks), None)
    if not now and first is None:
        return None
    moment = at if now or first is None else first.at
    day, today = kyiv_date(moment), kyiv_date(at)
    ends = [_midnight_after(day, 1)]
    ends += [end for end in (_midnight_after(today, ADVICE_DAYS), until) if end > ends[0]]
    covers: list[Cover] = []
    for end in ends:
        needed = max([now, *(step.lacks for step in steps if step.at < end)])
        if covers and covers[-1].amount == needed:
            covers.pop()
        covers.append(Cover(needed, kyiv_date(end) - timedelta(days=1)))
    return Shortfall(
        at=moment,
        kind=None if now or first is None else first.kind,
        pay_by=day - timedelta(days=1) if day > today else None,
        covers=tuple(covers),
    )


def _invoices(plan: Plan, steps: Sequence[Step], at: datetime, until: datetime) -> Iterator[Invoice]:
    """On the first of each month: what is owed by then and in no earlier invoice."""
    if plan.balance is None:
        return
    asked, month = Money.ZERO, Month.of(at)
    while (end := month.period.end) < until:
        by_then = plan.balance + sum((step.amount for step in steps if step.at < end), Money.ZERO)
        amount = max(-by_then - asked, Money.ZERO)
        yield Invoice(end, month, amount)
        asked += amount
        month = month.shifted(1)


def _midnight_after(day: date, days: int) -> datetime:
    return kyiv_midnight(day + timedelta(days=days))
