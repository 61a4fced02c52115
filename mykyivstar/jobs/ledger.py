"""The books are proved every day, and whoever watches is told when they do not hold."""

import logging
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from mykyivstar.domain.ledger import proving
from mykyivstar.domain.ledger.queries import proof
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Daily

# So many are named in the log; the counts say how many there are.
_NAMED = 20

log = logging.getLogger(__name__)


@job("ledger.prove", time_limit=timedelta(hours=1), schedule=Daily(time(4, 20)))
async def prove(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Prove that balances are the sums of their entries and that all is zero in all; an error in the log if not."""
    async with context.database.studying() as session:
        found = await proof(session)
    async with context.database.unit_of_work() as session:
        await proving.record(session, found, at=at)
    facts = {
        "accounts": found.accounts,
        "wrong_balances": len(found.wrong_balances),
        "wrong_operations": len(found.wrong_operations),
        "wrong_totals": len(found.wrong_totals),
    }
    if found.holds:
        log.info("the books are right", extra=facts)
        return
    named = {
        "balances": [
            f"{wrong.account} has {wrong.balance.kopiykas}, its entries {wrong.entries.kopiykas}"
            for wrong in found.wrong_balances[:_NAMED]
        ],
        "operations": list(found.wrong_operations[:_NAMED]),
        "totals": {unit.value: total.kopiykas for unit, total in found.wrong_totals.items()},
    }
    log.error("the books are wrong", extra=facts | named)
