"""How fast transfers are posted, beside pgbench's TPC-B and plain sqlite3, in alternation on the same machine.

    python -m benchmarks.ledger [--seconds 5] [--rounds 2] [--scale 50] [--accounts 10000]

"Till" is `Till.post`, which commits for all who post at the same moment; "transaction" is a unit of work of its own for
each transfer, as one with other rows to write needs it. Both are clients in one process, as people are in a server.
TPC-B moves money too: three updates, a select and an insert. It runs in pgbench, a program in C with a connection for
each client. Everything is durable when it is answered: fsync, synchronous_commit and synchronous=FULL are on.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.ledger.books import opened
from benchmarks.postgres import Server, our_postgres
from benchmarks.verdicts import Verdict, judge

CLIENTS = (1, 8, 32)


class Figures:
    """What was measured, round after round, by what and number of clients."""

    def __init__(self) -> None:
        self._found: defaultdict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)

    def add(self, what: str, clients: int, found: dict[str, Any]) -> None:
        """Keep one."""
        self._found[what, clients].append(found)

    def rate(self, what: str, clients: int) -> float:
        """Transfers a second, the mean of all rounds."""
        rates = [found["rate"] for found in self._found[what, clients]]
        return sum(rates) / len(rates)

    def p99_ms(self, what: str, clients: int) -> float:
        """The worst round's."""
        return max(found["p99_ms"] for found in self._found[what, clients])

    def show(self, what: str, limit: str, limit_clients: Sequence[int] = CLIENTS) -> None:
        """A line for each number of clients: ours and how it compares with the limit."""
        for clients, beside in zip(CLIENTS, limit_clients, strict=True):
            rate, most = self.rate(what, clients), self.rate(limit, beside)
            print(
                f"  {what:<12} {clients:>2} clients  {rate:>6,.0f}/s  p99 {self.p99_ms(what, clients):>5.1f} ms"
                f"   {rate / most:.2f} of {limit}'s {most:,.0f}"
            )


def measured(way: str, where: str, accounts: Sequence[int], clients: int, seconds: float) -> dict[str, Any]:
    """What a process of its own found out."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "benchmarks.ledger.measure",
        way,
        where,
        str(clients),
        str(seconds),
    ]
    done = subprocess.run(command, input=json.dumps(accounts), text=True, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def tpc_b(server: Server, clients: int, seconds: float) -> dict[str, Any]:
    """What pgbench finds with its own transaction."""
    told = server.run("pgbench", "-c", str(clients), "-j", str(min(clients, 2)), "-T", str(int(seconds)), "tpcb")
    rate = re.search(r"tps = ([\d.]+)", told)
    assert rate, told
    return {"rate": float(rate[1])}


def on_postgres(given: argparse.Namespace) -> list[Verdict]:
    figures = Figures()
    with our_postgres() as server:
        server.run("createdb", "tpcb")
        server.run("pgbench", "-i", "-q", "-s", str(given.scale), "tpcb")
        server.run("createdb", "books")
        url = server.url("books")
        accounts = opened(url, given.accounts)
        server.run("vacuumdb", "--analyze", "--all")
        for _ in range(given.rounds):
            for clients in CLIENTS:
                figures.add("pgbench", clients, tpc_b(server, clients, given.seconds))
                for way in ("till", "transaction"):
                    figures.add(way, clients, measured(way, url, accounts, clients, given.seconds))
                figures.add("pgbench", clients, tpc_b(server, clients, given.seconds))
    print(f"PostgreSQL, {given.accounts:,} accounts beside TPC-B at scale {given.scale}")
    figures.show("till", "pgbench")
    figures.show("transaction", "pgbench")
    ratio = figures.rate("till", 8) / figures.rate("pgbench", 8)
    return [Verdict("PostgreSQL: transfers to TPC-B, 8 clients", ratio, "x", at_least=0.3)]


def on_sqlite(given: argparse.Namespace) -> list[Verdict]:
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="mykyivstar-bench-") as folder:
        path = Path(folder) / "books.db"
        url = f"sqlite+aiosqlite:///{path}"
        accounts = opened(url, given.accounts)
        for _ in range(given.rounds):
            figures.add("plain", 1, measured("plain", str(path), accounts, 1, given.seconds))
            for clients in CLIENTS:
                for way in ("till", "transaction"):
                    figures.add(way, clients, measured(way, url, accounts, clients, given.seconds))
            figures.add("plain", 1, measured("plain", str(path), accounts, 1, given.seconds))
    print(f"SQLite, {given.accounts:,} accounts beside one thread of plain sqlite3")
    figures.show("till", "plain", (1, 1, 1))
    figures.show("transaction", "plain", (1, 1, 1))
    ratios = [
        Verdict(f"SQLite: transfers to plain sqlite3, {clients} clients", ratio, "x", at_least=0.5)
        for clients in CLIENTS
        if (ratio := figures.rate("till", clients) / figures.rate("plain", 1))
    ]
    return [*ratios, Verdict("SQLite: p99, 32 clients", figures.p99_ms("till", 32), " ms", at_most=100)]


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.ledger")
    asked.add_argument("--seconds", type=float, default=5, help="of each measurement")
    asked.add_argument("--rounds", type=int, default=2)
    asked.add_argument("--scale", type=int, default=50, help="of pgbench")
    asked.add_argument("--accounts", type=int, default=10_000)
    given = asked.parse_args()
    return judge([*on_postgres(given), *on_sqlite(given)])


if __name__ == "__main__":
    sys.exit(main())
