"""One run of the bank: tellers and a reader work, and from time to time somebody is killed."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.bank.audit import Findings, audit
from benchmarks.bank.notebook import Notebook
from benchmarks.bank.teller import CLOSING
from benchmarks.ledger.books import opened
from benchmarks.postgres import Server
from mykyivstar.kit.money import Money

PROJECT = Path(__file__).parents[2]
EACH_HAS = Money.uah(200)
TELLERS = ("app", "app", "worker")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long it goes on: until there were so many kills and so many acknowledged transfers, or no time is left."""

    kills: int
    transfers: int
    accounts: int = 300
    tellers: Sequence[str] = TELLERS
    pause_s: tuple[float, float] = (0.3, 1.8)
    time_limit_s: float = 900
    seed: int = 1


@dataclass(slots=True)
class Outcome:
    """What happened in a run."""

    findings: Findings
    looks: int
    wrong_looks: int
    overdrawn_looks: int
    seconds: float
    kills: Counter[str] = field(default_factory=Counter)

    @property
    def is_right(self) -> bool:
        """Whether neither the reader nor the audit found anything."""
        return self.findings.is_right and not self.wrong_looks and not self.overdrawn_looks


class Bank:
    """The processes; each teller has a notebook that its successors go on with."""

    def __init__(self, url: str, folder: Path, plan: Plan, server: Server | None) -> None:
        self._url, self._folder, self._plan, self._server = url, folder, plan, server
        self._accounts = opened(url, plan.accounts, each_has=EACH_HAS)
        self._tellers: dict[int, subprocess.Popen[bytes]] = {}
        self._rng = Random(plan.seed)
        self.kills: Counter[str] = Counter()

    def run(self) -> Outcome:
        """From opening to audit."""
        began = time.monotonic()
        reader = self._start("reader", self._url, str(EACH_HAS.kopiykas * self._plan.accounts), stdout=subprocess.PIPE)
        try:
            for place in range(len(self._plan.tellers)):
                self._begin(place)
            while not self._is_enough() and time.monotonic() < began + self._plan.time_limit_s:
                time.sleep(self._rng.uniform(*self._plan.pause_s))
                if self.kills.total() < self._plan.kills:
                    self._kill_somebody()
            (self._folder / CLOSING).touch()
            for teller in self._tellers.values():
                teller.wait(120)
            reader.terminate()
            seen = json.loads(reader.communicate(timeout=60)[0])
        finally:
            for process in (reader, *self._tellers.values()):
                process.kill()
                process.wait()
        book = Notebook.read(*self._notebooks())
        findings = asyncio.run(audit(self._url, book, EACH_HAS.kopiykas))
        return Outcome(findings, seen["looks"], seen["wrong"], seen["overdrawn"], time.monotonic() - began, self.kills)

    def _is_enough(self) -> bool:
        if self.kills.total() < self._plan.kills:
            return False
        return sum(path.read_bytes().count(b"\nposted ") for path in self._notebooks()) >= self._plan.transfers

    def _notebooks(self) -> list[Path]:
        return sorted(self._folder.glob("teller*.txt"))

    def _begin(self, place: int) -> None:
        role, notebook = self._plan.tellers[place], self._folder / f"teller{place}.txt"
        first, last = str(self._accounts[0]), str(self._accounts[-1])
        self._tellers[place] = self._start("teller", role, self._url, str(notebook), first, last)

    def _start(self, what: str, *words: str, stdout: int | None = None) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-W", "ignore", "-m", f"benchmarks.bank.{what}", *words]
        return subprocess.Popen(command, cwd=PROJECT, stdout=stdout)

    def _kill_somebody(self) -> None:
        """One teller; or now and then PostgreSQL; or all of them in the same moment."""
        chance = self._rng.random()
        everybody = list(self._tellers)
        victims = everybody if chance < 0.1 else [self._rng.choice(everybody)]
        if self._server is not None and 0.1 <= chance < 0.35:
            victims = []
        with_the_server = self._server is not None and (not victims or chance < 0.05)
        for place in victims:
            self._tellers[place].send_signal(signal.SIGKILL)
            self.kills[self._plan.tellers[place]] += 1
        if with_the_server and self._server:
            self._server.kill()
            self.kills["postmaster"] += 1
            self._server.start()
        for place in victims:
            self._tellers[place].wait()
            self._begin(place)
