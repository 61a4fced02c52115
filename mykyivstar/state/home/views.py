"""What the dashboard shows, as plain values: kopiykas, ISO moments, texts by language. None is "not known"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mykyivstar.domain.lines.models import HoldingRole, LineState, Payment
from mykyivstar.domain.overview.alerts import Alert, Weight
from mykyivstar.domain.overview.announcements import Notice
from mykyivstar.domain.overview.charges import missing_for
from mykyivstar.domain.overview.gauges import Gauge
from mykyivstar.domain.overview.internet import InternetStanding
from mykyivstar.domain.overview.models import InternetPart, LinePart, Overview, Part
from mykyivstar.domain.overview.validity import ACTIVE_FOR, RECEIVING_FOR, REVIVING_PAYMENT, Phase, Validity
from mykyivstar.kit.money import Money

_SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Hero:
    """The line or account in hand, and its one big number."""

    key: str
    kind: str
    nickname: str
    number: str
    colour: str
    tariff: dict[str, str] | None
    balance: int | None
    bonus: int | None
    month_cost: int | None
    # What a contract line owes; None for all that pay beforehand, and when nothing is owed.
    to_pay: int | None
    is_blocked: bool
    sees_usage: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class ChargeView:
    """What is taken next; `missing` is 0 when the balance covers it."""

    at: str
    amount: int | None
    missing: int | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class GaugeView:
    """What is left of the packages of one kind: bytes of data, whole minutes, or pieces."""

    kind: str
    unit: str
    left: int
    granted: int
    is_unlimited: bool
    tone: str
    expires_at: str
    has_parts: bool


@dataclass(frozen=True, slots=True)
class ValidityView:
    """How long the number lives: of `total` days of this phase so many are left; what a payment adds."""

    phase: str
    until: str
    days: int | None
    total: int
    payment: int
    prolonged_by: int


@dataclass(frozen=True, slots=True)
class AlertView:
    """One thing to know; which of the values are there depends on its kind."""

    kind: str
    weight: str
    amount: int | None
    until: str
    allowance: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class InternetView:
    """A home internet account in a card: balance, next payment, threshold."""

    key: str
    nickname: str
    number: str
    address: str
    tariff: dict[str, str] | None
    state: str
    suspended_until: str
    balance: int | None
    threshold: int
    room: int | None
    next_payment: int | None
    pay_by: str
    alerts: list[AlertView]
    chosen: bool


@dataclass(frozen=True, slots=True)
class NoticeView:
    """An offer or a piece of news."""

    code: str
    title: dict[str, str]
    body: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tile:
    """One of all, at a glance (B2): `weight` is that of its weightiest alert, "" when all is well."""

    key: str
    kind: str
    nickname: str
    number: str
    colour: str
    balance: int | None
    charge_at: str
    weight: str
    chosen: bool


def hero(part: Part) -> Hero:
    """The part in hand."""
    return Hero(
        key=str(part.key),
        kind=part.key.kind.value,
        nickname=part.nickname,
        number=part.number,
        colour=part.colour.value,
        tariff=dict(part.tariff) if part.tariff else None,
        balance=_kopiykas(part.balance),
        bonus=_kopiykas(part.bonus),
        month_cost=_kopiykas(part.month_cost),
        to_pay=_owed(part),
        is_blocked=isinstance(part, LinePart) and part.state is LineState.BLOCKED,
        sees_usage=part.role.sees_usage,
        is_own=part.role is HoldingRole.OWNER,
    )


def charge(part: Part) -> ChargeView | None:
    """What is taken next; a contract line pays afterwards, so nothing is missing before."""
    if part.charge is None:
        return None
    floor = part.standing.threshold if isinstance(part, InternetPart) else Money.ZERO
    missing = None if _pays_afterwards(part) else missing_for(part.charge, part.balance, floor)
    return ChargeView(_iso(part.charge.at), _kopiykas(part.charge.amount), _kopiykas(missing), part.charge.is_overdue)


def gauge_views(part: Part) -> list[GaugeView]:
    """The packages of a line."""
    return [_gauge(each) for each in part.gauges] if isinstance(part, LinePart) else []


def validity(part: Part, at: datetime) -> ValidityView | None:
    """The number-validity clock of a line (N4)."""
    if not isinstance(part, LinePart) or part.validity is None:
        return None
    return _validity(part.validity, at)


def alerts(found: Sequence[Alert]) -> list[AlertView]:
    """In the order of their weight."""
    return [
        AlertView(
            kind=alert.kind.value,
            weight=alert.weight.value,
            amount=_kopiykas(alert.amount),
            until=_iso(alert.until),
            allowance=alert.allowance.value if alert.allowance else "",
            percent=alert.percent,
        )
        for alert in found
    ]


def internet(part: InternetPart, *, is_chosen: bool) -> InternetView:
    """The card of a home internet account; the one in hand has its alerts above it already.

    What is merely worth knowing the card's own figures say.
    """
    standing = part.standing
    return InternetView(
        key=str(part.key),
        nickname=part.nickname,
        number=part.number,
        address=part.address,
        tariff=dict(part.tariff) if part.tariff else None,
        state=standing.state.value,
        suspended_until=_iso(standing.suspended_until),
        balance=_kopiykas(part.balance),
        threshold=standing.threshold.kopiykas,
        room=_kopiykas(standing.room),
        next_payment=_kopiykas(_to_pay(standing)),
        pay_by=_pay_by(standing),
        alerts=[] if is_chosen else alerts([alert for alert in part.alerts if alert.weight is not Weight.INFO]),
        chosen=is_chosen,
    )


def notices(found: Sequence[Notice]) -> list[NoticeView]:
    """Offers or news."""
    return [NoticeView(each.code, dict(each.title), dict(each.body)) for each in found]


def tiles(whole: Overview, chosen: Part | None) -> list[Tile]:
    """Everything at once, in the person's own order."""
    return [
        Tile(
            key=str(part.key),
            kind=part.key.kind.value,
            nickname=part.nickname,
            number=part.number,
            colour=part.colour.value,
            balance=_kopiykas(part.balance),
            charge_at=_iso(part.charge.at) if part.charge else "",
            weight=part.alerts[0].weight.value if part.alerts else "",
            chosen=part is chosen,
        )
        for part in whole.parts
    ]


