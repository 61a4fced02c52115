"""The simulator: another plan, and nothing is stored (O2)."""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime

from mykyivstar.domain.auto_top_up.timing import due_on
from mykyivstar.domain.forecast.errors import DayOutOfReach, NothingSupposed
from mykyivstar.domain.forecast.outlook import DAYS, window_end
from mykyivstar.domain.forecast.plan import Fee, Plan, StepKind, TopUp
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Supposition:
    """What if: so much more on that day, a service less, another one from now on, with or without the lock."""

    amount: Money | None = None
    day: date | None = None
    # A service's code, "" for none.
    without: str = ""
    added: Fee | None = None
    locked: bool | None = None


def supposing(plan: Plan, what: Supposition, at: datetime) -> Plan:
    """The plan as it would be. Raises DayOutOfReach, NothingSupposed.

    A top-up of today is there at once, one of another day at ten in the morning: midnight has taken its charges by
    then. A service that is added is paid at once and then by its period.
    """
    if what == Supposition(day=what.day):
        raise NothingSupposed
    fees = [fee for fee in plan.fees if not what.without or fee.code != what.without]
    if what.added is not None:
        fees.append(dataclasses.replace(what.added, first=at))
    top_ups = list(plan.top_ups)
    if what.amount is not None:
        top_ups.append(TopUp(StepKind.TOP_UP, _moment(what.day, at), what.amount))
    return dataclasses.replace(plan, fees=fees, top_ups=top_ups, locked=_aside(plan, what))


def _aside(plan: Plan, what: Supposition) -> Money | None:
    """What would stand aside; locked just now, that is what is there of the fee."""
    if what.locked is None or what.locked == (plan.locked is not None):
        return plan.locked
    return min(plan.tariff_fee, max(plan.balance or Money.ZERO, Money.ZERO)) if what.locked else None


def _moment(day: date | None, at: datetime) -> datetime:
    today = kyiv_date(at)
    if day is None or day == today:
        return at
    if not today < day < kyiv_date(window_end(at)):
        raise DayOutOfReach(days=DAYS)
    return due_on(day)
