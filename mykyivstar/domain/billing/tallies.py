"""What a run did, or would do, counted by what it was about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Count:
    """How often, how much in all, and how many wait for money."""

    taken: int = 0
    amount: Money = Money.ZERO
    waiting: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.taken + other.taken, self.amount + other.amount, self.waiting + other.waiting)


@dataclass(frozen=True, slots=True)
class Tally:
    """By the code of a tariff or service, or by what else the run counts."""

    counts: Mapping[str, Count] = field(default_factory=dict)

    @classmethod
    def of(cls, what: str, count: Count) -> "Tally":
        """Of one thing alone; nothing when there was none."""
        return cls({what: count} if count != Count() else {})

    def __add__(self, other: "Tally") -> "Tally":
        names = {*self.counts, *other.counts}
        return Tally({name: self.counts.get(name, Count()) + other.counts.get(name, Count()) for name in names})

    @property
    def total(self) -> Count:
        return sum(self.counts.values(), Count())
