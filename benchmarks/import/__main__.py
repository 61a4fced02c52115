"""How fast usage records import, how much memory that takes, and how it compares with plain SQLite.

    python -m benchmarks.import [--records 1000000] [--lines 10000]

Each measurement is a process of its own, so that one's memory is not another's. The plain side stores the same rows,
already parsed and checked, in the same table with the same durability and batches, and keeps no monthly sums.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from benchmarks.verdicts import Verdict, judge

ROWS_PER_SECOND = 20_000
# From a tenth of the records to all of them: caches of pages and of repeating cells fill up, and nothing else grows.
MORE_MEMORY_MIB = 96


def measured(what: str, records: int, lines: int) -> dict[str, Any]:
    """What a process of its own found out."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.import.measure", what, str(records), str(lines)]
    # An address from outside would lead the measurement into somebody's database.
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ENVIRONMENT"}}
    with tempfile.TemporaryDirectory(prefix="mykyivstar-bench-") as folder:
        environment["DATA_DIR"] = folder
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.import")
    asked.add_argument("--records", type=int, default=1_000_000)
    asked.add_argument("--lines", type=int, default=10_000)
    given = asked.parse_args()
    few, many, lines = given.records // 10, given.records, given.lines
    small = measured("import", few, lines)
    before = measured("plain", many, lines)
    first = measured("import", many, lines)
    again = measured("again", many, lines)
    after = measured("plain", many, lines)
    rate, repeated = many / first["seconds"], many / again["seconds"]
    plain = (many / before["seconds"] + many / after["seconds"]) / 2
    print(f"{many:,} usage records of {lines:,} lines into SQLite by `mykyivstar import`")
    print(f"  first time         {rate:>9,.0f} rows/s, {first['cpu_seconds'] / many * 1e6:.0f} us of CPU a row")
    print(f"  the same again     {repeated:>9,.0f} rows/s")
    print(f"  plain executemany  {plain:>9,.0f} rows/s: the import reaches {rate / plain:.2f} of it")
    print(
        f"  peak memory        {small['peak_mib']:.0f} MiB at {few:,} records, {first['peak_mib']:.0f} MiB at {many:,}"
    )
    more = first["peak_mib"] - small["peak_mib"]
    return judge(
        [
            Verdict("rows a second, in thousands", rate / 1000, at_least=ROWS_PER_SECOND / 1000),
            Verdict("more memory for ten times the records", more, " MiB", at_most=MORE_MEMORY_MIB),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
