"""The dashboard's events beside those of a bare app of the same framework, both servers running side by side.

    python -m benchmarks.events [--rounds 3] [--seconds 5]

Every round measures the one and then the other, so that both see the same machine; what counts is the median of the
rounds' ratios. The front end must be built (`make build`); no limit on events is in force on either side.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.events.load import Figures, loading, measured, memory_of_each
from benchmarks.events.plan import Plan, Visitor
from benchmarks.events.sides import AT_ONCE, both, counts, refreshes, switches
from benchmarks.people import Person
from benchmarks.site import Running
from benchmarks.verdicts import Verdict, judge

SESSIONS = (1, 10, 50)
# Loading takes too short to be told from fifty pages. What was read of a person is believed for two seconds
# (`state/overviews.py`): they come again when it no longer is.
PAGES, COME_AGAIN_AFTER_S = 300, 2.5
# Memory is judged by how much comes with the pages from the first of these to the second.
FEW, MANY = 50, 300


@dataclass(frozen=True, slots=True)
class Compared:
    """Rounds of the same work on both sides."""

    ours: Sequence[Figures]
    bare: Sequence[Figures]

    def ratio(self, figure: str) -> float:
        """Ours to bare, the median of the rounds."""
        pairs = zip(self.ours, self.bare, strict=True)
        ratio: float = median(getattr(one, figure) / getattr(other, figure) for one, other in pairs)
        return ratio

    def show(self, label: str) -> None:
        for side, rounds in (("ours", self.ours), ("bare", self.bare)):
            found = {name: median(getattr(each, name) for each in rounds) for name in Figures.__slots__}
            print(
                f"  {label:<22} {side}  {found['events_per_s']:>6.0f} events/s   p50 {found['p50']:>7.1f} ms   "
                f"p99 {found['p99']:>7.1f} ms   cpu {found['cpu']:.3f} ms/event   load {found['connecting']:>6.1f} ms",
                flush=True,
            )
        ratios = ", ".join(
            f"{words} {self.ratio(name):.2f}x"
            for name, words in (
                ("events_per_s", "events/s"),
                ("p99", "p99"),
                ("cpu", "cpu"),
                ("connecting", "load"),
            )
        )
        print(f"  {'':<22} ratio {ratios}", flush=True)


def main() -> int:
    """Measure, print, judge."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.events")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--seconds", type=float, default=5.0)
    given = asked.parse_args()
    verdicts: list[Verdict] = []
    with both(MANY) as (ours, bare, people):
        for name, visit, at_once in (("refresh", refreshes, AT_ONCE), ("switch of lines", switches, 1)):
            for sessions in SESSIONS:
                visitors = [visit(person) for person in people[:sessions]]
                compared = _compare(ours, bare, visitors, [counts(at_once)] * sessions, given)
                compared.show(f"{name}, {sessions} sessions")
            verdicts += _verdicts(name, compared)
        verdicts += [_loading(ours, bare, people, given.rounds), _memory(ours, bare, people)]
    print()
    return judge(verdicts)


def _compare(
    ours: Running, bare: Running, on_ours: Sequence[Visitor], on_bare: Sequence[Visitor], given: argparse.Namespace
) -> Compared:
    found: dict[Running, list[Figures]] = {ours: [], bare: []}
    plans = [(ours, _plan(ours, on_ours, given.seconds)), (bare, _plan(bare, on_bare, given.seconds))]
    for _ in range(given.rounds):
        for server, plan in plans:
            found[server].append(measured(server, plan))
        # Whoever came first comes second: what disturbs a round does not always hit the same one.
        plans.reverse()
    return Compared(found[ours], found[bare])


def _plan(server: Running, visitors: Sequence[Visitor], seconds: float = 0.0) -> Plan:
    return Plan(server.address, visitors, seconds, holds=server.holds)


def _verdicts(name: str, compared: Compared) -> list[Verdict]:
    """The last of the comparisons: with the most sessions."""
    return [
        Verdict(f"{name}: events/s to the bare app's", compared.ratio("events_per_s"), "x", at_least=0.5),
        Verdict(f"{name}: p99 to the bare app's", compared.ratio("p99"), "x", at_most=2),
    ]


def _loading(ours: Running, bare: Running, people: Sequence[Person], rounds: int) -> Verdict:
    sides = [
        (ours, _plan(ours, [refreshes(person) for person in people[:PAGES]])),
        (bare, _plan(bare, [counts(1)] * PAGES)),
    ]
    found: dict[Running, list[float]] = {ours: [], bare: []}
    for _ in range(rounds):
        for server, plan in sides:
            time.sleep(COME_AGAIN_AFTER_S)
            found[server].append(loading(plan))
        sides.reverse()
    ratios = [one / other for one, other in zip(found[ours], found[bare], strict=True)]
    print(
        f"  {f'loading, {PAGES} pages':<22} ours {median(found[ours]):.1f} ms   bare {median(found[bare]):.1f} ms   "
        f"ratios {', '.join(f'{each:.2f}x' for each in sorted(ratios))}"
    )
    return Verdict("connecting and loading to the bare app's", median(ratios), "x", at_most=2)


def _memory(ours: Running, bare: Running, people: Sequence[Person]) -> Verdict:
    of_ours = [switches(person) for person in people]
    of_bare = [counts(1)] * MANY
    each, least = (
        memory_of_each(server, _plan(server, visitors[:FEW]), _plan(server, visitors[FEW:]))
        for server, visitors in ((ours, of_ours), (bare, of_bare))
    )
    print(
        f"  memory, {FEW} to {MANY} sessions   ours {each:.0f} KiB   bare {least:.0f} KiB   ratio {each / least:.2f}x"
    )
    return Verdict("memory of one session", each, " KiB", at_most=250)


if __name__ == "__main__":
    sys.exit(main())
