"""What a rule of auto top-up shall do, and whether that makes sense (N1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.auto_top_up.errors import (
    CapNeeded,
    CapTooSmall,
    CardNeeded,
    DayMalformed,
    SameRuleTwice,
    ThresholdOutOfRange,
)
from mykyivstar.domain.auto_top_up.models import AutoTopUpRule, RuleKind, RuleState
from mykyivstar.domain.auto_top_up.tariffs import own_tariff_fee
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.payments.errors import AmountOutOfRange, UnknownTarget
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.saved_cards import own_card
from mykyivstar.domain.payments.targets import targets
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Wish:
    """What a rule shall do; what does not belong to its kind is left out of it."""

    target: HoldingKey
    kind: RuleKind
    card_id: int
    amount: Money | None = None
    below: Money | None = None
    day: int | None = None
    month_most: Money | None = None


async def checked(
    session: AsyncSession, actor: Actor, wish: Wish, limits: PaymentLimits, at: datetime
) -> dict[str, Any]:
    """The columns of a wish that makes sense.

    Raises UnknownTarget, AmountOutOfRange, and what `errors` holds.
    """
    await demand_target(session, wish.target)
    try:
        await own_card(session, actor.profile_id, wish.card_id)
    except NotFound:
        raise CardNeeded from None
    amount = wish.amount
    if wish.kind is RuleKind.TARIFF:
        amount, one = None, await own_tariff_fee(session, actor, wish.target, at)
    else:
        one = amount or Money.ZERO
    if not limits.top_up_least <= one <= limits.top_up_most:
        raise AmountOutOfRange(least=limits.top_up_least, most=limits.top_up_most)
    if wish.kind is RuleKind.BELOW and not limits.top_up_least <= (wish.below or Money.ZERO) <= limits.top_up_most:
        raise ThresholdOutOfRange(least=limits.top_up_least, most=limits.top_up_most)
    if wish.kind is RuleKind.MONTHLY and not 1 <= (wish.day or 0) <= 31:
        raise DayMalformed
    return {
        "line_id": wish.target.id if wish.target.kind is HoldingKind.LINE else None,
        "internet_account_id": wish.target.id if wish.target.kind is HoldingKind.INTERNET else None,
        "kind": wish.kind,
        "amount": amount,
        "below": wish.below if wish.kind is RuleKind.BELOW else None,
        "day": wish.day if wish.kind is RuleKind.MONTHLY else None,
        "month_most": _cap(wish, one),
        "saved_card_id": wish.card_id,
    }


def _cap(wish: Wish, one: Money) -> Money | None:
    if wish.kind is RuleKind.MONTHLY:
        return None
    if wish.month_most is None:
        raise CapNeeded
    if wish.month_most < one:
        raise CapTooSmall(least=one)
    return wish.month_most


async def demand_target(session: AsyncSession, target: HoldingKey) -> None:
    """Raise UnknownTarget for what takes no money."""
    if target not in await targets(session, [target]):
        raise UnknownTarget(typed=str(target))


async def demand_new(session: AsyncSession, actor: Actor, wish: Wish, *, but: int = 0) -> None:
    """Raise SameRuleTwice when the actor has such a rule, the one of id `but` aside."""
    is_line = wish.target.kind is HoldingKind.LINE
    column = AutoTopUpRule.line_id if is_line else AutoTopUpRule.internet_account_id
    same = select(AutoTopUpRule.id).where(
        AutoTopUpRule.profile_id == actor.profile_id,
        column == wish.target.id,
        AutoTopUpRule.kind == wish.kind,
        AutoTopUpRule.state != RuleState.DELETED,
        AutoTopUpRule.id != but,
    )
    if wish.kind is RuleKind.MONTHLY:
        same = same.where(AutoTopUpRule.day == wish.day)
    if (await session.exec(same)).first() is not None:
        raise SameRuleTwice
