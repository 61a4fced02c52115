"""Taking an operation back: by its opposite, because nothing that was posted is ever changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.ledger.errors import CannotBeReversed
from mykyivstar.domain.ledger.models import Entry, Operation, OperationKind, entries_of
from mykyivstar.domain.ledger.postings import Leg, Posted, Posting
from mykyivstar.domain.ledger.service import locked, post_many


async def reverse(
    session: AsyncSession,
    *,
    key: str,
    of: int | str,
    at: datetime,
    explanation: Mapping[str, Any],
    respect_floors: bool = False,
) -> Posted:
    """Post the opposite of the operation `of`, given by its id or its key: all of it, once.

    An operation that was taken back already is not taken back again: the first reversal is returned, is_new False.
    The operator's act, so floors do not hold unless asked for. Raises NotEnoughMoney where they do, OperationMismatch
    for a key that another operation has; CannotBeReversed is our mistake: there is no such operation, or it is a
    reversal itself.
    """
    which = Operation.id == of if isinstance(of, int) else Operation.key == of
    reversed_one = (await session.exec(select(Operation).where(which))).first()
    if reversed_one is None or reversed_one.reverses_id is not None:
        raise CannotBeReversed(f"operation {of}")
    entries = (await session.exec(select(Entry).where(entries_of(reversed_one.id)).order_by(col(Entry.id)))).all()
    # Whoever takes the same back at this moment holds these or waits for them.
    await locked(session, {entry.account_id for entry in entries})
    first = (await session.exec(select(Operation).where(Operation.reverses_id == reversed_one.id))).first()
    if first is not None:
        assert first.id is not None
        return Posted(first.id, first.key, first.at, is_new=False, reverses_id=first.reverses_id)
    why = {**explanation, "reverses": reversed_one.id}
    # What came last goes first, so that an account in the middle of it does not fall below its floor on the way.
    # Each counts as what it takes back, so that it is gone from what was spent on it.
    legs = [Leg(entry.account_id, -entry.amount, why, entry.category) for entry in reversed(entries)]
    posting = Posting(key, OperationKind.REVERSAL, at, legs, reverses=reversed_one.id)
    return (await post_many(session, [posting], respect_floors=respect_floors))[0]
