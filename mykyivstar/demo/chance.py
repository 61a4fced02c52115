"""Chance that repeats: the same seed and subject give the same numbers on every machine."""

import math
from random import Random


def chance(seed: int, *about: object) -> Random:
    """A source of its own for each subject, so that one more record here changes nothing there."""
    return Random(":".join(map(str, (seed, *about))))  # noqa: S311 - believable, not secret


def count(rng: Random, mean: float) -> int:
    """How many times something happens that happens `mean` times on average (Poisson)."""
    limit, product, times = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        times += 1
    return times


def around(rng: Random, typical: float, spread: float = 0.7) -> float:
    """A positive amount near `typical`, sometimes several times as much (log-normal)."""
    return typical * math.exp(rng.gauss(0.0, spread))
