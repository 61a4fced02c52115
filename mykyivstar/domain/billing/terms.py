"""What one fee comes to when it is taken on a day: how much, for which days, and when it is due again. Pure arithmetic.

A fee that is taken late was waiting for money, or its service was off. Then (docs/billing.md):
- of a line it is whole, and its rhythm begins anew: the package lasts its full time from the day it is paid;
- of home internet and TV it is for the days that are left of the present period, and the rhythm stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from mykyivstar.domain.billing.calendar import following, period_text, rhythm_day
from mykyivstar.domain.catalogue.models import FeePeriod, Service, Tariff
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money


class Holds(StrEnum):
    """Whose fees they are; this decides about duty and about what is taken late."""

    LINE = "line"
    INTERNET = "internet"


@dataclass(frozen=True, slots=True)
class Price:
    """A tariff or service as far as its fee is concerned."""

    id: int
    kind: OperationKind
    code: str
    fee: Money
    period: FeePeriod
    package: Sequence[Mapping[str, Any]] = ()

    @classmethod
    def of(cls, thing: Tariff | Service) -> "Price":
        """Of a row of the catalogue."""
        kind = OperationKind.TARIFF_FEE if isinstance(thing, Tariff) else OperationKind.SERVICE_FEE
        return cls(thing.id or 0, kind, thing.code, thing.fee, thing.fee_period, thing.package)

    @property
    def rule(self) -> str:
        """What an entry's explanation names: "tariff/fast100", "service/tv"."""
        return f"{'tariff' if self.kind is OperationKind.TARIFF_FEE else 'service'}/{self.code}"


@dataclass(frozen=True, slots=True)
class Term:
    """One fee, ready to be taken of everybody for whom it fell due then."""

    due_on: date
    amount: Money
    explanation: Mapping[str, Any]
    # When it is due again, and the day of the month it belongs to; None: never again.
    next_at: datetime | None
    charge_day: int | None
    # Until when what it buys lasts; None: nothing runs out.
    lasts_until: datetime | None


def term(price: Price, due_at: datetime, kept: int | None, *, day: date, holds: Holds) -> Term:
    """The fee that fell due at this moment, taken on this Kyiv day, which is not before it."""
    due_on = kyiv_date(due_at)
    assert due_on <= day, "a fee is not taken before its day"
    amount, whole = price.fee, None
    if due_on < day and holds is Holds.LINE:
        first, kept = day, None
        end = following(first, price.period)
    else:
        begun, end = _present(due_on, price.period, kept, day)
        first = max(begun, day)
        if end is not None and first > begun:
            whole = (end - begun).days
            amount = price.fee.times(Fraction((end - first).days, whole))
        if end is not None:
            kept = rhythm_day(begun, kept)
    lasts_until = kyiv_midnight(end) if end is not None else _package_end(price, first)
    return Term(
        due_on=due_on,
        amount=amount,
        explanation=_about(price, first, _last_end(end, lasts_until), whole)
        | taxes(amount, is_mobile=holds is Holds.LINE),
        next_at=None if end is None else kyiv_midnight(end),
        charge_day=(kept or first.day) if price.period is FeePeriod.MONTH else None,
        lasts_until=lasts_until,
    )


def _present(due_on: date, period: FeePeriod, kept: int | None, day: date) -> tuple[date, date | None]:
    """The period of the fee's rhythm that this day belongs to."""
    begun, end = due_on, following(due_on, period, kept)
    while end is not None and end <= day:
        kept = rhythm_day(begun, kept)
        begun, end = end, following(end, period, kept)
    return begun, end


def _package_end(price: Price, first: date) -> datetime | None:
    """A package that is bought once says how many days it lives."""
    days = max((int(part.get("days", 0)) for part in price.package), default=0)
    return kyiv_midnight(first + timedelta(days=days)) if days else None


def _last_end(end: date | None, lasts_until: datetime | None) -> date | None:
    return end if end is not None or lasts_until is None else kyiv_date(lasts_until)


def _about(price: Price, first: date, end: date | None, whole: int | None) -> dict[str, Any]:
    why: dict[str, Any] = {"rule": price.rule, "period": period_text(first, end)}
    if whole is not None and end is not None:
        why |= {"fee": price.fee.kopiykas, "days": (end - first).days, "of_days": whole}
    return why
