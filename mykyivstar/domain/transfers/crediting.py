"""Deciding a transfer under the lock of its accounts: credited whole, or refused with nothing moved."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.errors import NotEnoughMoney
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.payments import crediting
from mykyivstar.domain.payments.crediting import shares_of
from mykyivstar.domain.payments.errors import UnknownTarget
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause, Failure, Payment, PaymentState
from mykyivstar.domain.payments.states import advance
from mykyivstar.domain.payments.targets import key_of, targets
from mykyivstar.domain.tariff_lock.errors import TariffMoneyLocked
from mykyivstar.domain.transfers import rules
from mykyivstar.domain.transfers.errors import LentMoneyStays, MonthLimitReached
from mykyivstar.domain.transfers.notices import tell_both
from mykyivstar.domain.transfers.rules import Move
from mykyivstar.kit.errors import CustomerError

_FAILURES = {
    NotEnoughMoney: Failure.NOT_ENOUGH_MONEY,
    LentMoneyStays: Failure.NOT_ENOUGH_MONEY,
    TariffMoneyLocked: Failure.NOT_ENOUGH_MONEY,
    MonthLimitReached: Failure.MONTH_LIMIT,
    UnknownTarget: Failure.TARGET_GONE,
}


async def credit(session: AsyncSession, payment: Payment, move: Move, *, at: datetime) -> bool:
    """Move the money and tell both; the accounts are held and every rule was asked. False if another did meanwhile."""
    if not await crediting.credit(session, payment, at=at, cause=Cause.PAYER):
        return False
    await tell_both(session, payment, move, at=at)
    return True


async def credit_confirmed(
    session: AsyncSession, actor: Actor, payment: Payment, *, limits: PaymentLimits, at: datetime
) -> CustomerError | None:
    """Credit what its code has just confirmed, if it is still allowed; else fail it and return the refusal."""
    try:
        move = await move_of(session, actor, payment)
        means = await rules.hold(session, move, at=at)
        await rules.demand_money(session, move, means, limits=limits, at=at)
    except CustomerError as refusal:
        await fail(session, payment, _FAILURES.get(type(refusal), Failure.DECLINED), at=at)
        return refusal
    await credit(session, payment, move, at=at)
    return None


async def fail(
    session: AsyncSession, payment: Payment, failure: Failure, *, at: datetime, cause: Cause = Cause.PAYER
) -> None:
    """End a transfer that has moved nothing."""
    await advance(session, payment, PaymentState.FAILED, at=at, cause=cause, failure=failure)


async def move_of(session: AsyncSession, actor: Actor, payment: Payment) -> Move:
    """Who gives whom, as the register stands now. Raises what `rules` does, and UnknownTarget."""
    assert payment.from_line_id is not None, "a transfer comes from a line"
    giver = await rules.giving_line(session, actor, HoldingKey(HoldingKind.LINE, payment.from_line_id))
    share = (await shares_of(session, payment))[0]
    target = (await targets(session, [key_of(share)])).get(key_of(share))
    if target is None:
        raise UnknownTarget(typed=str(key_of(share)))
    return await rules.move(session, actor, giver, target, payment.amount)
