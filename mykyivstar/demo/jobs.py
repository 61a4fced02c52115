"""What keeps the demo world going by itself; registered only where the demo is being shown."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from mykyivstar.demo import build, faults, life
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Daily, Every
from mykyivstar.kit.clock import kyiv_date


@job("demo.life", attempts_max=1, schedule=Every(timedelta(seconds=20)))
async def live(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """A little usage arrives, so that open dashboards move."""
    await life.live(context.database, at)


@job("demo.faults", attempts_max=1, schedule=Every(timedelta(seconds=20)))
async def send_technicians(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Visits are confirmed and done, as the operator would."""
    await faults.live(context.database, at)


@job("demo.day", schedule=Daily(time(0, 5)))
async def carry_on(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """A new day: what it brings is added, where there is a demo world."""
    async with context.database.reading() as session:
        is_there = await build.is_there(session)
    if is_there:
        await build.build(context.database, today=kyiv_date(at), at=at)
