"""Conversations and requests that nobody speaks of any more come to their end."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mykyivstar.domain.support.conversations import close_the_silent
from mykyivstar.domain.support.tickets.work import close_the_solved
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Every


@job("support.tidy", schedule=Every(timedelta(minutes=10)))
async def tidy(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """End silent conversations, close solved requests."""
    async with context.database.unit_of_work() as session:
        await close_the_silent(session, at=at)
    async with context.database.unit_of_work() as session:
        await close_the_solved(session, at=at)
