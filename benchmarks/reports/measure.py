"""One measurement, in the process that `benchmarks.reports` starts for it; prints what it found as JSON.

The job itself runs here (`jobs.reports.make_report`), as it does in an app process with INLINE_JOBS. "Others" read the
dashboard of another person over and over, in the same process and event loop: the worst that can happen to them.
"""

import asyncio
import json
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from mykyivstar.db.database import Database
from mykyivstar.db.schema import upgrade
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.domain.overview import queries
from mykyivstar.domain.papers.seal import Seal
from mykyivstar.domain.reports.models import Report, ReportFormat, ReportState
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.jobs import report_process
from mykyivstar.jobs.registry import JobContext
from mykyivstar.jobs.report_process import Order
from mykyivstar.jobs.reports import make_report
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.papers.press import Press

OTHERS_S = 6.0
# Between two looks of somebody at their dashboard.
PAUSE_S = 0.02
KINDS = (UsageCategory.CALL_OFF_NET, UsageCategory.DATA, UsageCategory.SMS, UsageCategory.CALL_ON_NET)


@dataclass(frozen=True)
class Ports:
    """What the job needs of them."""

    press: Press
    reports_folder: Path


def _kib(what: str) -> int:
    """Of this process; libraries that are mapped from files are everybody's."""
    found = re.search(rf"{what}:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) if found else 0


def apart(order: Order, parent: Connection) -> None:
    """What a report's process does, with its figures instead of its files."""
    began, cpu = time.perf_counter(), time.process_time()
    asyncio.run(report_process.made_alone(order))
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu
    peak = (_kib("VmHWM") - _kib("RssFile")) / 1024
    parent.send({"seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mib": peak})


class Bench:
    """A line with so many records, somebody who orders them, and somebody else."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite+aiosqlite:///{folder}/bench.db"
        self.database: Database
        ports = Ports(Press(Seal(b"a secret of this installation"), "https://my.example.ua"), folder / "reports")
        self._ports, self._number = ports, 0

    async def open(self, records: int) -> None:
        await upgrade(self.url)
        self.database = Database(self.url)
        now = datetime.now(UTC)
        async with self.database.unit_of_work() as session:
            for number in (1, 2):
                session.add(Profile(login=f"somebody{number}", login_key=f"somebody{number}", created_at=now))
                session.add(Line(msisdn=Msisdn(f"38067100000{number}")))
            await session.flush()
            for number in (1, 2):
                session.add(Holding(profile_id=number, line_id=number, proved_at=now))
        step = timedelta(days=300) / records
        rows: list[Any] = [
            {
                "line_id": 1,
                "started_at": now - timedelta(days=1) - step * number,
                "ref": f"B{number:07}",
                "category": KINDS[number % len(KINDS)],
                "quantity": 61 + number,
                "other_party": f"38067{number % 10_000_000:07}",
                "cost": Money(number % 500),
                "rule": "base",
            }
            for number in range(records)
        ]
        for first in range(0, records, 5_000):
            async with self.database.unit_of_work() as session:
                await store(session, rows[first : first + 5_000])

    async def ordered(self, formats: str) -> int:
        """A report to be made."""
        self._number += 1
        now = datetime.now(UTC)
        report = Report(
            code=f"code{self._number}",
            key=f"key{self._number}",
            request_hash="",
            profile_id=1,
            line_id=1,
            first_day=(now - timedelta(days=400)).date(),
            last_day=now.date(),
            formats=formats,
            created_at=now,
            state_at=now,
        )
        async with self.database.unit_of_work() as session:
            session.add(report)
        return report.id or 0

    async def made(self, formats: str) -> float:
        """Seconds from the job's beginning to its end."""
        report_id, now = await self.ordered(formats), datetime.now(UTC)
        context = JobContext(self.database, self._ports, SystemClock())  # type: ignore[arg-type]
        began = time.perf_counter()
        await make_report(context, {"report_id": report_id}, now)
        taken = time.perf_counter() - began
        async with self.database.reading() as session:
            done = await session.get_one(Report, report_id)
            assert done.state is ReportState.READY, done.state
        return taken

    async def made_apart(self, formats: str) -> dict[str, float]:
        """What its process takes."""
        report_id = await self.ordered(formats)
        names = {ReportFormat(formats): f"{report_id}.{formats}"}
        order = Order(self.database.url, self._ports.press, self._ports.reports_folder, report_id, names)
        ours, its = report_process.FORKING.Pipe(duplex=False)
        process = report_process.FORKING.Process(target=apart, args=(order, its))
        process.start()
        found: dict[str, float] = await asyncio.to_thread(ours.recv)
        process.join()
        return found

    async def others(self, until: float) -> list[float]:
        """How long each of another person's looks at their dashboard took, in seconds."""
        actor, taken = Actor(profile_id=2, session_id=1), []
        while time.perf_counter() < until:
            began = time.perf_counter()
            async with self.database.reading() as session:
                await queries.overview(session, actor, datetime.now(UTC))
            taken.append(time.perf_counter() - began)
            await asyncio.sleep(PAUSE_S)
        return taken


async def main(what: str, records: int, formats: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="mykyivstar-bench-") as folder:
        bench = Bench(Path(folder))
        await bench.open(records)
        await bench.others(time.perf_counter() + 0.5)
        if what == "alone":
            # The first one starts the process from which the others are forked.
            asked = [await bench.made(formats) for _ in range(4)]
            runs = [await bench.made_apart(formats) for _ in range(3)]
            await bench.database.dispose()
            return {"runs": runs, "first": asked[0], "asked": asked[1:]}
        await bench.made(formats)
        quiet = await bench.others(time.perf_counter() + OTHERS_S)
        ending = time.perf_counter() + OTHERS_S

        async def busy() -> int:
            number = 0
            while time.perf_counter() < ending:
                await bench.made(formats)
                number += 1
            return number

        loud, number = await asyncio.gather(bench.others(ending), busy())
        await bench.database.dispose()
        return {"quiet": quiet, "loud": loud, "reports": number}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))))
