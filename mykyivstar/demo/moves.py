"""Money and bonuses on the move, before the books have ids for anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.service import SystemAccount
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.money import Money


class Pot(NamedTuple):
    """A line's or internet account's pot, by its number."""

    holder: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Move:
    """One operation to post: what it does to the pots, and which system account stands against them."""

    key: str
    kind: OperationKind
    at: datetime
    amounts: Sequence[tuple[Pot, Money]]
    # None: the amounts sum to zero by themselves.
    against: SystemAccount | None
    why: Mapping[str, Any] = field(default_factory=dict)

    def of(self, pot: Pot) -> Money:
        """What it does to this pot."""
        return Money(sum(amount.kopiykas for holder, amount in self.amounts if holder == pot))


class Record(NamedTuple):
    """A usage record, before its line has an id."""

    number: str
    at: datetime
    ref: str
    category: UsageCategory
    quantity: int
    party: str
    cost: Money
    rule: str


def charge(pot: Pot, amount: Money, *, key: str, kind: OperationKind, at: datetime, why: Mapping[str, Any]) -> Move:
    """A fee taken from a pot of money; its taxes are explained."""
    is_mobile = pot.holder.startswith("380")
    explanation = {**why, **taxes(amount, is_mobile=is_mobile)}
    return Move(key, kind, at, [(pot, -amount)], SystemAccount.FEES, explanation)


def top_up(pot: Pot, amount: Money, *, at: datetime, channel: str) -> Move:
    """Money paid in from outside; `channel` is "card", "terminal", "bank_app" or "invoice"."""
    key = f"demo:{pot.holder}:top-up:{at:%Y%m%d%H%M%S}"
    return Move(key, OperationKind.TOP_UP, at, [(pot, amount)], SystemAccount.TOP_UPS, {"rule": f"top_up/{channel}"})


def opening(pot: Pot, amount: Money, *, at: datetime) -> Move:
    """What was there before our history begins."""
    key = f"demo:{pot.holder}:opening"
    why = {"rule": "opening_balance"}
    return Move(key, OperationKind.OPENING_BALANCE, at, [(pot, amount)], SystemAccount.OPENING, why)
