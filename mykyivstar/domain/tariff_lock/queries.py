"""How much of each balance stands aside for the tariff: told by the books, whoever posts to them.

What stands aside is the most that the account has held since the last tariff fee, up to the next one. So money that
comes in fills it first, only the fee takes from it, and usage, which has happened and is charged in any case, leaves it
alone: what the rest of the balance did not cover is a debt beside it. Where the operator takes its own back (a promised
payment, a payment that proves not to have come in), no more stands aside afterwards than is there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.lines.models import Billing, Line, LineState
from mykyivstar.domain.lines.queries import IDS_AT_ONCE
from mykyivstar.domain.tariff_lock.errors import TariffMoneyLocked
from mykyivstar.domain.tariff_lock.models import TariffLock
from mykyivstar.kit.money import Money

# After a debit of one of these kinds the count begins anew, with what is there then.
_BEGINS_ANEW: Final = (
    OperationKind.TARIFF_FEE,
    OperationKind.PROMISE_REPAYMENT,
    OperationKind.REFUND,
    OperationKind.REVERSAL,
    OperationKind.ADJUSTMENT,
)
# Entries may be posted later than the moment they are of; this much later at most.
_POSTED_LATE: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TariffMoney:
    """What a line sets aside: `locked` of the `fee`, and `free`, which is below zero when usage went beyond it."""

    fee: Money
    locked: Money
    free: Money

    @property
    def is_complete(self) -> bool:
        return self.locked >= self.fee


async def locked(session: AsyncSession, line_ids: Iterable[int], at: datetime) -> dict[int, Money]:
    """How much of each line's balance is there for nothing but its tariff's fee; zero for lines without a lock.

    The fee itself may be taken as soon as either the balance or what is locked reaches it; anything else that can be
    refused only from the rest of the balance. Locks that are younger than `at` do not count. Whoever is about to
    take money holds the account, so that nothing moves meanwhile.
    """
    wanted = sorted(set(line_ids))
    found = dict.fromkeys(wanted, Money.ZERO)
    for start in range(0, len(wanted), IDS_AT_ONCE):
        known = await _known(session, wanted[start : start + IDS_AT_ONCE], at)
        found |= {line_id: money.locked for line_id, money in known.items()}
    return found


async def tariff_money(session: AsyncSession, line_id: int, at: datetime) -> TariffMoney | None:
    """How one line stands; None when it sets nothing aside."""
    return (await _known(session, [line_id], at)).get(line_id)


async def demand_free(session: AsyncSession, line_id: int, amount: Money, *, balance: Money, at: datetime) -> None:
    """Raise TariffMoneyLocked when spending so much of this balance would touch what is set aside for the tariff.

    For whatever a person may wish for; the account is held. What the balance does not cover is not refused here.
    """
    aside = (await locked(session, [line_id], at))[line_id]
    demand_untouched(aside, amount, balance=balance)


def demand_untouched(aside: Money, amount: Money, *, balance: Money) -> None:
    """The same, for who knows already what is set aside. Raises TariffMoneyLocked."""
    if balance - aside < amount <= balance:
        raise TariffMoneyLocked(locked=aside, free=max(balance - aside, Money.ZERO))


async def _known(session: AsyncSession, line_ids: Sequence[int], at: datetime) -> Mapping[int, TariffMoney]:
    mine = and_(
        col(TariffLock.line_id).in_(line_ids),
        col(TariffLock.since) <= at,
        col(Line.payment) == Billing.PREPAID,
        col(Line.state) != LineState.INACTIVE,
        col(Line.next_charge_at).is_not(None),
    )
    query = (
        select(TariffLock, LedgerAccount, col(Tariff.fee))
        .join(Line, col(Line.id) == TariffLock.line_id)
        .join(Tariff, col(Tariff.id) == Line.tariff_id)
        .join(LedgerAccount, and_(col(LedgerAccount.line_id) == col(Line.id), col(LedgerAccount.unit) == Unit.UAH))
        .where(mine)
        .execution_options(populate_existing=True)
    )
    rows = (await session.exec(query)).all()
    if not rows:
        return {}
    peaks = await _peaks(session, [lock.line_id for lock, _, _ in rows])
    return {lock.line_id: _standing(lock, account, fee, peaks.get(lock.line_id)) for lock, account, fee in rows}


def _standing(lock: TariffLock, account: LedgerAccount, fee: Money, peak: "_Peak | None") -> TariffMoney:
    held = [Money.ZERO]
    if peak is None or not peak.begins_anew:
        held.append(lock.began)
    if peak is not None:
        held.append(peak.balance)
    aside = min(fee, max(held))
    return TariffMoney(fee, aside, account.balance - aside)


@dataclass(frozen=True, slots=True)
class _Peak:
    balance: Money
    begins_anew: bool


async def _peaks(session: AsyncSession, line_ids: Sequence[int]) -> Mapping[int, _Peak]:
    """The most that each account has held since its count began anew, or since its lock."""
    of_locked: Any = and_(
        col(LedgerAccount.line_id).in_(line_ids),
        col(LedgerAccount.unit) == Unit.UAH,
        col(Entry.id) > TariffLock.after_entry,
        col(Entry.at) >= await _earliest(session, line_ids),
    )
    anew = (
        select(Entry.account_id, func.max(col(Entry.id)).label("entry_id"))
        .join(LedgerAccount, col(LedgerAccount.id) == Entry.account_id)
        .join(TariffLock, col(TariffLock.line_id) == LedgerAccount.line_id)
        .where(of_locked, col(Entry.kind).in_(_BEGINS_ANEW), Entry.amount < Money.ZERO)
        .group_by(col(Entry.account_id))
        .subquery()
    )
    query = (
        select(TariffLock.line_id, func.max(col(Entry.balance_after)), func.max(anew.c.entry_id))
        .select_from(Entry)
        .join(LedgerAccount, col(LedgerAccount.id) == Entry.account_id)
        .join(TariffLock, col(TariffLock.line_id) == LedgerAccount.line_id)
        .outerjoin(anew, anew.c.account_id == Entry.account_id)
        .where(of_locked, col(Entry.id) >= func.coalesce(anew.c.entry_id, 0))
        .group_by(col(TariffLock.line_id))
    )
    rows = (await session.exec(query)).all()
    return {line_id: _Peak(balance, entry_id is not None) for line_id, balance, entry_id in rows}


async def _earliest(session: AsyncSession, line_ids: Sequence[int]) -> datetime:
    """From when on the books are looked through: the index of entries goes by their time."""
    since = select(func.min(col(TariffLock.since))).where(col(TariffLock.line_id).in_(line_ids))
    return (await session.exec(since)).one() - _POSTED_LATE
