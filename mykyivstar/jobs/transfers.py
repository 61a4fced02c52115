"""Transfers: end those that nobody confirmed in time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mykyivstar.domain.transfers.flow import expire
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Every


@job("transfer.expire", schedule=Every(timedelta(minutes=1)))
async def expire_transfers(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Say of each that its time is over; the screen says so by itself before that."""
    while await expire(context.database.unit_of_work, at=at):
        pass
