"""Fees: at midnight from everybody, and what waited as soon as money comes."""

import logging
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from mykyivstar.domain.billing.fees import FEES, collect
from mykyivstar.domain.billing.notices import COLLECT_JOB, tell_waiting
from mykyivstar.domain.billing.runs import carry_out, days_due
from mykyivstar.domain.internet.day import start_of_day
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Daily
from mykyivstar.kit.clock import kyiv_date

log = logging.getLogger(__name__)


@job("billing.fees", time_limit=timedelta(hours=4), schedule=Daily(time(0)))
async def take_fees(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """What is due today, after what is due of days on which nobody ran."""
    await start_of_day(context.database.unit_of_work, at=at)
    for day in await days_due(context.database, FEES, kyiv_date(at)):
        done = (await carry_out(context.database, FEES, day=day, at=at)).total
        facts = {"day": str(day), "taken": done.taken, "kopiykas": done.amount.kopiykas, "waiting": done.waiting}
        log.info("fees taken", extra=facts)


@job("billing.notices", schedule=Daily(time(9, 5)))
async def tell(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Tell whose fee still waits in the morning: whoever paid in the night hears nothing."""
    told = True
    while told:
        async with context.database.unit_of_work() as session:
            told = bool(await tell_waiting(session, at=at))


@job(COLLECT_JOB)
async def collect_from(context: JobContext, payload: Mapping[str, Any], at: datetime) -> None:
    """Take what a line could not pay before."""
    async with context.database.unit_of_work() as session:
        await collect(session, payload["line_id"], at=at)
