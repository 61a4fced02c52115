"""Home internet at midnight: holidays end and begin, tariffs change, and whoever has too little goes off (H1, H3)."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from mykyivstar.domain.internet.day import start_of_day
from mykyivstar.domain.internet.states import BATCH, switch_off_below
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Daily


@job("internet.day", schedule=Daily(time(0)))
async def begin_day(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Do what this day brings; the charging run does it too, whoever comes first."""
    await start_of_day(context.database.unit_of_work, at=at)


@job("internet.threshold", schedule=Daily(time(0, 30)))
async def switch_off(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Find whom nothing else switched off: balances that came with an import."""
    off = BATCH
    while off == BATCH:
        async with context.database.unit_of_work() as session:
            off = len(await switch_off_below(session, at=at))
