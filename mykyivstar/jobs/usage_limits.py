"""Limits of lines: tell who has reached one (N5)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mykyivstar.domain.usage_limits.checking import check_everything
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Every


@job("usage_limits.check", time_limit=timedelta(minutes=20), schedule=Every(timedelta(minutes=1)))
async def check(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Alerts at 80 and 100 %, and pauses data where its owner wished so."""
    await check_everything(context.database, at=at)
