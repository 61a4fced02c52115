"""One run: pay once, follow the payment to its end, say what became of it; try again on two more days at most (N1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import UnitOfWork, changed
from mykyivstar.db.jobs import Postponed
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
from mykyivstar.domain.auto_top_up.timing import due_on, tomorrow
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.ledger.queries import balances
from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.domain.payments import card
from mykyivstar.domain.payments.card import Addresses, CardOrder
from mykyivstar.domain.payments.errors import AmountOutOfRange, UnknownTarget
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Failure, Origin, Payment, PaymentState, SavedCard
from mykyivstar.domain.payments.opening import Payer, Share
from mykyivstar.domain.payments.targets import targets
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from mykyivstar.ports.acquiring import Acquirer

# The first try and two more.
TRIES_MAX = 3
LOOKS_EVERY = timedelta(minutes=1)
MONTH_CAP = "month_cap"

Purpose = Callable[[str, Language], str]


@dataclass(frozen=True, slots=True)
class Means:
    """What jobs pay with: the acquirer by its name, the limits, our addresses, and what the payer reads at the bank."""

    acquirer_named: Callable[[str], Acquirer]
    limits: PaymentLimits
    addresses: Addresses
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class _Try:
    """A payment to be made, or on its way: everything about it was decided and written down before."""

    order: CardOrder
    acquirer: str
    number: str


@dataclass(frozen=True, slots=True)
class _Held:
    """A run and its rule, nobody else's until the transaction ends."""

    session: AsyncSession
    rule: AutoTopUpRule
    run: AutoTopUpRun
    at: datetime

    @property
    def key(self) -> str:
        """Of the payment of this try."""
        return f"auto:{self.run.id}:{self.run.tries}"

    def move(self, state: RunState, failure: str = "") -> None:
        """Bring the run into a state."""
        self.run.state, self.run.state_at, self.run.failure = state, self.at, failure
        self.session.add_all([self.rule, self.run])
        changed(self.session, Subject(Topic.PROFILE, self.rule.profile_id))


async def run(unit_of_work: UnitOfWork, means: Means, *, run_id: int, at: datetime) -> Postponed | None:
    """Bring one run as far as it goes now; Postponed until it is due, known, or tried again.

    The key of the payment comes from the run and the try: whoever repeats this, for whatever reason, pays once.
    """
    async with unit_of_work() as session:
        held = await _hold(session, run_id, at)
        begun = await _begin(held) if held is not None else None
    if not isinstance(begun, _Try):
        return begun
    outcome = await _pay(unit_of_work, means, begun, at)
    async with unit_of_work() as session:
        held = await _hold(session, run_id, at)
        # Another worker may have come here first, or it is the next try already.
        if held is None or held.run.state is not RunState.PAYING or held.key != begun.order.key:
            return None
        return await _settle(held, outcome)


async def _begin(held: _Held) -> _Try | Postponed | None:
    """Go on with the payment of a run that is PAYING; decide about one that is PLANNED and due."""
    if held.run.state is RunState.PAYING:
        return await _try(held)
    if held.run.state is not RunState.PLANNED:
        return None
    if held.at < held.run.due_at:
        return Postponed(held.run.due_at, "not due yet")
    return await _try(held) if await _may_start(held) else None


async def _may_start(held: _Held) -> bool:
    """Write down that the next try begins, unless the rule is off, nothing is needed, or the month's limit is hit."""
    rule, this = held.rule, held.run
    this.month = str(Month.of(held.at))
    if rule.state is not RuleState.ACTIVE or not await _is_still_wanted(held):
        held.move(RunState.CANCELLED)
        return False
    if await _is_over_cap(held):
        rule.last_failure = MONTH_CAP
        held.move(RunState.SKIPPED, MONTH_CAP)
        again = due_on(Month.of(held.at).shifted(1).first_day)
        await notices.failed(held.session, rule, MONTH_CAP, again, at=held.at)
        return False
    this.tries += 1
    held.move(RunState.PAYING)
    return True


async def _pay(unit_of_work: UnitOfWork, means: Means, begun: _Try, at: datetime) -> Payment | Failure | PauseReason:
    """The payment of this try, made if it was not yet; or why there is none."""
    async with unit_of_work() as session:
        known = (await session.exec(select(Payment).where(Payment.key == begun.order.key))).first()
    if known is not None:
        return known
    try:
        return await card.begin(
            unit_of_work,
            means.acquirer_named(begun.acquirer),
            begun.order,
            limits=means.limits,
            addresses=means.addresses,
            purpose=means.purpose(begun.number, begun.order.payer.language),
            at=at,
        )
    except NotFound:
        return PauseReason.CARD_REMOVED
    except UnknownTarget:
        return PauseReason.TARGET_GONE
    except AmountOutOfRange:
        return Failure.DECLINED


