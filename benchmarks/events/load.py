"""Runs the load client and looks at the server while it works."""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from benchmarks.events.plan import Outcome, Plan
from benchmarks.processes import cpu_seconds, memory_kib
from benchmarks.site import PROJECT, Running

# Until what loading a page has left behind is settled.
_SETTLE_S = 3.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What one round showed; times in milliseconds."""

    events_per_s: float
    p50: float
    p99: float
    # Processor time of the server for one event.
    cpu: float
    # Opening the socket and loading the page, the median browser of the few of this round.
    connecting: float


def measured(server: Running, plan: Plan) -> Figures:
    """One round of one side."""
    with _Client(plan) as client:
        client.go_on()
        client.wait_for("begin")
        before = cpu_seconds(server.pid)
        client.wait_for("end")
        used = cpu_seconds(server.pid) - before
        done = client.outcome()
    return Figures(
        events_per_s=done.events / done.seconds,
        p50=_percentile(done.turns, 0.50) * 1000,
        p99=_percentile(done.turns, 0.99) * 1000,
        cpu=used * 1000 / done.events,
        connecting=_percentile(done.connecting, 0.50) * 1000,
    )


def loading(plan: Plan) -> float:
    """Milliseconds from opening the socket to the loaded page, the median of all who come and do nothing else."""
    with _Client(plan) as client:
        client.go_on()
        return _percentile(client.outcome().connecting, 0.50) * 1000


def memory_of_each(server: Running, few: Plan, more: Plan) -> float:
    """KiB that the server grows by for each page that is opened beyond the first few."""
    with _Client(few):
        time.sleep(_SETTLE_S)
        before = memory_kib(server.pid)
        with _Client(more):
            time.sleep(_SETTLE_S)
            return (memory_kib(server.pid) - before) / len(more.visitors)


class _Client:
    """The client's process; inside the block everybody has loaded their page."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory()
        plan, self._outcome = Path(self._folder.name) / "plan", Path(self._folder.name) / "outcome"
        plan.write_text(self._plan.to_json(), encoding="utf-8")
        command = [sys.executable, "-m", "benchmarks.events.client", str(plan), str(self._outcome)]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.wait_for("loaded")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()

    def go_on(self) -> None:
        """Let everybody do what they came for."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def wait_for(self, word: str) -> None:
        """Until the client says so."""
        assert self._process.stdout
        said = self._process.stdout.readline().strip()
        if said != word:
            raise SystemExit(f"The load client failed: its errors stand above. (wanted {word!r}, it said {said!r})")

    def outcome(self) -> Outcome:
        """What came of it, when the client is done."""
        self._process.wait(60)
        return Outcome.from_json(self._outcome.read_text(encoding="utf-8"))


def _percentile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
