"""Money: whole kopiykas of the hryvnia, never a float."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from mykyivstar.kit.errors import CustomerError

_SEPARATORS = str.maketrans({"\u00a0": None, "\u202f": None, " ": None, "₴": None, ",": "."})
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,2})?")


class NotAnAmount(CustomerError):
    """What was typed is not a positive amount in hryvnias with at most two decimals."""

    code = "money.not_an_amount"
    sentence = "Enter an amount in hryvnias, for example 150 or 150,50."
    field = "amount"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of whole kopiykas; may be negative (a debt, a charge)."""

    kopiykas: int

    ZERO: ClassVar["Money"]

    def __post_init__(self) -> None:
        assert type(self.kopiykas) is int, "money is whole kopiykas"

    @classmethod
    def uah(cls, hryvnias: int, kopiykas: int = 0) -> Self:
        """`Money.uah(12, 50)` is 12.50 UAH; for constants and tests."""
        assert 0 <= kopiykas < 100
        return cls(hryvnias * 100 + kopiykas)

    @classmethod
    def parse(cls, text: str) -> Self:
        """A positive amount as people type it: "150", "150,5", "1 234,50 ₴". Raises NotAnAmount."""
        cleaned = text.strip().translate(_SEPARATORS)
        if not _AMOUNT.fullmatch(cleaned) or not cleaned.isascii():
            raise NotAnAmount
        hryvnias, _, decimals = cleaned.partition(".")
        amount = cls(int(hryvnias) * 100 + int(decimals.ljust(2, "0") or 0))
        if amount.kopiykas == 0:
            raise NotAnAmount
        return amount

    @classmethod
    def decimal(cls, text: str) -> Self:
        """A signed decimal of a file ("-12.5", "0.00"), at most two decimals. Raises ValueError."""
        cleaned = text.strip().replace(",", ".")
        if not re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]{1,2})?", cleaned):
            raise ValueError(f"not an amount: {text!r}")
        return cls(int(Fraction(cleaned) * 100))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.kopiykas + other.kopiykas)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.kopiykas - other.kopiykas)

    def __neg__(self) -> "Money":
        return Money(-self.kopiykas)

    def __bool__(self) -> bool:
        return self.kopiykas != 0

    def times(self, ratio: Fraction) -> "Money":
        """The product rounded half up (away from zero): the operator's rounding of tariffs and duties."""
        exact = Fraction(self.kopiykas) * ratio
        magnitude = int(abs(exact) + Fraction(1, 2))
        return Money(magnitude if exact >= 0 else -magnitude)

    def split(self, shares: int) -> Sequence["Money"]:
        """Equal parts whose sum is exactly this amount; the first ones carry the remaining kopiykas."""
        assert shares > 0
        assert self.kopiykas >= 0
        share, rest = divmod(self.kopiykas, shares)
        return [Money(share + (1 if index < rest else 0)) for index in range(shares)]


Money.ZERO = Money(0)
