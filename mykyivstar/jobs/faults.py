"""Home internet that does not work: telling of works, of ends of outages and of visits, and crediting downtime (N7)."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from mykyivstar.domain.faults import announcing, crediting, notices
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Daily, Every


@job("faults.announce", time_limit=timedelta(minutes=30), schedule=Every(timedelta(minutes=1)))
async def announce(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Works that the operator's file planned, and outages that it says are over."""
    await announcing.announce(context.database.unit_of_work, at=at)
    await announcing.tell_of_ends(context.database.unit_of_work, at=at)


@job("faults.credit", time_limit=timedelta(hours=1), schedule=Daily(time(6, 20)))
async def credit(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Downtime of events that are over."""
    await crediting.credit_downtime(context.database.unit_of_work, terms=context.ports.fault_terms.downtime, at=at)


@job(notices.REMINDER_JOB)
async def remind(context: JobContext, payload: Mapping[str, Any], at: datetime) -> None:
    """Say that a technician comes tomorrow."""
    async with context.database.unit_of_work() as session:
        await notices.remind(session, request_id=payload["request_id"], slot_id=payload["slot_id"], at=at)
