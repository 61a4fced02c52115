"""Promised payments: the reminder, and taking what is still owed after the last day (N2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mykyivstar.domain.promises import notices, repaying
from mykyivstar.domain.promises.giving import DUE_JOB, REMINDER_JOB
from mykyivstar.jobs.registry import JobContext, job


@job(REMINDER_JOB)
async def remind(context: JobContext, payload: Mapping[str, Any], at: datetime) -> None:
    """Say that tomorrow is the last day."""
    async with context.database.unit_of_work() as session:
        await notices.remind(session, payload["promise_id"], at=at)


@job(DUE_JOB)
async def collect(context: JobContext, payload: Mapping[str, Any], at: datetime) -> None:
    """Take the rest."""
    async with context.database.unit_of_work() as session:
        await repaying.collect(session, payload["promise_id"], at=at)