def _pays_afterwards(part: Part) -> bool:
    return isinstance(part, LinePart) and part.payment is Payment.CONTRACT


def _owed(part: Part) -> int | None:
    if not _pays_afterwards(part) or part.balance is None or part.balance >= Money.ZERO:
        return None
    return -part.balance.kopiykas


def _gauge(gauge: Gauge) -> GaugeView:
    unit = "data" if gauge.kind.is_data else "minutes" if gauge.kind.is_minutes else "pieces"
    scale = _SECONDS_PER_MINUTE if unit == "minutes" else 1
    tone = "danger" if gauge.is_used_up else "warning" if gauge.is_nearly_used else "brand"
    return GaugeView(
        kind=gauge.kind.value,
        unit=unit,
        left=gauge.left // scale,
        granted=gauge.granted // scale,
        is_unlimited=gauge.is_unlimited,
        tone=tone,
        expires_at=_iso(gauge.expires_at),
        has_parts=len(gauge.parts) > 1,
    )


def _validity(clock: Validity, at: datetime) -> ValidityView:
    phase = clock.phase(at)
    total = ACTIVE_FOR if phase is Phase.ACTIVE else RECEIVING_FOR
    return ValidityView(
        phase=phase.value,
        until=_iso(clock.ends_at(at)),
        days=clock.days_left(at),
        total=total.days,
        payment=REVIVING_PAYMENT.kopiykas,
        prolonged_by=ACTIVE_FOR.days,
    )


def _to_pay(standing: InternetStanding) -> Money | None:
    """At once when the internet is off or would go off; by the next charge otherwise."""
    return standing.missing_now or standing.next_payment


def _pay_by(standing: InternetStanding) -> str:
    return "" if standing.missing_now or standing.charge is None else _iso(standing.charge.at)


def _kopiykas(amount: Money | None) -> int | None:
    return None if amount is None else amount.kopiykas


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
