"""Visits to service centres: reminding of them, and calling off what cannot be kept (A8)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mykyivstar.domain.stores.looking_again import LOOK_AGAIN_JOB
from mykyivstar.domain.visits import calling_off, notices
from mykyivstar.jobs.registry import JobContext, job


@job(notices.REMINDER_JOB)
async def remind(context: JobContext, payload: Mapping[str, Any], at: datetime) -> None:
    """Say that a visit is tomorrow."""
    async with context.database.unit_of_work() as session:
        starts_at = datetime.fromisoformat(payload["starts_at"])
        await notices.remind(session, visit_id=payload["visit_id"], starts_at=starts_at, at=at)


@job(LOOK_AGAIN_JOB)
async def call_off(context: JobContext, payload: Mapping[str, Any], at: datetime) -> None:
    """A centre closes, or is open at other times: who cannot come any more is told."""
    async with context.database.unit_of_work() as session:
        await calling_off.call_off(session, payload["store_id"], at=at)
