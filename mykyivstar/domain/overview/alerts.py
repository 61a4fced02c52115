"""What somebody should do something about, in the order of its weight (C3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.lines.models import Billing, LineState
from mykyivstar.domain.overview.charges import NextCharge, missing_for
from mykyivstar.domain.overview.gauges import Gauge
from mykyivstar.domain.overview.internet import InternetStanding
from mykyivstar.domain.overview.validity import REVIVING_PAYMENT, Phase, Validity
from mykyivstar.domain.usage.models import AllowanceKind
from mykyivstar.kit.money import Money

# A charge that the balance does not cover becomes a warning so many days before it.
CHARGE_IS_NEAR_DAYS = 7
VALIDITY_IS_SHORT_DAYS = 14


class AlertKind(StrEnum):
    """What it is about."""

    LINE_BLOCKED = "line_blocked"
    NUMBER_ENDED = "number_ended"
    RECEIVING_ONLY = "receiving_only"
    VALIDITY_SHORT = "validity_short"
    CHARGE_UNPAID = "charge_unpaid"
    BALANCE_LOW = "balance_low"
    PACKAGE_USED = "package_used"
    PACKAGE_NEARLY_USED = "package_nearly_used"
    INTERNET_OFF = "internet_off"
    INTERNET_RETURNING = "internet_returning"
    THRESHOLD_CROSSED = "threshold_crossed"
    THRESHOLD_NEAR = "threshold_near"


class Weight(StrEnum):
    """How much it matters, the most first."""

    DANGER = "danger"
    WARNING = "warning"
    INFO = "info"


_ORDER = {weight: place for place, weight in enumerate(Weight)}


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to know, with what its sentence needs."""

    kind: AlertKind
    weight: Weight
    amount: Money | None = None
    until: datetime | None = None
    days: int | None = None
    allowance: AllowanceKind | None = None
    percent: int | None = None


def line_alerts(
    *,
    state: LineState,
    payment: Billing,
    balance: Money | None,
    charge: NextCharge | None,
    gauges: Sequence[Gauge],
    validity: Validity | None,
    at: datetime,
) -> Sequence[Alert]:
    """The alerts of a mobile line, the weightiest first. A contract line pays afterwards: its balance may be low."""
    found = []
    if state is LineState.BLOCKED:
        found.append(Alert(AlertKind.LINE_BLOCKED, Weight.DANGER))
    found += _validity_alerts(validity, at)
    if payment is Billing.PREPAID:
        found += _balance_alerts(balance, charge, at)
    found += _package_alerts(gauges)
    return _weighed(found)


def internet_alerts(standing: InternetStanding, at: datetime) -> Sequence[Alert]:
    """The alerts of a home internet account, the weightiest first."""
    return _weighed(list(_internet_alerts(standing, at)))


def _balance_alerts(balance: Money | None, charge: NextCharge | None, at: datetime) -> Iterator[Alert]:
    missing = missing_for(charge, balance)
    if not missing:
        return
    if charge is None:
        yield Alert(AlertKind.BALANCE_LOW, Weight.WARNING, amount=missing)
    elif charge.is_overdue:
        yield Alert(AlertKind.CHARGE_UNPAID, Weight.DANGER, amount=missing, until=charge.at)
    else:
        days = charge.days_left(at)
        yield Alert(AlertKind.BALANCE_LOW, _nearness(days), amount=missing, until=charge.at, days=days)


def _package_alerts(gauges: Sequence[Gauge]) -> Iterator[Alert]:
    for gauge in gauges:
        if gauge.is_used_up:
            yield Alert(AlertKind.PACKAGE_USED, Weight.WARNING, allowance=gauge.kind, until=gauge.expires_at)
        elif gauge.is_nearly_used:
            yield Alert(
                AlertKind.PACKAGE_NEARLY_USED,
                Weight.INFO,
                allowance=gauge.kind,
                percent=gauge.used_percent,
                until=gauge.expires_at,
            )


def _validity_alerts(validity: Validity | None, at: datetime) -> Iterator[Alert]:
    if validity is None:
        return
    until, days = validity.ends_at(at), validity.days_left(at)
    match validity.phase(at):
        case Phase.ENDED:
            yield Alert(AlertKind.NUMBER_ENDED, Weight.DANGER, until=until)
        case Phase.RECEIVING:
            yield Alert(AlertKind.RECEIVING_ONLY, Weight.DANGER, amount=REVIVING_PAYMENT, until=until, days=days)
        case Phase.ACTIVE if days is not None and days <= VALIDITY_IS_SHORT_DAYS:
            yield Alert(AlertKind.VALIDITY_SHORT, Weight.WARNING, amount=REVIVING_PAYMENT, until=until, days=days)
        case Phase.ACTIVE:
            pass


def _internet_alerts(standing: InternetStanding, at: datetime) -> Iterator[Alert]:
    if standing.state is InternetState.SUSPENDED:
        return  # On holiday nothing is taken and nothing switches off.
    if standing.is_off:
        if standing.missing_now == Money.ZERO:
            yield Alert(AlertKind.INTERNET_RETURNING, Weight.INFO)
        else:
            yield Alert(AlertKind.INTERNET_OFF, Weight.DANGER, amount=standing.missing_now)
    elif standing.is_below_threshold:
        yield Alert(AlertKind.THRESHOLD_CROSSED, Weight.DANGER, amount=standing.missing_now)
    elif standing.next_payment and standing.charge is not None:
        days = standing.charge.days_left(at)
        until = standing.charge.at
        yield Alert(AlertKind.THRESHOLD_NEAR, _nearness(days), amount=standing.next_payment, until=until, days=days)


def _nearness(days: int) -> Weight:
    return Weight.WARNING if days <= CHARGE_IS_NEAR_DAYS else Weight.INFO


def _weighed(found: list[Alert]) -> Sequence[Alert]:
    return tuple(sorted(found, key=lambda alert: _ORDER[alert.weight]))
