"""Applications that nobody goes on with come to their end, and documents are not kept for ever (G3)."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from mykyivstar.domain.applications import keeping
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Every


@job("applications.tidy", schedule=Every(timedelta(minutes=30)))
async def tidy(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Decline what waited in vain, forget what was never sent, empty what was decided long ago."""

    async def remove(names: Sequence[str]) -> None:
        await asyncio.to_thread(_remove, context.ports.attachments_folder, names)

    async with context.database.unit_of_work() as session:
        await keeping.expire(session, at=at)
    async with context.database.unit_of_work() as session:
        await keeping.forget_drafts(session, remove, at=at)
    async with context.database.unit_of_work() as session:
        await keeping.empty(session, remove, at=at)


def _remove(folder: Path, names: Sequence[str]) -> None:
    for name in names:
        (folder / name).unlink(missing_ok=True)
