"""Reads the plan of one line or internet account of somebody's own, in three statements, however much it has.

A line whose tariff's money is locked takes three more: what stands aside is in the books.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.auto_top_up.models import AutoTopUpRule, AutoTopUpRun, RuleKind, RuleState, RunState
from mykyivstar.domain.catalogue.models import FeePeriod, Service, ServiceConnection, Tariff
from mykyivstar.domain.forecast.auto_top_ups import Rule, Run, planned
from mykyivstar.domain.forecast.outlook import window_end
from mykyivstar.domain.forecast.overdue import coming
from mykyivstar.domain.forecast.plan import Debt, Fee, Plan, StepKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, Holding, HoldingRole, Line, LineState
from mykyivstar.domain.payments.models import SavedCard
from mykyivstar.domain.promises.models import Promise, PromiseState
from mykyivstar.domain.tariff_lock.models import TariffLock
from mykyivstar.domain.tariff_lock.queries import TariffMoney, tariff_money
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

SERVICES_MAX: Final = 200
# Runs that are tried again are at most so old.
_RETRIED_FOR: Final = timedelta(days=5)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a forecast is made of, and what may be supposed beside it."""

    key: HoldingKey
    plan: Plan
    # Services that it has and pays for, and those that it could have.
    services: Sequence[Fee]
    addable: Sequence[Fee]
    # The rules that wait for a low balance: under how much they pay how much. They are in no figure.
    waiting: Sequence[tuple[Money, Money]]
    # How the tariff's money stands (O2); None: it is not locked.
    tariff_money: TariffMoney | None = None
    # Whether there is a fee to lock money for, and whether the actor is who decides that.
    has_what_to_lock: bool = False
    may_lock: bool = False


async def prospect(session: AsyncSession, actor: Actor, key: HoldingKey, *, at: datetime) -> Prospect:
    """What is known of a line or account of the actor's own, whatever their role. Raises NotFound.

    Of auto top-ups only the actor's own: what others mean to pay for this number is theirs to know.
    """
    row = await _standing(session, actor, key)
    line, account, tariff = row.Line, row.InternetAccount, row.Tariff
    tariff_fee = _tariff_fee(line or account, tariff)
    services, addable = await _services(session, key, at)
    fees = [*([tariff_fee] if tariff_fee is not None else []), *services]
    rules = await _rules(session, actor, key, at)
    regular = coming(tariff_fee, key.kind, at)[-1] if tariff_fee is not None else None
    until = window_end(at)
    rests_until = _rests_until(line, account)
    aside = await tariff_money(session, key.id, at) if row.TariffLock is not None else None
    plan = Plan(
        balance=row.balance,
        fees=[each for fee in fees for each in coming(fee, key.kind, at)],
        top_ups=[each for rule in rules for each in planned(rule, regular, at=at, until=until)],
        debt=Debt(row.Promise.owed, row.Promise.due_at) if row.Promise is not None else None,
        floor=account.disconnect_threshold if account is not None else Money.ZERO,
        stops_below_floor=account is not None and account.state is not InternetState.SUSPENDED,
        pays_afterwards=line is not None and line.payment is Billing.CONTRACT,
        rests_until=rests_until,
        locked=aside.locked if aside is not None else None,
    )
    waiting = [
        (rule.below, rule.amount)
        for rule in rules
        if rule.kind is RuleKind.BELOW and rule.below is not None and rule.amount is not None
    ]
    has_what_to_lock = line is not None and not plan.pays_afterwards and rests_until is None and bool(plan.tariff_fee)
    return Prospect(
        key,
        plan,
        services,
        addable,
        waiting,
        tariff_money=aside,
        has_what_to_lock=has_what_to_lock,
        may_lock=has_what_to_lock and row.Holding.role is HoldingRole.OWNER,
    )


async def _standing(session: AsyncSession, actor: Actor, key: HoldingKey) -> Any:
    # Seven things in one row: more than the typed `select` can say.
    whole: Any = select(Line, InternetAccount, Tariff, Promise)
    query: Any = (
        whole.add_columns(Holding, TariffLock)
        .add_columns(col(LedgerAccount.balance).label("balance"))
        .select_from(Holding)
        .outerjoin(Line, col(Line.id) == col(Holding.line_id))
        .outerjoin(InternetAccount, col(InternetAccount.id) == col(Holding.internet_account_id))
        .outerjoin(Tariff, or_(col(Tariff.id) == col(Line.tariff_id), col(Tariff.id) == InternetAccount.tariff_id))
        .outerjoin(LedgerAccount, and_(_theirs(LedgerAccount, key), col(LedgerAccount.unit) == Unit.UAH))
        .outerjoin(Promise, and_(_theirs(Promise, key), col(Promise.state) == PromiseState.OPEN))
        .outerjoin(TariffLock, col(TariffLock.line_id) == col(Line.id))
        .where(col(Holding.profile_id) == actor.profile_id, _theirs(Holding, key))
    )
    found = (await session.exec(query)).first()
    if found is None:
        raise NotFound
    return found


