"""Card payments: ask what became of them, give money back, forget cards, until each is done."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.payments import inquiry, refunds, reports, saved_cards
from mykyivstar.domain.payments.card import INQUIRE_JOB
from mykyivstar.domain.payments.models import Cause
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.kit.money import Money

# An acquirer answers in seconds or not at all.
_LIMIT = timedelta(minutes=1)


@job(INQUIRE_JOB, time_limit=_LIMIT)
async def inquire(context: JobContext, payload: Mapping[str, Any], at: datetime) -> Postponed | None:
    """Ask where a payment stands."""
    acquirer = context.ports.acquirer_named(payload["acquirer"])
    return await inquiry.inquire(context.database.unit_of_work, acquirer, payment_id=payload["payment_id"], at=at)


@job(refunds.REFUND_JOB, time_limit=_LIMIT)
async def refund(context: JobContext, payload: Mapping[str, Any], at: datetime) -> Postponed | None:
    """Give a payment back, and write down that it is."""
    unit_of_work, name = context.database.unit_of_work, payload["acquirer"]
    acquirer = context.ports.acquirer_named(name)
    answer = await refunds.refund(unit_of_work, acquirer, payment_id=payload["payment_id"], at=at)
    if answer is None or isinstance(answer, Postponed):
        return answer
    await reports.apply(unit_of_work, answer, acquirer=name, cause=Cause.OPERATOR, at=at)
    return None


@job(refunds.STRAY_JOB, time_limit=_LIMIT)
async def refund_stray(context: JobContext, payload: Mapping[str, Any], at: datetime) -> Postponed | None:
    """Give back what was paid twice."""
    acquirer = context.ports.acquirer_named(payload["acquirer"])
    amount = Money(payload["kopiykas"])
    return await refunds.refund_stray(acquirer, invoice_id=payload["invoice_id"], amount=amount, at=at)


@job(saved_cards.FORGET_JOB, time_limit=_LIMIT)
async def forget_card(context: JobContext, payload: Mapping[str, Any], _at: datetime) -> None:
    """Have a removed card forgotten at the acquirer too."""
    acquirer = context.ports.acquirer_named(payload["acquirer"])
    await saved_cards.forget(context.database.unit_of_work, acquirer, card_id=payload["card_id"])
