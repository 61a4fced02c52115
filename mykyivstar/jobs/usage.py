"""Usage: price what came without a price, make room for the months to come, throw away what is too old."""

import logging
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from mykyivstar.domain.usage import retention
from mykyivstar.domain.usage.pricing import price_everything
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Daily, Every

log = logging.getLogger(__name__)


@job("usage.price", time_limit=timedelta(hours=1), schedule=Every(timedelta(minutes=1)))
async def price(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Price and charge imported records that have no price yet."""
    await price_everything(context.database, at=at)


@job("usage.partitions", schedule=Daily(time(0, 20)))
async def make_room(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Make the partitions of the months to come, where the database has any."""
    await retention.make_room(context.database, at=at)


@job("usage.retention", time_limit=timedelta(hours=2), schedule=Daily(time(4, 10)))
async def throw_away(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Throw away records that are kept no longer; a run that was stopped is gone on with by the next."""
    gone = await retention.throw_away(context.database, months=context.ports.usage_months, at=at)
    if gone != retention.Cleared():
        log.info("usage thrown away", extra={"partitions": gone.partitions, "rows": gone.records})
