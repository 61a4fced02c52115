"""Giving bonuses of an internet account to a mobile number (I2, I3): looked over, then confirmed, once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import changed
from mykyivstar.db.jobs import enqueue
from mykyivstar.db.turns import take_turn
from mykyivstar.domain.bonuses.errors import (
    AccountSuspended,
    BonusesOnceADay,
    BonusMonthFull,
    CompanyTakesNoBonuses,
    NoSuchNumber,
    NotBonuses,
    NotEnoughBonuses,
    OnlyOwnersBonuses,
    OtherBonusOrder,
    TariffTakesNoBonuses,
    TooFewBonuses,
)
from mykyivstar.domain.bonuses.models import BonusState, BonusTransfer
from mykyivstar.domain.bonuses.rules import LEAST, MONTH_MOST, BonusTerms
from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet import states
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.ledger.accounts import Holder, SystemAccount, accounts_for, system_account
from mykyivstar.domain.ledger.models import LedgerAccount, OperationKind, Unit
from mykyivstar.domain.ledger.service import Leg, post
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, HoldingRole, Line, Owner, OwnerKind
from mykyivstar.domain.lines.queries import HeldAccount, held_account
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.period import Month

ARRIVE_JOB = "bonuses.arrive"


@dataclass(frozen=True, slots=True)
class Order:
    """What the form says; `key` was made when its check page was opened."""

    key: str
    account: HoldingKey
    number: str
    bonuses: Money


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen, before anything does."""

    account: str
    number: str
    bonuses: Money
    # On the internet account afterwards, and what the number may still get this month.
    left: Money
    month_left: Money
    # When they arrive if everything goes as usual.
    arrives_at: datetime


