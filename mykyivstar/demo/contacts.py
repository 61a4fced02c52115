"""Whom a line talks to.

No number here is meant to be anybody's: subscriber parts begin with 000, or the range is kept for films.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from mykyivstar.demo.chance import chance

ON_NET_PREFIXES = ("67", "68", "96", "97", "98", "77")
OFF_NET_PREFIXES = ("50", "66", "95", "99", "63", "73", "93", "91")
# Ranges that Ofcom and the North American plan keep for films.
ABROAD_STEMS = ("447700900", "1202555010")


@dataclass(frozen=True, slots=True)
class Contacts:
    """The people behind the other numbers, the closest first."""

    on_net: Sequence[str]
    off_net: Sequence[str]
    abroad: Sequence[str]

    @classmethod
    def of(cls, seed: int, number: str, near: Sequence[str]) -> "Contacts":
        """The same for the same seed and line; `near` are numbers of the same family or firm."""
        rng = chance(seed, "contacts", number)
        return cls(
            on_net=[*near, *(_number(rng, ON_NET_PREFIXES) for _ in range(12))],
            off_net=[_number(rng, OFF_NET_PREFIXES) for _ in range(12)],
            abroad=[f"{rng.choice(ABROAD_STEMS)}{rng.randint(10, 99)}"[:12] for _ in range(3)],
        )


def someone(rng: Random, people: Sequence[str]) -> str:
    """One of them, the first ones far more often."""
    return people[min(int(rng.expovariate(0.35)), len(people) - 1)]


def _number(rng: Random, prefixes: Sequence[str]) -> str:
    return f"380{rng.choice(prefixes)}000{rng.randint(1000, 9999)}"
