"""Bonuses arrive at the number, or come back when it can have none any more; after twenty days they end (I2, I4)."""

from datetime import datetime
from typing import Final

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import UnitOfWork, changed
from mykyivstar.domain.billing.tallies import Count, Tally
from mykyivstar.domain.bonuses import notices
from mykyivstar.domain.bonuses.models import BonusState, BonusTransfer
from mykyivstar.domain.bonuses.rules import expires_at
from mykyivstar.domain.ledger.accounts import Holder, SystemAccount, accounts_for, system_account
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.service import Leg, Posting, post_many
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.money import Money

_AT_ONCE: Final = 200
#: In a tally: what was written off.
WRITTEN_OFF: Final = "bonuses written off"


async def arrive(session: AsyncSession, transfer_id: int, *, at: datetime) -> None:
    """Credit the number, once, and tell it. A line that has ended meanwhile gets nothing: they go back."""
    given = await session.get_one(BonusTransfer, transfer_id)
    line = await _held(session, given.line_id)
    await session.refresh(given)
    if given.state is not BonusState.ON_THE_WAY:
        return
    takes = line.state.is_a_customers
    to = Holder(line_id=line.id, unit=Unit.BONUS)
    if not takes:
        to = Holder(internet_account_id=given.internet_account_id, unit=Unit.BONUS)
    pot = (await accounts_for(session, [to]))[0]
    operators = await system_account(session, SystemAccount.BONUSES, Unit.BONUS)
    why = {"rule": "bonus_transfer", "bonus_transfer": given.id}
    legs = [Leg(operators.id or 0, -given.amount, why), Leg(pot.id or 0, given.amount, why)]
    key = f"bonus-transfer:{given.id}:{'arrive' if takes else 'return'}"
    await post_many(session, [Posting(key, OperationKind.TRANSFER, at, legs, is_operators=True)])
    if takes:
        given.state, given.left = BonusState.ARRIVED, given.amount
        given.arrived_at, given.expires_at = at, expires_at(at)
        await notices.tell_arrived(session, given, line, at=at)
    else:
        given.state, given.ended_at = BonusState.RETURNED, at
    session.add(given)
    changed(session, Subject(Topic.INTERNET, given.internet_account_id), Subject(Topic.LINE, given.line_id))


async def write_off(unit_of_work: UnitOfWork, *, at: datetime) -> Tally:
    """End everything whose twenty days are over, in small transactions; what was lost."""
    tally = Tally()
    while True:
        async with unit_of_work() as session:
            ended = await write_off_some(session, at=at)
        if not ended.counts:
            return tally
        tally += ended


async def due_to_end(session: AsyncSession, *, at: datetime) -> Tally:
    """What `write_off` would end now."""
    over = (BonusTransfer.state == BonusState.ARRIVED, col(BonusTransfer.expires_at) <= at)
    query = select(func.count(), func.sum(col(BonusTransfer.left))).where(*over)
    count, lost = (await session.exec(query)).one()
    return Tally.of(WRITTEN_OFF, Count(count, lost or Money.ZERO))


async def write_off_some(session: AsyncSession, *, at: datetime, most: int = _AT_ONCE) -> Tally:
    """End the oldest of them; empty when there is none."""
    over = (BonusTransfer.state == BonusState.ARRIVED, col(BonusTransfer.expires_at) <= at)
    lines = select(BonusTransfer.line_id).where(*over).order_by(col(BonusTransfer.expires_at)).limit(most)
    ids = sorted(set(await session.exec(lines)))
    if not ids:
        return Tally()
    # Lines before their bonuses, as whoever prices their usage at this moment.
    holding = select(col(Line.id)).where(col(Line.id).in_(ids)).order_by(col(Line.id)).with_for_update()
    await session.exec(holding)
    theirs = select(BonusTransfer).where(*over, col(BonusTransfer.line_id).in_(ids)).order_by(col(BonusTransfer.id))
    lots = (await session.exec(theirs.execution_options(populate_existing=True))).all()
    operators = await system_account(session, SystemAccount.BONUSES, Unit.BONUS)
    pots = await accounts_for(session, [Holder(line_id=lot.line_id, unit=Unit.BONUS) for lot in lots])
    postings = []
    for lot, pot in zip(lots, pots, strict=True):
        why = {"rule": "bonus_expired", "bonus_transfer": lot.id}
        if lot.left:
            legs = [Leg(pot.id or 0, -lot.left, why), Leg(operators.id or 0, lot.left, why)]
            key = f"bonus-transfer:{lot.id}:end"
            postings.append(Posting(key, OperationKind.ADJUSTMENT, at, legs, is_operators=True))
        lot.state, lot.lost, lot.left, lot.ended_at = BonusState.ENDED, lot.left, Money.ZERO, at
        session.add(lot)
        changed(session, Subject(Topic.LINE, lot.line_id))
    await post_many(session, postings)
    lost = sum((lot.lost for lot in lots), Money.ZERO)
    return Tally({WRITTEN_OFF: Count(len(lots), lost)} if lots else {})


async def _held(session: AsyncSession, line_id: int) -> Line:
    query = select(Line).where(col(Line.id) == line_id).with_for_update()
    return (await session.exec(query.execution_options(populate_existing=True))).one()
