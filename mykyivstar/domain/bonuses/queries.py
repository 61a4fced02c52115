"""What the page of bonuses shows: what is there, what comes, what was given, and what ends when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.bonuses.models import BonusState, BonusTransfer
from mykyivstar.domain.bonuses.rules import ACCRUAL_DAY, earned
from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.history import active_days
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.lines.models import HoldingRole, Line
from mykyivstar.domain.lines.queries import HeldAccount, HeldLine, held_account, holdings
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

EVENTS_MAX = 24


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the bonuses of an account. `month` for what was earned, the rest for what was given.

    The number is whole for whoever gave, masked for others who hold the account.
    """

    at: datetime
    amount: Money
    month: str = ""
    number: str = ""
    state: BonusState | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """Bonuses at a number of the actor's own; `state` ON_THE_WAY: not there yet."""

    number: str
    nickname: str
    amount: Money
    left: Money
    state: BonusState
    arrives_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Bonuses:
    """One internet account. `expected`: what the next fourth brings if it works on; None when no fee was paid yet."""

    account: InternetAccount
    is_owner: bool
    there: Money
    expected: Money | None
    expected_on: date
    events: Sequence[Event]

    @property
    def is_suspended(self) -> bool:
        return self.account.state is InternetState.SUSPENDED


async def bonuses_of(session: AsyncSession, actor: Actor, account_id: int, *, at: datetime) -> Bonuses:
    """The bonuses of an account of the actor's own. Raises NotFound."""
    held = await held_account(session, actor, account_id)
    pots = await session.exec(select(LedgerAccount).where(LedgerAccount.internet_account_id == account_id))
    by_unit = {pot.unit: pot for pot in pots.all()}
    month = Month.of(at)
    pot, money = by_unit.get(Unit.BONUS), by_unit.get(Unit.UAH)
    return Bonuses(
        account=held.account,
        is_owner=held.holding.role is HoldingRole.OWNER,
        there=pot.balance if pot is not None else Money.ZERO,
        expected=await _expected(session, held, money, month),
        expected_on=month.shifted(1).first_day.replace(day=ACCRUAL_DAY),
        events=await _events(session, actor, held, pot),
    )


async def arrived_at_own(session: AsyncSession, actor: Actor, *, at: datetime) -> Sequence[Arrived]:
    """What is at the actor's own numbers, or on its way there; the soonest to end first. Not where they only pay."""
    lines = {
        held.key.id: held
        for held in await holdings(session, actor)
        if isinstance(held, HeldLine) and held.holding.role.sees_usage
    }
    query = select(BonusTransfer).where(
        col(BonusTransfer.line_id).in_(lines),
        col(BonusTransfer.state).in_([BonusState.ON_THE_WAY, BonusState.ARRIVED]),
    )
    found = await session.exec(query.order_by(col(BonusTransfer.expires_at), col(BonusTransfer.id)))
    return [
        Arrived(
            number=lines[given.line_id].line.msisdn.digits,
            nickname=lines[given.line_id].holding.nickname,
            amount=given.amount,
            left=given.left,
            state=given.state,
            arrives_at=given.arrives_at,
            expires_at=given.expires_at,
        )
        for given in found.all()
        if given.expires_at is None or given.expires_at > at
    ]


async def _expected(
    session: AsyncSession, held: HeldAccount, money: LedgerAccount | None, month: Month
) -> Money | None:
    """I1 of the running month as if nothing changed until its end."""
    if money is None or held.account.tariff_id is None:
        return None
    taken = select(Entry).where(
        Entry.account_id == money.id,
        Entry.kind == OperationKind.TARIFF_FEE,
        col(Entry.at) >= month.period.start,
        Entry.amount < Money.ZERO,
    )
    fees = (await session.exec(taken)).all()
    if not fees:
        return None
    fee = max(int(entry.explanation.get("fee", -entry.amount.kopiykas)) for entry in fees)
    tariff = await session.get_one(Tariff, held.account.tariff_id)
    account_id = held.key.id
    days = (await active_days(session, month, [account_id]))[account_id]
    return earned(Money(fee), tariff.fee_period, days, month)


async def _events(session: AsyncSession, actor: Actor, held: HeldAccount, pot: LedgerAccount | None) -> Sequence[Event]:
    """The newest first; not for who only pays (B4)."""
    if pot is None or not held.holding.role.sees_usage:
        return []
    came = select(Entry).where(Entry.account_id == pot.id, Entry.kind == OperationKind.BONUS_ACCRUAL)
    accruals = (await session.exec(came.order_by(col(Entry.at).desc(), col(Entry.id).desc()).limit(EVENTS_MAX))).all()
    given = (
        select(BonusTransfer, Line)
        .join(Line, col(Line.id) == BonusTransfer.line_id)
        .where(BonusTransfer.internet_account_id == held.account.id)
        .order_by(col(BonusTransfer.id).desc())
        .limit(EVENTS_MAX)
    )
    events = [Event(entry.at, entry.amount, month=str(entry.explanation.get("period", ""))) for entry in accruals]
    for transfer, line in (await session.exec(given)).all():
        number = line.msisdn.digits if transfer.profile_id == actor.profile_id else line.msisdn.masked
        events.append(Event(transfer.asked_at, -transfer.amount, number=number, state=transfer.state))
    return sorted(events, key=lambda event: event.at, reverse=True)[:EVENTS_MAX]
