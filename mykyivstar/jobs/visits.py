"""Visits to service centres: reminding of them (A8)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mykyivstar.domain.visits import notices
from mykyivstar.jobs.registry import JobContext, job


@job(notices.REMINDER_JOB)
async def remind(context: JobContext, payload: Mapping[str, Any], at: datetime) -> None:
    """Say that a visit is tomorrow."""
    async with context.database.unit_of_work() as session:
        starts_at = datetime.fromisoformat(payload["starts_at"])
        await notices.remind(session, visit_id=payload["visit_id"], starts_at=starts_at, at=at)
