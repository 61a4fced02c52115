"""What usage costs (E6): first from the packages, then by the tariff's prices; each answer names its rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from mykyivstar.domain.usage.models import AllowanceKind, UsageCategory
from mykyivstar.kit.money import Money

BYTES_PER_MEGABYTE = 1024**2
SECONDS_PER_MINUTE = 60

_PAID_BY = {
    UsageCategory.CALL_ON_NET: (AllowanceKind.MINUTES_ON_NET, AllowanceKind.MINUTES_UKRAINE),
    UsageCategory.CALL_OFF_NET: (AllowanceKind.MINUTES_UKRAINE,),
    UsageCategory.CALL_ABROAD: (AllowanceKind.MINUTES_ABROAD,),
    UsageCategory.SMS: (AllowanceKind.SMS,),
    UsageCategory.DATA: (AllowanceKind.DATA,),
    UsageCategory.ROAMING_DATA: (AllowanceKind.ROAMING_DATA,),
}
_DATA = {UsageCategory.DATA, UsageCategory.ROAMING_DATA}
_CALLS = {UsageCategory.CALL_ON_NET, UsageCategory.CALL_OFF_NET, UsageCategory.CALL_ABROAD, UsageCategory.ROAMING_CALL}


@dataclass(slots=True)
class Bucket:
    """What is left of one package of one tariff or service; seconds, bytes or pieces."""

    kind: AllowanceKind
    source: str
    granted: int
    left: int
    is_unlimited: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Rated:
    """What a use of this much came to, and by which rule: "package CODE" or "price TARIFF/CATEGORY"."""

    quantity: int
    cost: Money
    rule: str


@dataclass(slots=True)
class Meter:
    """The packages and prices of one line, running down as it is used."""

    tariff: str
    prices: Mapping[str, int]
    buckets: list[Bucket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._sort()

    def copy(self) -> Self:
        """A meter that can run down without this one noticing."""
        return replace(self, buckets=[replace(bucket) for bucket in self.buckets])

    def grant(self, source: str, package: Iterable[Mapping[str, Any]], expires_at: datetime) -> None:
        """Open a new package; what was left of an older one from the same source is gone."""
        self.buckets = [bucket for bucket in self.buckets if bucket.source != source]
        self.buckets += [
            Bucket(
                AllowanceKind(part["kind"]),
                source,
                part["amount"],
                part["amount"],
                part.get("is_unlimited", False),
                expires_at,
            )
            for part in package
        ]
        self._sort()

    def rate(self, category: UsageCategory, quantity: int, at: datetime) -> Rated:
        """Take it from the packages, then price the rest: a begun minute, a begun megabyte, a piece."""
        if category is UsageCategory.CALL_IN:
            return Rated(quantity, Money.ZERO, "free incoming")
        rest, source = quantity, ""
        for bucket in self._fitting(category, at):
            if bucket.is_unlimited:
                return Rated(quantity, Money.ZERO, f"package {bucket.source}")
            taken = min(rest, bucket.left)
            bucket.left -= taken
            rest -= taken
            source = source or (bucket.source if taken else "")
            if not rest:
                return Rated(quantity, Money.ZERO, f"package {source}")
        price = self.prices.get(category.value, 0)
        return Rated(quantity, Money(price * _units(category, rest)), f"price {self.tariff}/{category.value}")

    def covers(self, category: UsageCategory, at: datetime) -> int | None:
        """How much of this the packages still pay for; None: any amount."""
        fitting = list(self._fitting(category, at))
        return None if any(bucket.is_unlimited for bucket in fitting) else sum(bucket.left for bucket in fitting)

    def alive(self, at: datetime) -> Sequence[Bucket]:
        """The packages that have not expired."""
        return [bucket for bucket in self.buckets if bucket.expires_at > at]

    def _sort(self) -> None:
        """The tariff's own package first, then what was bought beside it, the soonest to expire first."""
        self.buckets.sort(key=lambda bucket: (bucket.source != self.tariff, bucket.expires_at))

    def _fitting(self, category: UsageCategory, at: datetime) -> Iterable[Bucket]:
        for kind in _PAID_BY.get(category, ()):
            for bucket in self.buckets:
                if bucket.kind is kind and bucket.expires_at > at and (bucket.left or bucket.is_unlimited):
                    yield bucket


def package_kinds(category: UsageCategory) -> Sequence[AllowanceKind]:
    """Which packages pay for it, in the order in which they do."""
    return _PAID_BY.get(category, ())


def _units(category: UsageCategory, quantity: int) -> int:
    size = SECONDS_PER_MINUTE if category in _CALLS else BYTES_PER_MEGABYTE if category in _DATA else 1
    return -(-quantity // size)
