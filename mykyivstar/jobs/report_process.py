"""Files of a long report are made in a process of their own: the app's stays free, and memory comes back (E3).

Setting 2,000 rows as PDF or writing 20,000 as XLSX keeps an interpreter busy for a second or two, and typst keeps what
it has set in memory. So a long report is made by a process that is forked from a warm one and ends with the report.
A short one takes less than such a process does.
"""

import asyncio
import multiprocessing
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import URL
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.names import Names, names_of
from mykyivstar.domain.papers.account import whose
from mykyivstar.domain.reports import making
from mykyivstar.domain.reports.contents import count_records, pages
from mykyivstar.domain.reports.models import Report, ReportFormat, ReportKind
from mykyivstar.domain.reports.movements import balance_before, count_movements, money_account, movement_pages
from mykyivstar.papers.press import Press
from mykyivstar.papers.reports.account_making import MadePaper, Movements, make_paper
from mykyivstar.papers.reports.making import Found, Progress, make, remove

# Each may take 300 MB.
AT_ONCE = 2
# As many records as are made where people are served.
SHORT = 200
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["mykyivstar.jobs.report_process_warm"])
_places: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class ReportProcessDied(RuntimeError):
    """It ended without a word: killed, or out of memory. The job is tried again."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made, and with what; `names` are those of the files."""

    database: URL
    press: Press
    folder: Path
    report_id: int
    names: Mapping[ReportFormat, str]


async def made(database: Database, order: Order) -> MadePaper:
    """Make the files, here or apart. Raises OSError when the disk will not have them; ReportProcessDied."""
    async with database.reading() as session:
        report = await session.get_one(Report, order.report_id)
        is_long = await _records(session, report) > SHORT
    return await (made_apart(order) if is_long else _made(database, report, order))


async def made_apart(order: Order) -> MadePaper:
    """Have it made by a process of its own. Raises OSError when the disk will not have it; ReportProcessDied."""
    places = _places.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
    async with places:
        ours, its = FORKING.Pipe(duplex=False)
        process = FORKING.Process(target=_work, args=(order, its), daemon=True)
        try:
            await asyncio.to_thread(process.start)
            its.close()
            said = await asyncio.to_thread(_heard, ours, process)
        finally:
            # Also when the job was stopped meanwhile.
            process.kill()
            ours.close()
    if isinstance(said, MadePaper):
        return said
    remove(order.folder, order.names.values())
    if isinstance(said, OSError):
        raise said
    raise ReportProcessDied


def _heard(ours: Connection, process: BaseProcess) -> object:
    try:
        return ours.recv()
    except EOFError:
        return None
    finally:
        process.join(timeout=1)


def _work(order: Order, parent: Connection) -> None:
    """All that the process does."""
    said: MadePaper | OSError
    try:
        said = asyncio.run(made_alone(order))
    except OSError as error:
        # Some carry what cannot be sent.
        said = OSError(error.errno, str(error))
    try:
        parent.send(said)
    except OSError:
        # Nobody waits for it any more.
        remove(order.folder, order.names.values())


async def made_alone(order: Order) -> MadePaper:
    """All of it, with a database of its own."""
    database = Database(order.database.render_as_string(hide_password=False))
    try:
        async with database.reading() as session:
            report = await session.get_one(Report, order.report_id)
        return await _made(database, report, order)
    finally:
        await database.dispose()


async def _made(database: Database, report: Report, order: Order) -> MadePaper:
    if report.kind is ReportKind.DETAILS:
        return await _details(database, report, order)
    return await _account_paper(database, report, order)


async def _records(session: AsyncSession, report: Report) -> int:
    if report.kind is ReportKind.DETAILS:
        return await count_records(session, report.line_id or 0, report.period)
    return await count_movements(session, await money_account(session, report.holding), report.period)


async def _details(database: Database, report: Report, order: Order) -> MadePaper:
    line_id = report.line_id or 0
    async with database.reading() as session:
        _, number = await whose(session, report)
        expected = await count_records(session, line_id, report.period)
    found = Found(pages(database.reading, line_id, report.period), expected)
    details = await make(
        found, report, number, paths=_paths(order), press=order.press, progress=_progress(database, report)
    )
    return MadePaper(details.files, details.sums.records, details.sums.cost, {})


async def _account_paper(database: Database, report: Report, order: Order) -> MadePaper:
    async with database.reading() as session:
        of = await whose(session, report)
        account_id = await money_account(session, report.holding)
        opening = await balance_before(session, account_id, report.period.start)
        expected = await count_movements(session, account_id, report.period)

    async def named(codes: set[str]) -> Names:
        async with database.reading() as session:
            return await names_of(session, codes)

    entries = movement_pages(database.reading, account_id, report.period, opening=opening)
    found = Movements(entries, opening, expected, named)
    progress = _progress(database, report)
    return await make_paper(found, report, of, paths=_paths(order), press=order.press, progress=progress)


def _paths(order: Order) -> Mapping[ReportFormat, Path]:
    return {which: order.folder / name for which, name in order.names.items()}


def _progress(database: Database, report: Report) -> Progress:
    async def progress(percent: int) -> None:
        async with database.unit_of_work() as session:
            await making.go_on(session, report.id or 0, percent=percent)

    return progress
