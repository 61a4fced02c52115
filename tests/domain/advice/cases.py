"""Months, tariffs and records to compare, as plain values."""

from datetime import UTC, datetime, timedelta
from typing import Any

from mykyivstar.domain.advice.case import Case, Offer, Use, places
from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.domain.usage.rating import Meter
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

MB, GB = 1024**2, 1024**3
# 92 days, in which the clocks go back.
MONTHS = [Month(2026, 8), Month(2026, 9), Month(2026, 10)]
PRICES = {"call_on_net": 30, "call_off_net": 75, "call_abroad": 800, "sms": 60, "data": 10}


def offer(code: str = "base", fee: int = 150, period: FeePeriod = FeePeriod.MONTH, **changes: Any) -> Offer:
    """150 a month for a gigabyte, an hour to other networks and all calls on the network."""
    package = [
        {"kind": "minutes_on_net", "amount": 0, "is_unlimited": True},
        {"kind": "minutes_ukraine", "amount": 60 * 60},
        {"kind": "data", "amount": GB},
    ]
    fields = {"package": package, "prices": PRICES} | changes
    return Offer(code, {"en": code}, {"en": ""}, Money.uah(fee), period, **fields)


def use(day: str, category: UsageCategory, quantity: int, **changes: Any) -> Use:
    """On this day of 2026 ("08-15") at noon in Greenwich."""
    at = datetime.fromisoformat(f"2026-{day}T12:00:00").replace(tzinfo=UTC)
    fields = {"month": places(MONTHS)(at), "cost": 0, "rule": ""} | changes
    return Use(at, category=category, quantity=quantity, **fields)


def case(*uses: Use, current: Offer | None = None, offers: tuple[Offer, ...] = (), **changes: Any) -> Case:
    """Of these records."""
    present = current or offer()
    return Case(MONTHS, present, [present, *offers], sorted(uses), **changes)


def as_charged(uses: list[Use], current: Offer, begins: list[datetime]) -> list[Use]:
    """These records as our own rating would have priced them, with packages that began at these moments."""
    meter = Meter(current.code, current.prices)
    coming = list(begins)
    priced = []
    for each in sorted(uses):
        while coming and coming[0] <= each.at:
            at = coming.pop(0)
            meter.grant(current.code, current.package, coming[0] if coming else at + timedelta(days=31))
        rated = meter.rate(each.category, each.quantity, each.at)
        priced.append(each._replace(cost=rated.cost.kopiykas, rule=rated.rule))
    return priced
