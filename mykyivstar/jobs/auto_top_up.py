"""Auto top-ups: find what is due, and bring each of it to its end (N1)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.auto_top_up import planning, running
from mykyivstar.domain.auto_top_up.running import Means
from mykyivstar.domain.identity.models import Language
from mykyivstar.formatting.phones import format_phone
from mykyivstar.i18n import tr
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Every

# From a balance that has fallen to the top-up it takes no longer than this.
_LOOKS_EVERY = timedelta(seconds=20)


@job("auto_top_up.plan", schedule=Every(_LOOKS_EVERY))
async def plan(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Plan what is due until tomorrow."""
    await planning.plan(context.database.unit_of_work, at=at)


@job(planning.RUN_JOB, time_limit=timedelta(minutes=1))
async def run(context: JobContext, payload: Mapping[str, Any], at: datetime) -> Postponed | None:
    """Pay, follow, say."""
    ports = context.ports
    means = Means(ports.acquirer_named, ports.payment_limits, ports.addresses, _purpose)
    return await running.run(context.database.unit_of_work, means, run_id=payload["run_id"], at=at)


def _purpose(number: str, language: Language) -> str:
    """What the payer reads at the bank."""
    return tr(language, "Auto top-up of {number}", number=format_phone(number))
