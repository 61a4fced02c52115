"""Blocks that were applied for are carried out (G1)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mykyivstar.domain.blocking import service
from mykyivstar.jobs.registry import JobContext, job


@job(service.CARRY_OUT_JOB)
async def carry_out(context: JobContext, payload: Mapping[str, Any], at: datetime) -> None:
    """Block the line now, unless the application was withdrawn."""
    async with context.database.unit_of_work() as session:
        await service.carry_out(session, payload["block_id"], at=at)
