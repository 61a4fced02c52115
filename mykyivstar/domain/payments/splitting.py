"""Splitting one top-up over several numbers (B3): whole kopiykas, sums exact. Pure arithmetic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.payments.opening import Share
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Split:
    """Who gets how much, in the order of the form; whoever would get nothing is not there."""

    shares: Sequence[Share]
    # What does not divide evenly: that many of the first shares are one kopiyka larger.
    rest: Money = Money.ZERO
    # Those left out because nobody knows how much they have.
    unknown: Sequence[HoldingKey] = ()

    @property
    def total(self) -> Money:
        """What is to be paid for all of them together."""
        return sum((share.amount for share in self.shares), Money.ZERO)

    def of(self, key: HoldingKey) -> Money:
        """What this one gets, nought when it gets nothing."""
        return sum((share.amount for share in self.shares if share.key == key), Money.ZERO)


def equally(total: Money, keys: Sequence[HoldingKey]) -> Split:
    """The same for everybody: shares differ by at most one kopiyka and their sum is exactly `total`."""
    if not keys:
        return Split(())
    parts = zip(keys, total.split(len(keys)), strict=True)
    return Split(_real(parts), rest=Money(total.kopiykas % len(keys)))


def by_hand(amounts: Mapping[HoldingKey, Money]) -> Split:
    """As somebody typed it."""
    return Split(_real(amounts.items()))


def bring_to(level: Money, balances: Mapping[HoldingKey, Money | None]) -> Split:
    """What lifts every balance to `level`; whoever has as much already gets nothing, and nothing is ever taken."""
    missing = {key: level - balance for key, balance in balances.items() if balance is not None}
    return Split(_real(missing.items()), unknown=[key for key, balance in balances.items() if balance is None])


def _real(parts: Iterable[tuple[HoldingKey, Money]]) -> Sequence[Share]:
    return [Share(key, amount) for key, amount in parts if amount > Money.ZERO]
