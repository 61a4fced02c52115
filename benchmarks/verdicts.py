"""What was measured against what was wanted."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure with its target: exactly one of `at_least` and `at_most`."""

    what: str
    figure: float
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None

    @property
    def is_met(self) -> bool:
        if self.at_least is not None:
            return self.figure >= self.at_least
        assert self.at_most is not None
        return self.figure <= self.at_most

    @property
    def target(self) -> str:
        if self.at_least is not None:
            return f"at least {self.at_least:g}{self.unit}"
        return f"at most {self.at_most:g}{self.unit}"


def judge(verdicts: Iterable[Verdict]) -> int:
    """Print them one a line; the exit status: 1 when any target is missed."""
    all_of_them = list(verdicts)
    width = max(len(verdict.what) for verdict in all_of_them)
    for verdict in all_of_them:
        word = "ok    " if verdict.is_met else "MISSED"
        print(f"  {word} {verdict.what:<{width}}  {verdict.figure:>8.2f}{verdict.unit}   ({verdict.target})")
    return int(not all(verdict.is_met for verdict in all_of_them))
