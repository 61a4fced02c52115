"""Making, changing, pausing and deleting rules of auto top-up (N1)."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.auto_top_up.errors import (
    CardNeeded,
    TooManyRules,
)
from mykyivstar.domain.auto_top_up.models import (
    AutoTopUpRule,
    AutoTopUpRun,
    PauseReason,
    RuleState,
    RunState,
)
from mykyivstar.domain.auto_top_up.wishes import Wish, checked, demand_new, demand_target
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.saved_cards import own_card
from mykyivstar.kit.errors import NotFound

RULES_MAX = 20
_WHAT = {"line_id", "internet_account_id", "kind", "amount", "day"}


async def make(
    session: AsyncSession, actor: Actor, wish: Wish, *, key: str, limits: PaymentLimits, at: datetime
) -> AutoTopUpRule:
    """Make a rule, once for the `key` of one form; it acts from now on.

    Raises ProofNeeded without a fresh proof (O9), and what `errors` holds, NotFound, UnknownTarget, AmountOutOfRange.
    """
    require_fresh(actor, at)
    # One form at a time for each profile: two tabs cannot make the same rule, or one too many.
    await session.exec(select(Profile.id).where(Profile.id == actor.profile_id).with_for_update())
    query = select(AutoTopUpRule).where(AutoTopUpRule.key == key, AutoTopUpRule.profile_id == actor.profile_id)
    if (known := (await session.exec(query)).first()) is not None:
        return known
    values = await checked(session, actor, wish, limits, at)
    living = select(func.count()).where(
        AutoTopUpRule.profile_id == actor.profile_id, AutoTopUpRule.state != RuleState.DELETED
    )
    if (await session.exec(living)).one() >= RULES_MAX:
        raise TooManyRules(most=RULES_MAX)
    await demand_new(session, actor, wish)
    fixed: dict[str, Any] = {"key": key, "profile_id": actor.profile_id, "made_at": at, "active_since": at}
    fixed |= {"state": RuleState.ACTIVE, "pause_reason": None, "last_failure": ""}
    rule = AutoTopUpRule(**fixed, **values)
    session.add(rule)
    await session.flush()
    _tell(session, actor.profile_id)
    return rule


async def change(
    session: AsyncSession, actor: Actor, rule_id: int, wish: Wish, *, limits: PaymentLimits, at: datetime
) -> None:
    """Have a rule do something else from now on; a paused one acts again. Raises as `make`."""
    require_fresh(actor, at)
    rule = await _own_locked(session, actor, rule_id)
    values = await checked(session, actor, wish, limits, at)
    await demand_new(session, actor, wish, but=rule_id)
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
    await demand_target(session, rule.target)
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


def _tell(session: AsyncSession, profile_id: int) -> None:
    changed(session, Subject(Topic.PROFILE, profile_id))
