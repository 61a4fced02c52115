"""How much of each balance stands aside for the tariff: told by the books, whoever posts to them.

What stands aside is the most that the account has held since the last tariff fee, up to the next one. So money that
comes in fills it first, only the fee takes from it, and usage, which has happened and is charged in any case, leaves it
alone: what the rest of the balance did not cover is a debt beside it. The same holds for a promised payment that goes
back. Only where money proves not to have come in, no more stands aside afterwards than is there. Saving for the next
fee begins when the moment of this one is over: services that are due at the same midnight are not held up by it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Subquery, and_, func, or_
from sqlalchemy.orm import aliased
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
    ids = [lock.line_id for lock, _, _ in rows]
    earliest = min(lock.since for lock, _, _ in rows) - _POSTED_LATE
    begun = set(await session.exec(select(_begun_anew(ids, earliest).c.line_id)))
    peaks = await _peaks(session, ids, earliest, at)
    found = {}
    for lock, account, fee in rows:
        held = peaks.get(lock.line_id, Money.ZERO)
        if lock.line_id not in begun:
            held = max(held, lock.began)
        aside = min(fee, max(held, Money.ZERO))
        found[lock.line_id] = TariffMoney(fee, aside, account.balance - aside)
    return found


def _of_locked(line_ids: Sequence[int], earliest: datetime) -> ColumnElement[bool]:
    """Entries of these lines' money since each was locked; the index of entries goes by their time."""
    return and_(
        col(LedgerAccount.line_id).in_(line_ids),
        col(LedgerAccount.unit) == Unit.UAH,
        col(Entry.at) >= earliest,
        col(Entry.id) > TariffLock.after_entry,
    )


def _begun_anew(line_ids: Sequence[int], earliest: datetime) -> Subquery:
    """With which entry the count of a line began anew, and the last entry of the same moment; where it did."""
    newest = (
        select(Entry.account_id, func.max(col(Entry.id)).label("entry_id"))
        .join(LedgerAccount, col(LedgerAccount.id) == Entry.account_id)
        .join(TariffLock, col(TariffLock.line_id) == LedgerAccount.line_id)
        .where(_of_locked(line_ids, earliest), col(Entry.kind).in_(_BEGINS_ANEW), col(Entry.amount) < Money.ZERO)
        .group_by(col(Entry.account_id))
        .subquery()
    )
    first, same = aliased(Entry), aliased(Entry)
    columns: Any = (col(LedgerAccount.line_id), col(first.kind), col(first.at), func.max(col(same.id)).label("last_id"))
    query: Any = (
        select(*columns)
        .select_from(newest)
        .join(first, col(first.id) == newest.c.entry_id)
        .join(same, and_(col(same.account_id) == first.account_id, col(same.at) == first.at, col(same.id) >= first.id))
        .join(LedgerAccount, col(LedgerAccount.id) == first.account_id)
        .group_by(col(LedgerAccount.line_id), col(first.kind), col(first.at))
    )
    return cast("Subquery", query.subquery())


async def _peaks(
    session: AsyncSession, line_ids: Sequence[int], earliest: datetime, at: datetime
) -> Mapping[int | None, Money]:
    """The most that each line's account has held since its count began, as far as anything was posted since."""
    anew = _begun_anew(line_ids, earliest)
    is_over = or_(anew.c.kind != OperationKind.TARIFF_FEE, anew.c.at < at)
    counts = or_(
        anew.c.last_id.is_(None), col(Entry.id) > anew.c.last_id, and_(col(Entry.id) == anew.c.last_id, is_over)
    )
    query = (
        select(LedgerAccount.line_id, func.max(col(Entry.balance_after)))
        .join(Entry, col(Entry.account_id) == col(LedgerAccount.id))
        .join(TariffLock, col(TariffLock.line_id) == LedgerAccount.line_id)
        .outerjoin(anew, anew.c.line_id == LedgerAccount.line_id)
        .where(_of_locked(line_ids, earliest), counts)
        .group_by(col(LedgerAccount.line_id))
    )
    return dict((await session.exec(query)).all())
