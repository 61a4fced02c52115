"""Reports: make what was ordered, give back what nobody makes, throw away what is kept no longer (E3, E4)."""

import logging
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from mykyivstar.domain.catalogue.names import Names, names_of
from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.domain.papers.account import whose
from mykyivstar.domain.reports import making
from mykyivstar.domain.reports.contents import count_records, pages
from mykyivstar.domain.reports.models import Report, ReportKind
from mykyivstar.domain.reports.movements import balance_before, count_movements, money_account, movement_pages
from mykyivstar.domain.reports.orders import MAKE_JOB
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Daily, Every
from mykyivstar.papers.reports.account_making import MadePaper, Movements, make_paper
from mykyivstar.papers.reports.making import Found, Progress, make, remove, remove_the_old

log = logging.getLogger(__name__)


@job(MAKE_JOB, attempts_max=3, time_limit=timedelta(minutes=20))
async def make_report(context: JobContext, payload: Mapping[str, Any], at: datetime) -> None:
    """Make its files; where the disk will not have them, give the money back."""
    report_id = payload["report_id"]
    async with context.database.unit_of_work() as session:
        report = await making.begin(session, report_id, at=at)
        if report is None:
            return
        holder, number = await whose(session, report)
    try:
        made = await (
            _details(context, report, number)
            if report.line_id and report.kind is ReportKind.DETAILS
            else _account_paper(context, report, (holder, number))
        )
    except OSError:
        log.exception("report not written", extra={"report_id": report_id})
        async with context.database.unit_of_work() as session:
            await making.fail(session, report_id, at=context.clock.now())
        return
    async with context.database.unit_of_work() as session:
        done = await making.finish(
            session,
            report_id,
            files=made.files,
            records=made.records,
            total=made.amount,
            said=made.said,
            at=context.clock.now(),
        )
    if done is None:
        remove(context.ports.reports_folder, [each["name"] for each in made.files.values()])


async def _details(context: JobContext, report: Report, number: str) -> MadePaper:
    line_id, ports = report.line_id or 0, context.ports
    async with context.database.reading() as session:
        expected = await count_records(session, line_id, report.period)
    found = Found(pages(context.database.reading, line_id, report.period), expected)
    progress = _progress(context, report)
    made = await make(found, report, number, folder=ports.reports_folder, press=ports.press, progress=progress)
    return MadePaper(made.files, made.sums.records, made.sums.cost, {})


async def _account_paper(context: JobContext, report: Report, of: tuple[HoldingKind, str]) -> MadePaper:
    reading, ports = context.database.reading, context.ports
    async with reading() as session:
        account_id = await money_account(session, report.holding)
        opening = await balance_before(session, account_id, report.period.start)
        expected = await count_movements(session, account_id, report.period)

    async def named(codes: set[str]) -> Names:
        async with reading() as session:
            return await names_of(session, codes)

    entries = movement_pages(reading, account_id, report.period, opening=opening)
    found = Movements(entries, opening, expected, named)
    progress = _progress(context, report)
    return await make_paper(found, report, of, folder=ports.reports_folder, press=ports.press, progress=progress)


def _progress(context: JobContext, report: Report) -> Progress:
    async def progress(percent: int) -> None:
        async with context.database.unit_of_work() as session:
            await making.go_on(session, report.id or 0, percent=percent)

    return progress


@job("report.forgotten", schedule=Every(timedelta(minutes=5)))
async def fail_the_forgotten(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Whatever happened to it, nobody pays for a report that is not there."""
    await making.fail_the_forgotten(context.database.unit_of_work, at=at)


@job("report.expire", time_limit=timedelta(hours=1), schedule=Daily(time(3, 20)))
async def expire(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Remove the files of reports that are kept no longer."""
    while True:
        async with context.database.unit_of_work() as session:
            names = await making.expire(session, at=at)
        if not names:
            break
        remove(context.ports.reports_folder, names)
    remove_the_old(context.ports.reports_folder, before=at - making.KEPT_FOR - timedelta(days=1))
