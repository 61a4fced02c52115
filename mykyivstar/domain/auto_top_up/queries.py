"""The rules of a person, and what each will do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.auto_top_up.models import (
    AutoTopUpRule,
    AutoTopUpRun,
    PauseReason,
    RuleKind,
    RuleState,
    RunState,
)
from mykyivstar.domain.auto_top_up.tariffs import TariffCharge, tariff_charges
from mykyivstar.domain.auto_top_up.timing import before_charge, charge_occasion, due_on, next_monthly
from mykyivstar.domain.auto_top_up.wishes import Wish, checked, demand_new
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.lines.queries import holdings
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Payment, SavedCard
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, day_in_month

_OPEN = (RunState.PLANNED, RunState.PAYING)


@dataclass(frozen=True, slots=True)
class Next:
    """What a rule does next; `at` None: whenever the balance is low."""

    amount: Money
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with everything that is shown of it."""

    rule: AutoTopUpRule
    number: str
    card: SavedCard
    # Why it does nothing, None while it acts; a removed card counts at once, before any job has seen it.
    paused: PauseReason | None
    next: Next | None
    spent: Money
    # The last top-up that was paid: when, and its payment's address.
    last_at: datetime | None
    last_code: str
    # A top-up that failed and is tried again at `next.at`.
    is_retry: bool


async def rules(session: AsyncSession, actor: Actor, *, at: datetime) -> Sequence[RuleView]:
    """The actor's rules, the newest first."""
    rows = await session.exec(
        select(AutoTopUpRule, SavedCard, col(Line.msisdn), col(InternetAccount.number))
        .join(SavedCard, col(SavedCard.id) == col(AutoTopUpRule.saved_card_id))
        .outerjoin(Line, col(Line.id) == col(AutoTopUpRule.line_id))
        .outerjoin(InternetAccount, col(InternetAccount.id) == col(AutoTopUpRule.internet_account_id))
        .where(AutoTopUpRule.profile_id == actor.profile_id, AutoTopUpRule.state != RuleState.DELETED)
        .order_by(col(AutoTopUpRule.id).desc())
    )
    found = rows.all()
    if not found:
        return []
    runs = await _runs(session, [rule.id for rule, _, _, _ in found])
    mine = {held.key for held in await holdings(session, actor)}
    charges = await tariff_charges(session, [rule.target for rule, _, _, _ in found if rule.target in mine])
    views = []
    for rule, card, msisdn, account in found:
        theirs = runs.get(rule.id or 0, [])
        done = next((pair for pair in theirs if pair[0].state is RunState.DONE), None)
        coming = next((run for run, _ in theirs if run.state in _OPEN), None)
        paused = _paused(rule, card)
        views.append(
            RuleView(
                rule=rule,
                number=str(msisdn) if msisdn is not None else account or "",
                card=card,
                paused=paused,
                next=None if paused is not None else _next(rule, theirs, charges, at),
                spent=_spent(theirs, at),
                last_at=done[0].state_at if done else None,
                last_code=done[1] or "" if done else "",
                is_retry=coming is not None and coming.tries > 0,
            )
        )
    return views


async def preview(
    session: AsyncSession, actor: Actor, wish: Wish, *, limits: PaymentLimits, but: int = 0, at: datetime
) -> Next:
    """What a rule of this wish would do first. Raises what `rules.make` raises, but for the proof."""
    await checked(session, actor, wish, limits, at)
    await demand_new(session, actor, wish, but=but)
    amount = wish.amount or Money.ZERO
    if wish.kind is RuleKind.MONTHLY:
        return Next(amount, next_monthly(wish.day or 1, at))
    if wish.kind is RuleKind.TARIFF:
        charge = (await tariff_charges(session, [wish.target]))[wish.target]
        return Next(charge.fee, max(before_charge(charge.at), at))
    return Next(amount, None)


def _paused(rule: AutoTopUpRule, card: SavedCard) -> PauseReason | None:
    if rule.state is RuleState.PAUSED:
        return rule.pause_reason
    return PauseReason.CARD_REMOVED if card.removed_at is not None else None


def _spent(runs: Sequence[tuple[AutoTopUpRun, str | None]], at: datetime) -> Money:
    month = str(Month.of(at))
    paid = [run.amount for run, _ in runs if run.month == month and run.state in {RunState.DONE, RunState.PAYING}]
    return sum(paid, Money.ZERO)


def _next(
    rule: AutoTopUpRule,
    runs: Sequence[tuple[AutoTopUpRun, str | None]],
    charges: Mapping[HoldingKey, TariffCharge],
    at: datetime,
) -> Next | None:
    coming = next((run for run, _ in runs if run.state in _OPEN), None)
    if coming is not None:
        return Next(coming.amount, max(coming.due_at, at))
    known = {run.occasion for run, _ in runs if run.state is not RunState.CANCELLED}
    match rule.kind:
        case RuleKind.BELOW:
            return Next(rule.amount or Money.ZERO, None)
        case RuleKind.MONTHLY:
            return Next(rule.amount or Money.ZERO, _next_month(rule.day or 1, known, at))
        case RuleKind.TARIFF:
            charge = charges.get(rule.target)
            if charge is None or charge.at <= at or charge_occasion(charge.at) in known:
                return None
            return Next(charge.fee, max(before_charge(charge.at), at))


def _next_month(day: int, known: set[str], at: datetime) -> datetime:
    moment = next_monthly(day, at)
    month = Month.of(moment)
    if str(month) not in known:
        return moment
    return due_on(day_in_month(month.shifted(1), day))


async def _runs(
    session: AsyncSession, rule_ids: Sequence[int | None]
) -> dict[int, list[tuple[AutoTopUpRun, str | None]]]:
    """Their latest runs, the newest first, each with its payment's address."""
    rows = await session.exec(
        select(AutoTopUpRun, col(Payment.code))
        .outerjoin(Payment, col(Payment.id) == col(AutoTopUpRun.payment_id))
        .where(col(AutoTopUpRun.rule_id).in_(rule_ids))
        .order_by(col(AutoTopUpRun.id).desc())
        .limit(1_000)
    )
    found: dict[int, list[tuple[AutoTopUpRun, str | None]]] = {}
    for run, code in rows:
        found.setdefault(run.rule_id, []).append((run, code))
    return found
