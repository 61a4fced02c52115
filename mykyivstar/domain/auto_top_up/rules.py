"""Making, changing, pausing and deleting rules of auto top-up (N1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.statements import insert_into
from mykyivstar.domain.auto_top_up.errors import (
    CapNeeded,
    CapTooSmall,
    CardNeeded,
    DayMalformed,
    SameRuleTwice,
    ThresholdOutOfRange,
    TooManyRules,
)
from mykyivstar.domain.auto_top_up.models import (
    AutoTopUpRule,
    AutoTopUpRun,
    PauseReason,
    RuleKind,
    RuleState,
    RunState,
)
from mykyivstar.domain.auto_top_up.tariffs import own_tariff_fee
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.payments.errors import AmountOutOfRange, UnknownTarget
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.saved_cards import own_card
from mykyivstar.domain.payments.targets import targets
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money

RULES_MAX = 20
_WHAT = {"line_id", "internet_account_id", "kind", "amount", "day"}


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


async def make(
    session: AsyncSession, actor: Actor, wish: Wish, *, key: str, limits: PaymentLimits, at: datetime
) -> AutoTopUpRule:
    """Make a rule, once for the `key` of one form; it acts from now on.

    Raises ProofNeeded without a fresh proof (O9), and what `errors` holds, NotFound, UnknownTarget, AmountOutOfRange.
    """
    require_fresh(actor, at)
    query = select(AutoTopUpRule).where(AutoTopUpRule.key == key, AutoTopUpRule.profile_id == actor.profile_id)
    if (known := (await session.exec(query)).first()) is not None:
        return known
    values = await _checked(session, actor, wish, limits, at)
    living = select(func.count()).where(
        AutoTopUpRule.profile_id == actor.profile_id, AutoTopUpRule.state != RuleState.DELETED
    )
    if (await session.exec(living)).one() >= RULES_MAX:
        raise TooManyRules(most=RULES_MAX)
    await _demand_new(session, actor, wish)
    fixed = {"key": key, "profile_id": actor.profile_id, "made_at": at, "active_since": at}
    fixed |= {"state": RuleState.ACTIVE, "pause_reason": None, "last_failure": ""}
    adding = insert_into(session, AutoTopUpRule).values(**fixed, **values).on_conflict_do_nothing()
    await session.exec(adding)
    _tell(session, actor.profile_id)
    return (await session.exec(query)).one()


async def change(
    session: AsyncSession, actor: Actor, rule_id: int, wish: Wish, *, limits: PaymentLimits, at: datetime
) -> None:
    """Have a rule do something else from now on; a paused one acts again. Raises as `make`."""
    require_fresh(actor, at)
    rule = await _own_locked(session, actor, rule_id)
    values = await _checked(session, actor, wish, limits, at)
    await _demand_new(session, actor, wish, but=rule_id)
    is_the_same = all(getattr(rule, name) == value for name, value in values.items() if name in _WHAT)
    for name, value in values.items():
        setattr(rule, name, value)
    # What failed and is to be tried again is tried with the new card, unless something else is wanted altogether.
    await _start(session, rule, at, keeps_retries=is_the_same)


async def pause(session: AsyncSession, actor: Actor, rule_id: int, *, at: datetime) -> None:
    """Let a rule do nothing until it is resumed; what is being paid at this moment is paid. Raises NotFound."""
    rule = await _own_locked(session, actor, rule_id)
    if rule.state is RuleState.ACTIVE:
        await stop(session, rule, PauseReason.OWNER, at=at)


async def resume(session: AsyncSession, actor: Actor, rule_id: int, *, at: datetime) -> None:
    """Let a paused rule act again. Raises NotFound, CardNeeded when its card is gone, UnknownTarget."""
    rule = await _own_locked(session, actor, rule_id)
    if rule.state is RuleState.ACTIVE:
        return
    try:
        await own_card(session, actor.profile_id, rule.saved_card_id)
    except NotFound:
        raise CardNeeded from None
    await _demand_target(session, rule.target)
    await _start(session, rule, at)


async def delete(session: AsyncSession, actor: Actor, rule_id: int, *, at: datetime) -> None:
    """End a rule for good; what is being paid at this moment is paid. Raises NotFound."""
    rule = await _own_locked(session, actor, rule_id)
    rule.state, rule.pause_reason = RuleState.DELETED, None
    session.add(rule)
    await _cancel(session, rule, at)
    _tell(session, rule.profile_id)


async def stop(session: AsyncSession, rule: AutoTopUpRule, reason: PauseReason, *, at: datetime) -> None:
    """Pause a locked rule, whoever wants it so; nothing that was planned is paid."""
    rule.state, rule.pause_reason = RuleState.PAUSED, reason
    session.add(rule)
    await _cancel(session, rule, at)
    _tell(session, rule.profile_id)


async def _start(session: AsyncSession, rule: AutoTopUpRule, at: datetime, *, keeps_retries: bool = False) -> None:
    rule.state, rule.pause_reason, rule.last_failure, rule.active_since = RuleState.ACTIVE, None, "", at
    session.add(rule)
    await _cancel(session, rule, at, keeps_retries=keeps_retries)
    _tell(session, rule.profile_id)


async def _cancel(session: AsyncSession, rule: AutoTopUpRule, at: datetime, *, keeps_retries: bool = False) -> None:
    """What was planned and not begun is not done, and a month's limit that was reached is asked anew."""
    these = [
        col(AutoTopUpRun.rule_id) == rule.id,
        col(AutoTopUpRun.state).in_([RunState.PLANNED, RunState.SKIPPED]),
    ]
    if keeps_retries:
        these.append(col(AutoTopUpRun.tries) == 0)
    await session.exec(
        update(AutoTopUpRun)
        .where(*these)
        .values(state=RunState.CANCELLED, state_at=at)
        .execution_options(synchronize_session=False)
    )


async def _own_locked(session: AsyncSession, actor: Actor, rule_id: int) -> AutoTopUpRule:
    query = select(AutoTopUpRule).where(
        AutoTopUpRule.id == rule_id,
        AutoTopUpRule.profile_id == actor.profile_id,
        AutoTopUpRule.state != RuleState.DELETED,
    )
    found = await session.exec(query.with_for_update().execution_options(populate_existing=True))
    if (rule := found.first()) is None:
        raise NotFound
    return rule


async def _checked(
    session: AsyncSession, actor: Actor, wish: Wish, limits: PaymentLimits, at: datetime
) -> dict[str, Any]:
    """The columns of a wish that makes sense."""
    await _demand_target(session, wish.target)
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


async def _demand_target(session: AsyncSession, target: HoldingKey) -> None:
    if target not in await targets(session, [target]):
        raise UnknownTarget(typed=str(target))


async def _demand_new(session: AsyncSession, actor: Actor, wish: Wish, *, but: int = 0) -> None:
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


def _tell(session: AsyncSession, profile_id: int) -> None:
    changed(session, Subject(Topic.PROFILE, profile_id))
