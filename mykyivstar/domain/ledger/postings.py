"""What may be posted, and what became of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mykyivstar.domain.ledger.errors import UnbalancedLegs
from mykyivstar.domain.ledger.models import CATEGORY_MAX, OperationKind
from mykyivstar.kit.money import Money

# Ten trillion hryvnias: far above anything real, and a thousand times below what the columns hold.
_KOPIYKAS_MAX = 10**15
_KEY_LENGTH_MAX = 80


@dataclass(frozen=True, slots=True)
class Leg:
    """What an operation does to one account, and why (O1: rule, period, net, VAT, duty as far as they apply).

    `counts_as` is the category where it is neither the explanation's nor the operation's kind.
    """

    account_id: int
    amount: Money
    explanation: Mapping[str, Any] = field(default_factory=dict)
    counts_as: str = ""

    def category(self, kind: OperationKind) -> str:
        """What the entry counts as among expenses (E2)."""
        return self.counts_as or str(self.explanation.get("category") or kind.value)


@dataclass(frozen=True, slots=True)
class Posting:
    """One operation to post. `key` is made by whoever starts it, before it starts, and survives every retry.

    Without legs nothing moves, and the key is spent all the same: it was looked, and there was nothing to do.
    `reverses` and `reverses_entry` are set by `reversal` alone. What `is_operators` is no customer's act and no floor
    holds it, whatever is posted beside it.
    """

    key: str
    kind: OperationKind
    at: datetime
    legs: Sequence[Leg]
    reverses: int | None = None
    reverses_entry: int = 0
    is_operators: bool = False

    @property
    def request_hash(self) -> str:
        """What must be the same when the key is: why and what moves. Not the time and the wording, a retry's differ."""
        moves = [[leg.account_id, leg.amount.kopiykas] for leg in self.legs]
        same: list[Any] = [self.kind.value, moves]
        if self.reverses is not None:
            same += [self.reverses, self.reverses_entry] if self.reverses_entry else [self.reverses]
        return hashlib.sha256(json.dumps(same).encode()).hexdigest()

    def demand_sense(self) -> None:
        """Refuse here what would fail in the database, and there spoil what others post with it.

        Raises UnbalancedLegs, ValueError, TypeError: our own mistakes all of them.
        """
        if not 0 < len(self.key) <= _KEY_LENGTH_MAX or not self.key.isprintable():
            raise ValueError(f"not an operation key: {self.key!r}")
        if self.at.tzinfo is None:
            raise TypeError("a naive datetime cannot be stored")
        amounts = [leg.amount.kopiykas for leg in self.legs]
        json.dumps([dict(leg.explanation) for leg in self.legs])
        if any(len(leg.category(self.kind)) > CATEGORY_MAX for leg in self.legs):
            raise ValueError(f"{self.key}: a category is a short word")
        if sum(amounts) or not all(0 < abs(amount) <= _KOPIYKAS_MAX for amount in amounts):
            raise UnbalancedLegs(f"{self.key}: the legs of an operation sum to zero and none of them is empty")


@dataclass(frozen=True, slots=True)
class Posted:
    """The operation that stands in the books for a posting.

    `is_new` is False when it had been posted before, at the time `at`, and nothing moved now.
    """

    id: int
    key: str
    at: datetime
    is_new: bool
    reverses_id: int | None = None