def _theirs(model: Any, key: HoldingKey) -> Any:
    column = model.line_id if key.kind is HoldingKind.LINE else model.internet_account_id
    return col(column) == key.id


def _tariff_fee(thing: Line | InternetAccount, tariff: Tariff | None) -> Fee | None:
    if thing.next_charge_at is None:
        return None
    if tariff is None:
        return Fee(StepKind.TARIFF, None, thing.next_charge_at, FeePeriod.ONCE)
    return Fee(
        StepKind.TARIFF,
        tariff.fee,
        thing.next_charge_at,
        tariff.fee_period,
        name=tariff.name,
        charge_day=thing.charge_day,
    )


def _rests_until(line: Line | None, account: InternetAccount | None) -> datetime | None:
    """Nothing is taken of a line that has ended, nor of home internet on holiday."""
    if line is not None and line.state is LineState.INACTIVE:
        return _NEVER
    if account is not None and account.state is InternetState.SUSPENDED:
        return account.suspended_until or _NEVER
    return None


async def _services(session: AsyncSession, key: HoldingKey, at: datetime) -> tuple[Sequence[Fee], Sequence[Fee]]:
    """Those that are paid for, and open ones beside them."""
    connected = and_(
        col(ServiceConnection.service_id) == col(Service.id),
        _theirs(ServiceConnection, key),
        col(ServiceConnection.ended_at).is_(None),
    )
    is_open = and_(col(Service.is_open), col(Service.for_internet) == (key.kind is HoldingKind.INTERNET))
    query = (
        select(Service, ServiceConnection)
        .outerjoin(ServiceConnection, connected)
        .where(or_(col(ServiceConnection.id).is_not(None), is_open))
        .order_by(col(Service.position), col(Service.id), col(ServiceConnection.id))
        .limit(SERVICES_MAX)
    )
    paid: list[Fee] = []
    addable: list[Fee] = []
    for service, connection in (await session.exec(query)).all():
        first = at if connection is None else connection.next_charge_at
        if first is None or service.fee <= Money.ZERO:
            continue
        kept = None if connection is None else connection.charge_day
        fee = Fee(StepKind.SERVICE, service.fee, first, service.fee_period, service.code, service.name, kept)
        (addable if connection is None else paid).append(fee)
    return paid, addable


@dataclass(frozen=True, slots=True)
class _Rule(Rule):
    below: Money | None = None


async def _rules(session: AsyncSession, actor: Actor, key: HoldingKey, at: datetime) -> Sequence[_Rule]:
    """The actor's rules for it that act, with what each has done since the month began."""
    lately = and_(
        col(AutoTopUpRun.rule_id) == col(AutoTopUpRule.id),
        col(AutoTopUpRun.state) != RunState.CANCELLED,
        col(AutoTopUpRun.due_at) >= Month.of(at).period.start - _RETRIED_FOR,
    )
    query = (
        select(AutoTopUpRule, AutoTopUpRun)
        .join(SavedCard, col(SavedCard.id) == col(AutoTopUpRule.saved_card_id))
        .outerjoin(AutoTopUpRun, lately)
        .where(
            col(AutoTopUpRule.profile_id) == actor.profile_id,
            _theirs(AutoTopUpRule, key),
            col(AutoTopUpRule.state) == RuleState.ACTIVE,
            col(SavedCard.removed_at).is_(None),
        )
        .order_by(col(AutoTopUpRule.id), col(AutoTopUpRun.id))
    )
    rules: dict[int | None, AutoTopUpRule] = {}
    runs: dict[int | None, list[Run]] = {}
    for rule, run in (await session.exec(query)).all():
        rules[rule.id] = rule
        if run is not None:
            done = Run(run.occasion, run.amount, run.month, run.due_at, run.state)
            runs.setdefault(rule.id, []).append(done)
    return [_rule(rule, runs) for rule in rules.values()]


def _rule(rule: AutoTopUpRule, runs: Mapping[int | None, Sequence[Run]]) -> _Rule:
    known = runs.get(rule.id, ())
    return _Rule(rule.kind, rule.amount, rule.day, rule.month_most, known, rule.below)
