"""Bonuses: on the fourth, on their way to a number, and at the end of their twenty days."""

import logging
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from mykyivstar.domain.billing.runs import carry_out
from mykyivstar.domain.bonuses.accrual import BONUSES, fourths_due
from mykyivstar.domain.bonuses.arriving import arrive, write_off
from mykyivstar.domain.bonuses.transferring import ARRIVE_JOB
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Daily, Every
from mykyivstar.kit.clock import kyiv_date

log = logging.getLogger(__name__)


@job("bonuses.accrue", time_limit=timedelta(hours=4), schedule=Daily(time(9)))
async def accrue(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """On the fourth, and after it when nobody ran then."""
    for day in await fourths_due(context.database, kyiv_date(at)):
        done = (await carry_out(context.database, BONUSES, day=day, at=at)).total
        log.info("bonuses credited", extra={"day": str(day), "accounts": done.taken})


@job(ARRIVE_JOB)
async def bring(context: JobContext, payload: Mapping[str, Any], at: datetime) -> None:
    """The number gets them, and an SMS."""
    async with context.database.unit_of_work() as session:
        await arrive(session, payload["transfer_id"], at=at)


@job("bonuses.end", time_limit=timedelta(hours=1), schedule=Every(timedelta(minutes=5)))
async def end(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Write off what nobody spent in time; it pays for nothing from its last moment on."""
    await write_off(context.database.unit_of_work, at=at)