def parse_bonuses(typed: str) -> Money:
    """A whole number as people type it: "50", " 1 00 ". Raises NotBonuses."""
    digits = "".join(typed.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        raise NotBonuses
    return Money.uah(int(digits))


async def look_over(session: AsyncSession, actor: Actor, order: Order, *, terms: BonusTerms, at: datetime) -> Preview:
    """The check page. Raises what `transfer` would."""
    held = await _own(session, actor, order.account)
    line = await _taker(session, order.number)
    pot = await _pot(session, order.account.id)
    left = await _demand(session, held.account, line, pot, order.bonuses, at=at)
    return Preview(
        account=held.account.number,
        number=line.msisdn.digits,
        bonuses=order.bonuses,
        left=(pot.balance if pot else Money.ZERO) - order.bonuses,
        month_left=left - order.bonuses,
        arrives_at=at + terms.delay,
    )


async def transfer(
    session: AsyncSession, actor: Actor, order: Order, *, terms: BonusTerms, at: datetime
) -> BonusTransfer:
    """Take the bonuses off the account and send them on their way; the same key again answers the same transfer.

    Raises NotFound, OnlyOwnersBonuses, NoSuchNumber, CompanyTakesNoBonuses, TariffTakesNoBonuses, AccountSuspended,
    TooFewBonuses, BonusesOnceADay, BonusMonthFull, NotEnoughBonuses, OtherBonusOrder.
    """
    await take_turn(session, _key(actor, order.key))
    held = await _own(session, actor, order.account)
    line = await _taker(session, order.number, hold=True)
    known = await made(session, actor, order.key)
    if known is not None:
        if (known.internet_account_id, known.line_id, known.amount) != (held.account.id, line.id, order.bonuses):
            raise OtherBonusOrder
        return known
    operators = await system_account(session, SystemAccount.BONUSES, Unit.BONUS)
    pot = (await accounts_for(session, [Holder(internet_account_id=held.account.id, unit=Unit.BONUS)]))[0]
    now = await states.hold(session, [order.account.id], pots_too=[pot.id or 0, operators.id or 0])
    await session.refresh(pot)
    await _demand(session, now[order.account.id].account, line, pot, order.bonuses, at=at)
    given = BonusTransfer(
        key=_key(actor, order.key),
        profile_id=actor.profile_id,
        internet_account_id=order.account.id,
        line_id=line.id or 0,
        amount=order.bonuses,
        day=kyiv_date(at),
        asked_at=at,
        arrives_at=at + terms.delay,
    )
    session.add(given)
    await session.flush()
    why = {"rule": "bonus_transfer", "to": line.msisdn.digits, "bonus_transfer": given.id}
    legs = [Leg(pot.id or 0, -given.amount, why), Leg(operators.id or 0, given.amount, why)]
    await post(session, key=f"bonus-transfer:{given.id}:give", kind=OperationKind.TRANSFER, at=at, legs=legs)
    await enqueue(
        session,
        ARRIVE_JOB,
        {"transfer_id": given.id},
        run_at=given.arrives_at,
        dedup=f"bonus-transfer:{given.id}",
    )
    changed(session, order.account.subject)
    return given


async def made(session: AsyncSession, actor: Actor, key: str) -> BonusTransfer | None:
    """The transfer of the form with this key, if it was confirmed before."""
    return (await session.exec(select(BonusTransfer).where(BonusTransfer.key == _key(actor, key)))).first()


async def month_left(session: AsyncSession, line_id: int, *, at: datetime) -> Money:
    """What a number may still get in this calendar month of Kyiv; bonuses that came back do not count."""
    month = Month.of(at)
    total = select(func.sum(col(BonusTransfer.amount))).where(
        BonusTransfer.line_id == line_id,
        col(BonusTransfer.day) >= month.first_day,
        col(BonusTransfer.day) < month.shifted(1).first_day,
        BonusTransfer.state != BonusState.RETURNED,
    )
    return max(MONTH_MOST - ((await session.exec(total)).one() or Money.ZERO), Money.ZERO)


async def _demand(
    session: AsyncSession,
    account: InternetAccount,
    line: Line,
    pot: LedgerAccount | None,
    bonuses: Money,
    *,
    at: datetime,
) -> Money:
    """Ask every rule but those of the line itself; what the line may still get this month, these not taken off."""
    if account.state is InternetState.SUSPENDED:
        raise AccountSuspended
    if bonuses < LEAST:
        raise TooFewBonuses(least=LEAST.kopiykas // 100)
    today = select(BonusTransfer.id).where(
        BonusTransfer.line_id == line.id,
        BonusTransfer.day == kyiv_date(at),
        BonusTransfer.state != BonusState.RETURNED,
    )
    if (await session.exec(today)).first() is not None:
        raise BonusesOnceADay
    left = await month_left(session, line.id or 0, at=at)
    if bonuses > left:
        raise BonusMonthFull(left=left.kopiykas // 100, most=MONTH_MOST.kopiykas // 100)
    there = pot.balance if pot is not None else Money.ZERO
    if bonuses > there:
        raise NotEnoughBonuses(there=max(there, Money.ZERO).kopiykas // 100)
    return left


async def _own(session: AsyncSession, actor: Actor, key: HoldingKey) -> HeldAccount:
    if key.kind is not HoldingKind.INTERNET:
        raise NotFound
    held = await held_account(session, actor, key.id)
    if held.holding.role is not HoldingRole.OWNER:
        raise OnlyOwnersBonuses
    return held


async def _taker(session: AsyncSession, typed: str, *, hold: bool = False) -> Line:
    """The line of a number in any usual writing, if it may have bonuses (I3). Raises NotANumber for what is none."""
    msisdn = Msisdn.parse(typed)
    query = select(Line).where(Line.msisdn == msisdn)
    if hold:
        # Held until the transaction ends: a number gets bonuses once a day, whoever gives at this moment.
        query = query.with_for_update().execution_options(populate_existing=True)
    line = (await session.exec(query)).first()
    if line is None or not line.state.is_a_customers:
        raise NoSuchNumber(typed=typed.strip())
    if line.payment is Billing.CONTRACT and line.owner_id is not None:
        owner = await session.get(Owner, line.owner_id)
        if owner is not None and owner.kind is OwnerKind.LEGAL:
            raise CompanyTakesNoBonuses
    if line.tariff_id is not None:
        tariff = await session.get(Tariff, line.tariff_id)
        if tariff is not None and tariff.excludes_bonuses:
            raise TariffTakesNoBonuses
    return line


async def _pot(session: AsyncSession, account_id: int) -> LedgerAccount | None:
    theirs = (LedgerAccount.internet_account_id == account_id, LedgerAccount.unit == Unit.BONUS)
    return (await session.exec(select(LedgerAccount).where(*theirs))).first()


def _key(actor: Actor, form: str) -> str:
    return f"{actor.profile_id}:{form}"
