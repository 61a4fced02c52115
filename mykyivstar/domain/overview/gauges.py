"""What is left of the packages of a line (C1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from mykyivstar.domain.usage.models import AllowanceKind

# C3, N5: from here on a package is nearly used.
NEARLY_USED_PERCENT = 80


@dataclass(frozen=True, slots=True)
class Part:
    """What is left of one package: the tariff's own, or an option's."""

    granted: int
    left: int
    is_unlimited: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Gauge:
    """All packages of one kind together, the part that ends first at the front; at least one part."""

    kind: AllowanceKind
    parts: Sequence[Part]
    is_unlimited: bool
    # Of the parts that have a limit; what is left is never below zero: a package cannot owe.
    granted: int
    left: int

    @classmethod
    def of(cls, kind: AllowanceKind, parts: Iterable[Part]) -> Self:
        """One gauge of these packages, in any order."""
        ordered = sorted(parts, key=lambda part: part.expires_at)
        limited = [part for part in ordered if not part.is_unlimited]
        return cls(
            kind=kind,
            parts=tuple(ordered),
            is_unlimited=len(limited) < len(ordered),
            granted=sum([part.granted for part in limited]),
            left=sum([max(part.left, 0) for part in limited]),
        )

    @property
    def expires_at(self) -> datetime:
        return self.parts[0].expires_at

    @property
    def used_percent(self) -> int:
        """Whole percents, rounded down, 0 to 100; 0 when it is unlimited."""
        if self.is_unlimited or self.granted <= 0:
            return 0
        return min(max(100 * (self.granted - self.left) // self.granted, 0), 100)

    @property
    def is_used_up(self) -> bool:
        return not self.is_unlimited and self.left == 0

    @property
    def is_nearly_used(self) -> bool:
        return not self.is_unlimited and self.left > 0 and self.used_percent >= NEARLY_USED_PERCENT


def gauges(parts: Iterable[tuple[AllowanceKind, Part]]) -> Sequence[Gauge]:
    """One gauge per kind that anything was granted of, in the order in which kinds are always shown."""
    by_kind: dict[AllowanceKind, list[Part]] = {}
    for kind, part in parts:
        if part.is_unlimited or part.granted > 0:
            by_kind.setdefault(kind, []).append(part)
    return tuple(Gauge.of(kind, by_kind[kind]) for kind in AllowanceKind if kind in by_kind)
