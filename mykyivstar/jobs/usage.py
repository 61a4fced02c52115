"""Usage: price what came without a price."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mykyivstar.domain.usage.pricing import price_everything
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Every


@job("usage.price", time_limit=timedelta(hours=1), schedule=Every(timedelta(minutes=1)))
async def price(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Price and charge imported records that have no price yet."""
    await price_everything(context.database, at=at)
