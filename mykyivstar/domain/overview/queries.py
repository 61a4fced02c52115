"""Reads everything a person has in two statements, however much it is (C1, C2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.prepared import ask
from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.overview import statements
from mykyivstar.domain.overview.alerts import internet_alerts, line_alerts
from mykyivstar.domain.overview.charges import Due, NextCharge, next_charge, rests
from mykyivstar.domain.overview.gauges import Part as Package
from mykyivstar.domain.overview.gauges import gauges
from mykyivstar.domain.overview.internet import InternetStanding
from mykyivstar.domain.overview.models import InternetPart, LinePart, Overview, Part
from mykyivstar.domain.overview.validity import Validity
from mykyivstar.domain.usage.models import AllowanceKind
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month


@dataclass(slots=True)
class _Details:
    """What belongs to one line or account beside its own row."""

    packages: list[tuple[AllowanceKind, Package]] = field(default_factory=list)
    dues: list[Due] = field(default_factory=list)
    costs: list[Money] = field(default_factory=list)


async def overview(session: AsyncSession, actor: Actor, at: datetime) -> Overview:
    """Everything the actor has among their own, as it is at this moment; nothing of anybody else's."""
    month = Month.of(at)
    rows, details = await ask(
        session,
        (statements.PARTS, {"profile_id": actor.profile_id}),
        (
            statements.DETAILS,
            {
                "profile_id": actor.profile_id,
                "at": at,
                "month": str(month),
                "month_start": month.period.start,
                "month_end": month.period.end,
            },
        ),
    )
    known = _by_place(details)
    parts = tuple(_part(row, known, at) for row in rows if row.role is not None)
    return Overview(at, rows[0].name if rows else "", parts, has_notes=any(row.has_notes for row in rows))


# A line's or an account's id, the other None: quicker to look up by than a HoldingKey.
_Place = tuple[int | None, int | None]


def _by_place(rows: Sequence[Any]) -> Mapping[_Place, _Details]:
    known: dict[_Place, _Details] = {}
    for row in rows:
        place = (row.line_id, row.internet_account_id)
        if (details := known.get(place)) is None:
            details = known[place] = _Details()
        match row.what:
            case statements.ALLOWANCE:
                package = Package(row.amount, row.left, row.is_unlimited, row.at)
                details.packages.append((AllowanceKind(row.label), package))
            case statements.DUE:
                details.dues.append(Due(row.at, Money(row.amount), FeePeriod(row.label), row.left))
            case statements.COST:
                details.costs.append(Money(row.amount))
    return known


def _part(row: Any, known: Mapping[_Place, _Details], at: datetime) -> Part:
    key = _key(row)
    details = known.get((row.line_id, row.internet_account_id)) or _Details()
    if row.charge_at is not None:
        details.dues.append(Due(row.charge_at, row.fee, row.fee_period or FeePeriod.MONTH, row.charge_day))
    charge = next_charge(details.dues, at)
    return _line(row, key, details, charge, at) if row.line_id is not None else _internet(row, key, details, charge, at)


def _key(row: Any) -> HoldingKey:
    if row.line_id is not None:
        return HoldingKey(HoldingKind.LINE, row.line_id)
    return HoldingKey(HoldingKind.INTERNET, row.internet_account_id)


def _line(row: Any, key: HoldingKey, details: _Details, charge: NextCharge | None, at: datetime) -> LinePart:
    left = gauges(details.packages) if row.role.sees_usage else ()
    validity = Validity(row.valid_until, row.receiving_until) if row.valid_until is not None else None
    return LinePart(
        **_common(row, key, details, charge),
        number=row.msisdn.digits,
        brand=row.brand,
        payment=row.payment,
        state=row.line_state,
        gauges=left,
        validity=validity,
        alerts=line_alerts(
            state=row.line_state,
            payment=row.payment,
            balance=row.balance,
            charge=charge,
            gauges=left,
            validity=validity,
            at=at,
        ),
    )


def _internet(row: Any, key: HoldingKey, details: _Details, charge: NextCharge | None, at: datetime) -> InternetPart:
    standing = InternetStanding(
        state=row.internet_state,
        threshold=row.disconnect_threshold,
        balance=row.balance,
        charge=charge,
        suspended_until=row.suspended_until,
        rest=rests(details.dues, at) if row.internet_state is InternetState.OFF_FOR_DEBT else Money.ZERO,
    )
    return InternetPart(
        **_common(row, key, details, charge),
        number=row.number,
        address=row.address,
        standing=standing,
        alerts=internet_alerts(standing, at),
    )


def _common(row: Any, key: HoldingKey, details: _Details, charge: NextCharge | None) -> dict[str, Any]:
    sees_cost = row.role.sees_usage and bool(details.costs)
    return {
        "key": key,
        "role": row.role,
        "nickname": row.nickname,
        "colour": row.colour,
        "chosen_at": row.chosen_at,
        "tariff": row.tariff,
        "balance": row.balance,
        "bonus": row.bonus,
        "charge": charge,
        "month_cost": sum(details.costs, Money.ZERO) if sees_cost else None,
    }
