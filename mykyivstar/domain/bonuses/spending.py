"""Bonuses of a line pay before its money for what they may pay for (I4); others first, then those that end soonest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.bonuses.models import BonusState, BonusTransfer
from mykyivstar.domain.bonuses.rules import PAYS_FOR
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, Unit, entries_of
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.money import Money


@dataclass(slots=True)
class Purse:
    """A line's bonuses while its usage is priced; the line is held. `account_id` is theirs in the books."""

    account_id: int
    # Those that came by no transfer of ours, and so have no end that we know of.
    others: Money
    lots: Sequence[BonusTransfer]

    def take(self, category: UsageCategory, cost: Money, used_at: datetime) -> Money:
        """How much of this cost bonuses pay; it is taken off them."""
        if category not in PAYS_FOR or cost <= Money.ZERO:
            return Money.ZERO
        from_others = min(cost, self.others)
        self.others -= from_others
        rest = cost - from_others
        for lot in self.lots:
            if _lives(lot, used_at):
                taken = min(rest, lot.left)
                lot.left -= taken
                rest -= taken
        return cost - rest

    def give_back(self, amount: Money, at: datetime) -> Money:
        """Return what was taken too much to those that live longest; what had come from others that ended is gone."""
        rest = amount
        for lot in reversed(self.lots):
            if lot.state is BonusState.ARRIVED and lot.expires_at is not None and at < lot.expires_at:
                back = min(rest, lot.amount - lot.left)
                lot.left += back
                rest -= back
        return amount - rest


async def purse_of(session: AsyncSession, line_id: int) -> Purse | None:
    """What a held line has; None: no bonuses have ever come."""
    theirs = (LedgerAccount.line_id == line_id, LedgerAccount.unit == Unit.BONUS)
    query = select(LedgerAccount).where(*theirs).with_for_update().execution_options(populate_existing=True)
    pot = (await session.exec(query)).first()
    if pot is None or pot.id is None:
        return None
    arrived = (BonusTransfer.line_id == line_id, BonusTransfer.state == BonusState.ARRIVED)
    ordered = select(BonusTransfer).where(*arrived).order_by(col(BonusTransfer.expires_at), col(BonusTransfer.id))
    lots = (await session.exec(ordered.execution_options(populate_existing=True))).all()
    dated = sum((lot.left for lot in lots), Money.ZERO)
    return Purse(pot.id, max(pot.balance - dated, Money.ZERO), lots)


async def paid_with_bonuses(session: AsyncSession, purse: Purse, keys: Sequence[str]) -> Money:
    """How much of what these operations charged came out of the purse, in all."""
    query = (
        select(col(Entry.amount))
        .join(Operation, entries_of(col(Operation.id)))
        .where(col(Operation.key).in_(keys), Entry.account_id == purse.account_id)
    )
    return -sum(await session.exec(query), Money.ZERO)


def _lives(lot: BonusTransfer, used_at: datetime) -> bool:
    """Whether it was there when something was used, and is there still."""
    if lot.arrived_at is None or lot.expires_at is None:
        return False
    return lot.arrived_at <= used_at < lot.expires_at
