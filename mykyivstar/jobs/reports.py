"""Reports: make what was ordered, give back what nobody makes, throw away what is kept no longer (E3, E4)."""

import logging
import secrets
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from mykyivstar.domain.reports import making
from mykyivstar.domain.reports.orders import MAKE_JOB
from mykyivstar.jobs import report_process
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.report_process import Order
from mykyivstar.jobs.schedules import Daily, Every
from mykyivstar.papers.reports.making import remove, remove_the_old

log = logging.getLogger(__name__)


@job(MAKE_JOB, attempts_max=3, time_limit=timedelta(minutes=20))
async def make_report(context: JobContext, payload: Mapping[str, Any], at: datetime) -> None:
    """Make its files; where the disk will not have them, give the money back."""
    report_id, ports = payload["report_id"], context.ports
    async with context.database.unit_of_work() as session:
        report = await making.begin(session, report_id, at=at)
    if report is None:
        return
    names = {each: f"{secrets.token_urlsafe(24)}.{each.value}" for each in report.wanted}
    try:
        order = Order(context.database.url, ports.press, ports.reports_folder, report_id, names)
        made = await report_process.made(context.database, order)
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
        remove(ports.reports_folder, names.values())


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
