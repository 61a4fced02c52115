"""How fast usage is stored, paged through and summed on each kind of database.

    python -m benchmarks.usage [--records 10000000] [--lines 10000] [--queries 1000] [--databases sqlite postgresql]

Records of a year, stored by the same function and in the same batches as imports, already parsed, with the monthly sums
in the same transaction. Questions are asked as the application asks them, each in a session of its own, with rows as
objects; caches are warm. The heavy line has 20,000 records, the others share the rest.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.postgres import our_postgres
from benchmarks.usage.data import HEAVY_RECORDS
from benchmarks.verdicts import Verdict, judge

DATABASES = ("sqlite", "postgresql")
THOUSAND_ROWS = 20
PAGE_MS = 5
FAR_PAGE = 1.5
SUMS_MS = 10


@contextmanager
def address(kind: str) -> Iterator[str]:
    """Of a new and empty database, which is removed at the end."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="mykyivstar-bench-") as folder:
            yield f"sqlite+aiosqlite:///{Path(folder) / 'usage.db'}"
        return
    with our_postgres() as server:
        yield server.url("postgres")


def measured(kind: str, records: int, lines: int, queries: int) -> dict[str, Any]:
    """What a process of its own found out."""
    # An address from outside would lead the measurement into somebody's database.
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ENVIRONMENT"}}
    with address(kind) as url:
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.usage.measure", url]
        command += map(str, (records, lines, queries))
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


CLOCK, CPU = 0, 1


def p50(times: Sequence[Sequence[float]]) -> float:
    """Half take longer by the clock."""
    return statistics.median(each[CLOCK] for each in times)


def p99(times: Sequence[Sequence[float]], what: int = CLOCK) -> float:
    """What ninety-nine in a hundred do not exceed."""
    return sorted(each[what] for each in times)[int(len(times) * 0.99)]


def told(kind: str, found: dict[str, Any]) -> list[Verdict]:
    """Print it; what is to be judged."""
    stored, pages, sums, gone = found["stored"], found["pages"], found["sums"], found["thrown_away"]
    middle = {name: p50(times) for name, times in (pages | {"sums": sums["heavy"]}).items()}
    print(f"{kind}")
    print(
        f"  stored {stored['rows_per_second']:,.0f} rows/s, {stored['cpu_us']:.0f} us of our processor each;"
        f" the first tenth {stored['first_tenth']:,.0f}, the last {stored['last_tenth']:,.0f} rows/s;"
        f" the same again {stored['repeated_per_second']:,.0f}"
    )
    for name, times in (
        ("SELECT 1", pages["nothing"]),
        ("a page, any line", pages["any"]),
        ("a page, heavy line", pages["heavy"]),
        ("page 1 of a year", pages["first"]),
        ("page 100 of a year", pages["far"]),
        ("page 100 by OFFSET", pages["offset"]),
        ("12 months, any line", sums["any"]),
        ("12 months, heavy line", sums["heavy"]),
        ("the same from records", sums["added_up"]),
    ):
        print(f"  {name:<21} {p50(times):>8.2f} ms, p99 {p99(times):.2f} ms, of our CPU {p99(times, CPU):.2f} ms")
    print(f"  page 100 by OFFSET takes {middle['offset'] / middle['far']:.1f} times as long as by its place,")
    ratio = p50(sums["added_up"]) / middle["sums"]
    print(f"  adding up a year of records {ratio:.1f} times as long as reading its sums")
    what = f"{gone['partitions']} partition" if gone["partitions"] else f"{gone['records']:,} records"
    print(f"  the oldest month was thrown away in {gone['seconds']:.2f} s ({what})")
    return [
        Verdict(f"{kind}: thousand rows stored a second", stored["rows_per_second"] / 1000, at_least=THOUSAND_ROWS),
        Verdict(
            f"{kind}: page of a month at any depth, p99", p99(pages["any"] + pages["heavy"]), " ms", at_most=PAGE_MS
        ),
        Verdict(f"{kind}: page 100 to page 1", middle["far"] / middle["first"], "x", at_most=FAR_PAGE),
        Verdict(f"{kind}: 12 months by category, p99", p99(sums["heavy"]), " ms", at_most=SUMS_MS),
    ]


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.usage")
    asked.add_argument("--records", type=int, default=10_000_000)
    asked.add_argument("--lines", type=int, default=10_000)
    asked.add_argument("--queries", type=int, default=1_000)
    asked.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    given = asked.parse_args()
    print(f"{given.records:,} usage records of {given.lines:,} lines, {HEAVY_RECORDS:,} of them of one more line")
    verdicts: list[Verdict] = []
    for kind in given.databases:
        verdicts += told(kind, measured(kind, given.records, given.lines, given.queries))
    return judge(verdicts)


if __name__ == "__main__":
    sys.exit(main())
