"""Finding the occasions on which rules act, a day ahead where that is possible: each becomes one run, and one job."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.jobs import enqueue
from mykyivstar.db.statements import insert_into
from mykyivstar.domain.auto_top_up import notices
from mykyivstar.domain.auto_top_up.models import (
    AutoTopUpRule,
    AutoTopUpRun,
    PauseReason,
    RuleKind,
    RuleState,
    RunState,
)
from mykyivstar.domain.auto_top_up.rules import stop
from mykyivstar.domain.auto_top_up.tariffs import tariff_charges
from mykyivstar.domain.auto_top_up.timing import (
    before_charge,
    charge_occasion,
    day_occasion,
    days_named_by,
    due_on,
)
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.domain.payments.models import SavedCard
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

RUN_JOB = "auto_top_up.run"
BATCH = 200
# A day that nobody worked on is made up for so much later.
_LATE_DAYS = 3
# With less notice than this there is nothing to be told beforehand.
_WORTH_TELLING = timedelta(hours=3)

_IS_ACTIVE = col(AutoTopUpRule.state) == RuleState.ACTIVE


async def plan(unit_of_work: UnitOfWork, *, at: datetime) -> int:
    """Plan everything that is due until tomorrow; how many runs are new. Any number of workers may do it at once."""
    await _pause_without_card(unit_of_work, at)
    return (
        await _plan_low(unit_of_work, at)
        + await _plan_monthly(unit_of_work, at)
        + await _plan_tariffs(unit_of_work, at)
    )


async def _pause_without_card(unit_of_work: UnitOfWork, at: datetime) -> None:
    """A card that was removed pauses its rules, and their owner is told."""
    query = (
        select(AutoTopUpRule)
        .join(SavedCard, col(SavedCard.id) == col(AutoTopUpRule.saved_card_id))
        .where(_IS_ACTIVE, col(SavedCard.removed_at).is_not(None))
        .limit(BATCH)
    )
    async with unit_of_work() as session:
        locked = query.with_for_update(of=AutoTopUpRule).execution_options(populate_existing=True)
        for rule in (await session.exec(locked)).all():
            await stop(session, rule, PauseReason.CARD_REMOVED, at=at)
            await notices.paused(session, rule, PauseReason.CARD_REMOVED.value, at=at)


async def _plan_low(unit_of_work: UnitOfWork, at: datetime) -> int:
    """Balances under what their rules want: one top-up a day, none while another is on its way or the limit is hit."""
    occasion, month = day_occasion(at), str(Month.of(at))
    runs = col(AutoTopUpRun.rule_id) == col(AutoTopUpRule.id)
    stands_in_the_way = or_(
        and_(col(AutoTopUpRun.occasion) == occasion, col(AutoTopUpRun.state) != RunState.CANCELLED),
        col(AutoTopUpRun.state).in_([RunState.PLANNED, RunState.PAYING]),
        and_(col(AutoTopUpRun.state) == RunState.SKIPPED, col(AutoTopUpRun.month) == month),
    )
    query = (
        select(AutoTopUpRule)
        .join(
            LedgerAccount,
            and_(
                or_(
                    col(LedgerAccount.line_id) == col(AutoTopUpRule.line_id),
                    col(LedgerAccount.internet_account_id) == col(AutoTopUpRule.internet_account_id),
                ),
                col(LedgerAccount.unit) == Unit.UAH,
            ),
        )
        .where(
            _IS_ACTIVE,
            AutoTopUpRule.kind == RuleKind.BELOW,
            col(LedgerAccount.balance) < col(AutoTopUpRule.below),
            ~exists().where(runs, stands_in_the_way),
        )
        .order_by(col(AutoTopUpRule.id))
        .limit(BATCH)
    )
    async with unit_of_work() as session:
        low = (await session.exec(query)).all()
        made = [await _add(session, rule, _Occasion(occasion, rule.amount or Money.ZERO, at), at) for rule in low]
    return sum(made)


async def _plan_monthly(unit_of_work: UnitOfWork, at: datetime) -> int:
    made = 0
    for late in range(-1, _LATE_DAYS + 1):
        day = kyiv_date(at) - timedelta(days=late)
        due, occasion = due_on(day), str(Month(day.year, day.month))
        wanted = and_(
            col(AutoTopUpRule.kind) == RuleKind.MONTHLY,
            col(AutoTopUpRule.day).in_(days_named_by(day)),
            col(AutoTopUpRule.active_since) <= due,
        )
        async with unit_of_work() as session:
            for rule in await _without_run(session, wanted, occasion):
                made += await _add(session, rule, _Occasion(occasion, rule.amount or Money.ZERO, due), at)
    return made


async def _plan_tariffs(unit_of_work: UnitOfWork, at: datetime) -> int:
    """The day before each charge, found by the charges as they stand now: they move with the tariff."""
    made, last = 0, 0
    while True:
        query = select(AutoTopUpRule).where(
            _IS_ACTIVE, AutoTopUpRule.kind == RuleKind.TARIFF, col(AutoTopUpRule.id) > last
        )
        async with unit_of_work() as session:
            rules = (await session.exec(query.order_by(col(AutoTopUpRule.id)).limit(BATCH))).all()
            charges = await tariff_charges(session, [rule.target for rule in rules])
            for rule in rules:
                charge = charges.get(rule.target)
                if charge is None or charge.at <= at:
                    continue
                due = before_charge(charge.at)
                if due - timedelta(days=1) <= at:
                    made += await _add(session, rule, _Occasion(charge_occasion(charge.at), charge.fee, due), at)
        if len(rules) < BATCH:
            return made
        last = rules[-1].id or 0


async def _without_run(session: AsyncSession, wanted: ColumnElement[bool], occasion: str) -> Sequence[AutoTopUpRule]:
    known = exists().where(
        col(AutoTopUpRun.rule_id) == col(AutoTopUpRule.id),
        col(AutoTopUpRun.occasion) == occasion,
        col(AutoTopUpRun.state) != RunState.CANCELLED,
    )
    query = select(AutoTopUpRule).where(_IS_ACTIVE, wanted, ~known).order_by(col(AutoTopUpRule.id)).limit(BATCH)
    return (await session.exec(query)).all()


@dataclass(frozen=True, slots=True)
class _Occasion:
    """What it is called, how much is paid, and when."""

    name: str
    amount: Money
    due: datetime


async def _add(session: AsyncSession, rule: AutoTopUpRule, occasion: _Occasion, at: datetime) -> bool:
    """One run for this occasion, with its job; False when there is one already, planned by whomever."""
    due = occasion.due
    values: dict[str, Any] = {
        "rule_id": rule.id,
        "occasion": occasion.name,
        "amount": occasion.amount,
        "month": str(Month.of(due)),
        "due_at": due,
        "state": RunState.PLANNED,
        "tries": 0,
        "failure": "",
        "state_at": at,
    }
    adding = (
        insert_into(session, AutoTopUpRun).values(**values).on_conflict_do_nothing().returning(col(AutoTopUpRun.id))
    )
    run_id = (await session.exec(adding)).scalar_one_or_none()
    if run_id is None:
        return False
    await enqueue(session, RUN_JOB, {"run_id": run_id}, run_at=max(due, at), dedup=f"{RUN_JOB}:{run_id}")
    if due - at >= _WORTH_TELLING:
        await notices.soon(session, rule, occasion.amount, due, at=at)
    return True
