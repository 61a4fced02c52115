"""How fast details become files, what memory that takes, and what others feel of it meanwhile.

    python -m benchmarks.reports [--pdf 2000] [--xlsx 20000]

The targets are held against what a customer waits by the clock, the start of the process that makes the file included.
Where other work keeps the processors busy the clock says little; the processor seconds stand beside it.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.verdicts import Verdict, judge

PDF_SECONDS, XLSX_SECONDS, MEMORY_MIB, OTHERS_RATIO = 2.0, 3.0, 300.0, 3.0
# A look at a dashboard takes less than a millisecond: what nobody can notice is no harm.
UNNOTICED_MS = 5.0


def measured(what: str, records: int, formats: str) -> dict[str, Any]:
    """What a process of its own found out."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.reports.measure", what, str(records), formats]
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ENVIRONMENT"}}
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def p99(seconds: Sequence[float]) -> float:
    """In milliseconds."""
    return sorted(seconds)[int(len(seconds) * 0.99)] * 1000


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.reports")
    asked.add_argument("--pdf", type=int, default=2_000)
    asked.add_argument("--xlsx", type=int, default=20_000)
    given = asked.parse_args()
    verdicts = []
    for formats, records, target in (("pdf", given.pdf, PDF_SECONDS), ("xlsx", given.xlsx, XLSX_SECONDS)):
        alone = measured("alone", records, formats)
        runs = [(run["seconds"], run["cpu_seconds"], run["peak_mib"]) for run in alone["runs"]]
        wall, cpu, peak = (min(column) for column in zip(*runs, strict=True))
        print(
            f"{records:,} records as {formats.upper()}: {wall:.2f} s, {cpu:.2f} s of CPU, {peak:.0f} MiB in its process"
        )
        asked_for = min(alone["asked"])
        print(f"  as people get it, with the process started: {asked_for:.2f} s")
        others = measured("others", records, formats)
        quiet, loud = p99(others["quiet"]), p99(others["loud"])
        print(f"  others' dashboards meanwhile: p99 {quiet:.1f} ms before, {loud:.1f} ms ({others['reports']} reports)")
        verdicts += [
            Verdict(f"{formats.upper()} of {records:,}", asked_for, " s", at_most=target),
            Verdict(f"memory of its process, {formats.upper()}", peak, " MiB", at_most=MEMORY_MIB),
            Verdict(
                f"others' p99 meanwhile, {formats.upper()}", loud / max(quiet, UNNOTICED_MS), "x", at_most=OTHERS_RATIO
            ),
        ]
    return judge(verdicts)


if __name__ == "__main__":
    sys.exit(main())
