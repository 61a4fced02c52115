"""What the charge calendar shows, as plain values: kopiykas, ISO moments and dates, names by language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from mykyivstar.domain.forecast.outlook import Cover, Forecast, Shortfall, Step
from mykyivstar.domain.forecast.plan import Fee, Plan
from mykyivstar.domain.forecast.queries import Prospect
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money
from mykyivstar.state.payments.addresses import Wish, of_top_up

_WIDTH, _HEIGHT = 600, 120


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """One movement; `amount` is negative for what is taken, `balance` what is there afterwards."""

    kind: str
    name: dict[str, str] | None
    amount: int
    balance: int | None
    is_short: bool
    overdue_since: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """One Kyiv day on which anything moves."""

    day: str
    rows: list[ChargeRow]


@dataclass(frozen=True, slots=True)
class CoverRow:
    """What is enough until which day; `pays` is what one payment takes of it, at `href`."""

    amount: int
    last_day: str
    pays: int
    href: str


@dataclass(frozen=True, slots=True)
class ShortRow:
    """The first thing that is not covered; `kind` "" for an account below its threshold, `pay_by` "" for at once."""

    kind: str
    at: str
    pay_by: str
    least: CoverRow
    more: list[CoverRow]


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """What a contract line will be asked for, for the month of that day."""

    month: str
    at: str
    amount: int


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service that may be supposed to go or to come."""

    code: str
    name: dict[str, str]
    fee: int
    period: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An auto top-up that waits for a low balance."""

    below: int
    amount: int


@dataclass(frozen=True, slots=True)
class LockRow:
    """The tariff's money: `locked` of the `fee`; `free` is below zero where `owed` is more than nothing."""

    is_on: bool
    is_mine: bool
    fee: int
    locked: int
    free: int
    owed: int


@dataclass(frozen=True, slots=True)
class ChartRow:
    """The balance as a line of 600 by 120; `floor` is where charges stop being covered."""

    # Of an SVG path.
    path: str
    floor: int


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The calendar of one line or internet account."""

    key: str
    kind: str
    balance: int | None
    first_day: str
    last_day: str
    is_contract: bool
    days: list[DayRow]
    shortfall: ShortRow | None
    invoices: list[InvoiceRow]
    unknown_at: str
    waiting: list[WaitingRow]
    chart: ChartRow | None
    services: list[ServiceRow]
    addable: list[ServiceRow]
    # None: there is no tariff fee ahead.
    lock: LockRow | None


def calendar_view(known: Prospect, plan: Plan, found: Forecast, limits: PaymentLimits) -> CalendarView:
    """The forecast of this plan, which may be a supposed one."""
    return CalendarView(
        key=str(known.key),
        kind=known.key.kind.value,
        balance=_kopiykas(found.balance),
        first_day=kyiv_date(found.start).isoformat(),
        last_day=(kyiv_date(found.until) - timedelta(days=1)).isoformat(),
        is_contract=plan.pays_afterwards,
        days=[
            DayRow(day.isoformat(), [_charge(step, plan) for step in steps])
            for day, steps in groupby(found.steps, key=lambda step: kyiv_date(step.at))
        ],
        shortfall=_short(known.key, found.shortfall, limits) if found.shortfall is not None else None,
        invoices=[
            InvoiceRow(each.month.first_day.isoformat(), each.at.isoformat(), each.amount.kopiykas)
            for each in found.invoices
        ],
        unknown_at=_iso(found.unknown_at),
        waiting=[WaitingRow(below.kopiykas, amount.kopiykas) for below, amount in known.waiting],
        chart=None if plan.pays_afterwards else _chart(found, plan.floor),
        services=_services(known.services),
        addable=_services(known.addable),
        lock=_lock(known) if known.has_what_to_lock else None,
    )


def _charge(step: Step, plan: Plan) -> ChargeRow:
    # Of a contract the invoices say what is owed: a balance in which none of them is paid would be no forecast.
    balance = None if plan.pays_afterwards else step.balance
    return ChargeRow(
        kind=step.kind.value,
        name=dict(step.name) if step.name else None,
        amount=step.amount.kopiykas,
        balance=_kopiykas(balance),
        is_short=bool(step.lacks),
        overdue_since=_iso(step.overdue_since),
    )


def _short(key: HoldingKey, found: Shortfall, limits: PaymentLimits) -> ShortRow:
    least, *more = [_cover(key, each, limits) for each in found.covers]
    pay_by = found.pay_by.isoformat() if found.pay_by is not None else ""
    return ShortRow(found.kind.value if found.kind else "", found.at.isoformat(), pay_by, least, more)


def _cover(key: HoldingKey, cover: Cover, limits: PaymentLimits) -> CoverRow:
    pays = min(max(cover.amount, limits.top_up_least), limits.top_up_most)
    address = of_top_up([Wish(str(key), pays)])
    return CoverRow(cover.amount.kopiykas, cover.last_day.isoformat(), pays.kopiykas, address)


def _lock(known: Prospect) -> LockRow:
    """As it is, also while something else is supposed."""
    money, fee = known.tariff_money, known.plan.tariff_fee
    free = money.free if money is not None else known.plan.balance or Money.ZERO
    return LockRow(
        is_on=money is not None,
        is_mine=known.may_lock,
        fee=fee.kopiykas,
        locked=money.locked.kopiykas if money is not None else 0,
        free=free.kopiykas,
        owed=max(-free, Money.ZERO).kopiykas,
    )


def _services(fees: Sequence[Fee]) -> list[ServiceRow]:
    return [
        ServiceRow(fee.code, dict(fee.name or {}), (fee.amount or Money.ZERO).kopiykas, fee.period.value)
        for fee in fees
    ]


def _chart(found: Forecast, floor: Money) -> ChartRow | None:
    """Level until something moves, then straight up or down; None where there is nothing to draw."""
    if found.balance is None or not found.steps:
        return None
    levels = [found.balance, *(step.balance for step in found.steps if step.balance is not None)]
    least, most = min(floor, *levels).kopiykas, max(floor, *levels).kopiykas
    span = max(most - least, 1)

    def y(level: Money) -> float:
        return round((most - level.kopiykas) / span * (_HEIGHT - 8) + 4, 1)

    def x(moment: datetime) -> float:
        return round((moment - found.start) / (found.until - found.start) * _WIDTH, 1)

    points = [(0.0, y(found.balance))]
    for step in found.steps:
        if step.balance is not None:
            points += [(x(step.at), points[-1][1]), (x(step.at), y(step.balance))]
    points.append((float(_WIDTH), points[-1][1]))
    return ChartRow("M" + " L".join(f"{across},{down}" for across, down in points), round(y(floor)))


def _kopiykas(amount: Money | None) -> int | None:
    return None if amount is None else amount.kopiykas


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
