"""From what a person has to the rows that the browser gets."""

from collections.abc import Sequence
from datetime import datetime

from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.lines.models import Billing, HoldingRole, LineState
from mykyivstar.domain.overview.alerts import Alert, Weight
from mykyivstar.domain.overview.announcements import Notice
from mykyivstar.domain.overview.charges import missing_for
from mykyivstar.domain.overview.gauges import Gauge
from mykyivstar.domain.overview.internet import InternetStanding
from mykyivstar.domain.overview.models import InternetPart, LinePart, Overview, Part
from mykyivstar.domain.overview.validity import ACTIVE_FOR, RECEIVING_FOR, REVIVING_PAYMENT, Phase, Validity
from mykyivstar.kit.money import Money
from mykyivstar.state.home.rows import (
    AlertView,
    ChargeView,
    GaugeView,
    Hero,
    InternetView,
    NoticeView,
    Tile,
    ValidityView,
)

_SECONDS_PER_MINUTE = 60


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


def internet(part: InternetPart) -> InternetView:
    """The card of a home internet account; what is merely worth knowing its own figures say."""
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
        alerts=alerts([alert for alert in part.alerts if alert.weight is not Weight.INFO]),
    )


def notices(found: Sequence[Notice]) -> list[NoticeView]:
    """Offers or news."""
    return [NoticeView(each.code, dict(each.title), dict(each.body)) for each in found]


def tiles(whole: Overview) -> list[Tile]:
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
        )
        for part in whole.parts
    ]


def _pays_afterwards(part: Part) -> bool:
    return isinstance(part, LinePart) and part.payment is Billing.CONTRACT


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
    """At once when the internet is off or would go off; by the next charge otherwise; nothing while it is suspended."""
    if standing.state is InternetState.SUSPENDED:
        return Money.ZERO
    return standing.missing_now or standing.next_payment


def _pay_by(standing: InternetStanding) -> str:
    if standing.state is InternetState.SUSPENDED or standing.missing_now or standing.charge is None:
        return ""
    return _iso(standing.charge.at)


def _kopiykas(amount: Money | None) -> int | None:
    return None if amount is None else amount.kopiykas


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
