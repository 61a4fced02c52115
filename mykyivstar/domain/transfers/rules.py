"""Who may transfer what to whom (D5, D6): every rule, asked before a transfer begins and again when it is credited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.accounts import Holder, SystemAccount, accounts_for, system_account
from mykyivstar.domain.ledger.errors import NotEnoughMoney
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.domain.ledger.service import locked
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, HoldingRole, Line, LineState
from mykyivstar.domain.lines.queries import held_line
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.targets import Target
from mykyivstar.domain.promises.models import Promise, PromiseState
from mykyivstar.domain.tariff_lock import queries as tariff_money
from mykyivstar.domain.transfers.errors import (
    LentMoneyStays,
    LineCannotGive,
    MonthLimitReached,
    NotTheOwner,
    OnlyWithinProfile,
    SameNumber,
    TransferOutOfRange,
)
from mykyivstar.domain.transfers.totals import month_left, without_code_today
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Move:
    """Who gives whom how much, allowed as far as people and numbers go; the money is asked for separately."""

    giver: Line
    target: Target
    amount: Money

    @property
    def giver_id(self) -> int:
        assert self.giver.id is not None
        return self.giver.id

    @property
    def giver_key(self) -> HoldingKey:
        return HoldingKey(HoldingKind.LINE, self.giver_id)


@dataclass(frozen=True, slots=True)
class Means:
    """What stands on a line's account, and what of it is not given away.

    The operator has lent `lent` (N2), its owner has set `locked` aside for the tariff (O2).
    """

    there: Money
    lent: Money
    locked: Money = Money.ZERO

    @property
    def own(self) -> Money:
        return max(self.there - self.lent, Money.ZERO)

    @property
    def free(self) -> Money:
        return max(self.own - self.locked, Money.ZERO)


def demand_amount(amount: Money, limits: PaymentLimits) -> None:
    """Raise TransferOutOfRange unless one transfer may be of so much."""
    if not limits.transfer_least <= amount <= limits.transfer_most:
        raise TransferOutOfRange(least=limits.transfer_least, most=limits.transfer_most)


async def giving_line(session: AsyncSession, actor: Actor, key: HoldingKey) -> Line:
    """The line, if the actor may spend its money. Raises NotFound (a stranger's too), NotTheOwner, LineCannotGive."""
    if key.kind is not HoldingKind.LINE:
        raise NotFound
    held = await held_line(session, actor, key.id)
    if held.holding.role is not HoldingRole.OWNER:
        raise NotTheOwner
    if held.line.state is not LineState.ACTIVE:
        raise LineCannotGive
    return held.line


async def move(session: AsyncSession, actor: Actor, giver: Line, target: Target, amount: Money) -> Move:
    """The transfer between these two. Raises SameNumber, OnlyWithinProfile."""
    if target.key == HoldingKey(HoldingKind.LINE, giver.id or 0):
        raise SameNumber
    if giver.payment is Billing.CONTRACT and not await _owns_line(session, actor, target.key):
        raise OnlyWithinProfile
    return Move(giver, target, amount)


async def hold(session: AsyncSession, move: Move, *, at: datetime) -> Means:
    """Lock both accounts until the transaction ends, so that transfers of one line pass one after the other.

    Returns what the line has to give. Everything that crediting will touch is held at once and in the order that holds
    everywhere, promises first and accounts by their ids: two lines that give to each other at the same moment would
    otherwise wait for each other.
    """
    promises = (await session.exec(_open_promises(move.giver_key, move.target.key).with_for_update())).all()
    giver = Holder(line_id=move.giver.id, floor=None if move.giver.payment is Billing.CONTRACT else Money.ZERO)
    accounts = await accounts_for(session, sorted([giver, move.target.holder], key=lambda holder: holder.code))
    mine = next(account for account in accounts if account.code == giver.code)
    if any(promise.key == move.target.key for promise in promises):
        # The getter pays its promise back from this money.
        accounts += [await system_account(session, each) for each in (SystemAccount.PROMISES, SystemAccount.FEES)]
    await locked(session, [account.id for account in accounts if account.id is not None])
    aside = (await tariff_money.locked(session, [move.giver_id], at))[move.giver_id]
    return _means(mine, [promise for promise in promises if promise.key == move.giver_key], aside)


async def means(session: AsyncSession, line_id: int, *, at: datetime) -> Means:
    """What the line has to give, as of now."""
    theirs = select(LedgerAccount).where(LedgerAccount.line_id == line_id, LedgerAccount.unit == Unit.UAH)
    account = (await session.exec(theirs)).first()
    promises = await session.exec(_open_promises(HoldingKey(HoldingKind.LINE, line_id)))
    return _means(account, promises.all(), (await tariff_money.locked(session, [line_id], at))[line_id])


async def demand_money(session: AsyncSession, move: Move, means: Means, *, limits: PaymentLimits, at: datetime) -> None:
    """Raise why the line may not, or cannot, give so much now.

    MonthLimitReached, NotEnoughMoney, LentMoneyStays, TariffMoneyLocked.
    """
    left = (await month_left(session, [move.giver_id], limits=limits, at=at))[move.giver_id]
    if move.amount > left:
        raise MonthLimitReached(left=left, most=limits.transfer_month_most)
    if move.amount > means.there:
        raise NotEnoughMoney(missing=move.amount - means.there)
    if move.amount > means.own:
        raise LentMoneyStays(lent=means.lent, free=means.free)
    tariff_money.demand_untouched(means.locked, move.amount, balance=means.own)


async def needs_code(session: AsyncSession, move: Move, *, limits: PaymentLimits, at: datetime) -> bool:
    """Whether a code confirms it: above the sum of D5, or when the small ones of this day add up to too much."""
    if move.amount > limits.transfer_code_above:
        return True
    today = await without_code_today(session, move.giver_id, at=at)
    return today + move.amount > limits.transfer_day_without_code


def _means(account: LedgerAccount | None, promises: Sequence[Promise], locked: Money) -> Means:
    """Money that is there: what may be owed (a contract line has no floor) is credit, and credit is not given away."""
    lent = sum((promise.owed for promise in promises), Money.ZERO)
    if account is None:
        return Means(Money.ZERO, lent)
    return Means(account.balance - max(account.floor or Money.ZERO, Money.ZERO), lent, locked)


def _open_promises(*keys: HoldingKey) -> SelectOfScalar[Promise]:
    lines = [key.id for key in keys if key.kind is HoldingKind.LINE]
    accounts = [key.id for key in keys if key.kind is HoldingKind.INTERNET]
    theirs = or_(col(Promise.line_id).in_(lines), col(Promise.internet_account_id).in_(accounts))
    query = select(Promise).where(theirs, col(Promise.state) == PromiseState.OPEN).order_by(col(Promise.id))
    return query.execution_options(populate_existing=True)


async def _owns_line(session: AsyncSession, actor: Actor, key: HoldingKey) -> bool:
    if key.kind is not HoldingKind.LINE:
        return False
    try:
        held = await held_line(session, actor, key.id)
    except NotFound:
        return False
    return held.holding.role is HoldingRole.OWNER
