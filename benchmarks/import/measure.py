"""One measurement, in the process that `benchmarks.import` starts for it; prints what it found as JSON."""

import asyncio
import csv
import json
import re
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from mykyivstar.cli import main as mykyivstar
from mykyivstar.db import schema
from mykyivstar.domain.usage.ingest import BATCH
from mykyivstar.settings import settings

FIRST_NUMBER = 380_676_000_000
HEADER = ("msisdn", "started_at", "ref", "category", "quantity", "other_party", "cost", "rule")
COLUMNS = ("line_id", "started_at", "ref", "category", "quantity", "other_party", "cost", "rule")
MARKS = ", ".join("?" * len(COLUMNS))
# Category, how often, the largest quantity, the largest cost in kopiykas.
MIX = (
    ("data", 40, 300_000_000, 0),
    ("call_on_net", 18, 900, 0),
    ("call_off_net", 14, 600, 900),
    ("call_in", 14, 600, 0),
    ("sms", 9, 1, 100),
    ("call_abroad", 1, 300, 4_500),
    ("roaming_data", 2, 50_000_000, 9_000),
    ("service", 1, 1, 6_000),
    ("paid_content", 1, 1, 5_000),
)


def records(count: int, lines: int) -> Iterator[tuple[str, ...]]:
    """Rows as an operator's mediation writes them: thirty days, nearly in the order of time, lines at random."""
    rng = Random(1)
    start, step = datetime(2026, 10, 2, tzinfo=UTC), timedelta(days=30) / count
    weights = [kind[1] for kind in MIX]
    for number in range(count):
        category, _, most, dearest = rng.choices(MIX, weights)[0]
        # Sessions are written when they end, so two in five are out of order by up to a quarter of an hour.
        late = timedelta(seconds=rng.randrange(900)) if rng.random() < 0.4 else timedelta()
        began = (start + step * number - late).replace(microsecond=0)
        cost = rng.randrange(dearest) if dearest and rng.random() < 0.3 else 0
        yield (
            str(FIRST_NUMBER + rng.randrange(lines)),
            began.isoformat(),
            f"B{number:09d}",
            category,
            str(rng.randrange(1, most + 1)),
            "" if category.endswith("data") else str(FIRST_NUMBER + rng.randrange(10**6)),
            f"{cost // 100}.{cost % 100:02d}",
            "package" if cost == 0 else "base",
        )


def written(path: Path, count: int, lines: int) -> Path:
    """A CSV file of them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(records(count, lines))
    return path


def database(lines: int) -> sqlite3.Connection:
    """A migrated database with the lines in it, set as the application sets it."""
    settings().data_dir.mkdir(parents=True, exist_ok=True)
    asyncio.run(schema.upgrade(settings().database))
    connection = sqlite3.connect(settings().data_dir / "mykyivstar.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-20000", "mmap_size=134217728"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO line (msisdn, brand, payment, state) VALUES (?, 'kyivstar', 'prepaid', 'active')",
        [(str(FIRST_NUMBER + number),) for number in range(lines)],
    )
    connection.execute("COMMIT")
    return connection


def imported(path: Path) -> None:
    """The command itself, in this process."""
    mykyivstar.main(["import", str(path)], standalone_mode=False)


def plain(connection: sqlite3.Connection, path: Path) -> float:
    """Seconds of executemany and COMMIT alone."""
    taken = 0.0
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        while rows := [_ready(row) for row in islice(reader, BATCH)]:
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f"INSERT INTO usage_record ({', '.join(COLUMNS)}) VALUES ({MARKS})", rows)
            connection.execute("COMMIT")
            taken += time.perf_counter() - began
    return taken


def _ready(row: dict[str, str]) -> tuple[Any, ...]:
    """As the table keeps it."""
    started = datetime.fromisoformat(row["started_at"]).strftime("%Y-%m-%d %H:%M:%S.%f")
    line, cost = int(row["msisdn"]) - FIRST_NUMBER + 1, int(row["cost"].replace(".", ""))
    return line, started, row["ref"], row["category"], int(row["quantity"]), row["other_party"], cost, row["rule"]


class Memory(threading.Thread):
    """Looks ten times a second how much memory is the process's own; the mapped database file is not."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_mib = 0.0

    def run(self) -> None:
        while True:
            own = re.search(r"RssAnon:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
            self.peak_mib = max(self.peak_mib, int(own[1]) / 1024 if own else 0)
            time.sleep(0.1)


def main() -> None:
    what, count, lines = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    connection = database(lines)
    path = written(settings().data_dir / "usage.csv", count, lines)
    if what == "again":
        imported(path)
    memory = Memory()
    memory.start()
    began, cpu = time.perf_counter(), time.process_time()
    if what == "plain":
        seconds = plain(connection, path)
    else:
        imported(path)
        seconds = time.perf_counter() - began
    cpu = time.process_time() - cpu
    (stored,) = connection.execute("SELECT count(*) FROM usage_record").fetchone()
    (summed,) = connection.execute("SELECT coalesce(sum(records), 0) FROM usage_month").fetchone()
    assert stored == count
    assert summed == (0 if what == "plain" else count)
    print(json.dumps({"records": count, "seconds": seconds, "cpu_seconds": cpu, "peak_mib": memory.peak_mib}))


if __name__ == "__main__":
    main()