async def _settle(held: _Held, outcome: Payment | Failure | PauseReason) -> Postponed | None:
    """Write down what became of the try."""
    if not isinstance(outcome, Payment):
        return await _failed(held, outcome)
    held.run.payment_id = outcome.id
    held.session.add(held.run)
    if outcome.state.is_open:
        return Postponed(held.at + LOOKS_EVERY, f"the payment is {outcome.state}")
    if outcome.state is not PaymentState.CREDITED:
        return await _failed(held, outcome.failure or Failure.DECLINED)
    held.rule.last_failure = ""
    held.move(RunState.DONE)
    await notices.done(held.session, held.rule, held.run.amount, at=held.at)
    return None


async def _failed(held: _Held, failure: Failure | PauseReason) -> Postponed | None:
    """Try again tomorrow; after the last try, or where another try is of no use, pause the rule."""
    rule, why = held.rule, failure.value
    rule.last_failure = why
    is_hopeless = isinstance(failure, PauseReason) or failure is Failure.TARGET_GONE
    if rule.state is RuleState.ACTIVE and not is_hopeless and held.run.tries < TRIES_MAX:
        held.run.due_at = tomorrow(held.at)
        held.move(RunState.PLANNED, why)
        await notices.failed(held.session, rule, why, held.run.due_at, at=held.at)
        return Postponed(held.run.due_at, f"not paid: {why}")
    held.move(RunState.FAILED, why)
    if rule.state is RuleState.ACTIVE:
        reason = PauseReason(why) if is_hopeless else PauseReason.FAILED
        await stop(held.session, rule, reason, at=held.at)
        await notices.paused(held.session, rule, why, at=held.at)
    return None


async def _try(held: _Held) -> _Try:
    rule = held.rule
    profile = await held.session.get_one(Profile, rule.profile_id)
    paying = await held.session.get_one(SavedCard, rule.saved_card_id)
    known = await targets(held.session, [rule.target])
    order = CardOrder(
        key=held.key,
        payer=Payer(profile_id=rule.profile_id, language=profile.language),
        shares=[Share(rule.target, held.run.amount)],
        origin=Origin.AUTO,
        saved_card_id=rule.saved_card_id,
    )
    return _Try(order, paying.acquirer, known[rule.target].number if rule.target in known else "")


async def _is_still_wanted(held: _Held) -> bool:
    """A balance that has risen meanwhile needs nothing."""
    rule, target = held.rule, held.rule.target
    if rule.kind is not RuleKind.BELOW or rule.below is None:
        return True
    if target.kind is HoldingKind.LINE:
        found = (await balances(held.session, line_ids=[target.id])).lines
    else:
        found = (await balances(held.session, internet_account_ids=[target.id])).internet
    return (found[target.id].money or Money.ZERO) < rule.below


async def _is_over_cap(held: _Held) -> bool:
    if held.rule.month_most is None:
        return False
    spent = select(func.sum(col(AutoTopUpRun.amount))).where(
        AutoTopUpRun.rule_id == held.rule.id,
        AutoTopUpRun.month == str(Month.of(held.at)),
        col(AutoTopUpRun.state).in_([RunState.PAYING, RunState.DONE]),
    )
    return ((await held.session.exec(spent)).one() or Money.ZERO) + held.run.amount > held.rule.month_most


async def _hold(session: AsyncSession, run_id: int, at: datetime) -> _Held | None:
    """The rule first and the run then, as everywhere."""
    rules = select(AutoTopUpRule).join(AutoTopUpRun, col(AutoTopUpRun.rule_id) == col(AutoTopUpRule.id))
    mine = rules.where(col(AutoTopUpRun.id) == run_id).with_for_update(of=AutoTopUpRule)
    rule = (await session.exec(mine.execution_options(populate_existing=True))).first()
    if rule is None:
        return None
    query = select(AutoTopUpRun).where(col(AutoTopUpRun.id) == run_id).with_for_update()
    return _Held(session, rule, (await session.exec(query.execution_options(populate_existing=True))).one(), at)
