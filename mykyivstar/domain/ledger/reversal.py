"""Taking something back: by its opposite, because nothing that was posted is ever changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.ledger.errors import CannotBeReversed
from mykyivstar.domain.ledger.models import IDS_OF_ONE, OPERATORS_PLACE, Entry, Operation, OperationKind, entries_of
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
    for a key that another operation has; CannotBeReversed is our mistake: there is no such operation, it is a
    reversal itself, or it is a set, whose entries are other people's: see `reverse_entry`.
    """
    which = Operation.id == of if isinstance(of, int) else Operation.key == of
    reversed_one = (await session.exec(select(Operation).where(which))).first()
    if reversed_one is None or reversed_one.reverses_id is not None:
        raise CannotBeReversed(f"operation {of}")
    if reversed_one.is_set:
        raise CannotBeReversed(f"operation {of} is of many accounts: an entry of it can be taken back")
    entries = (await session.exec(select(Entry).where(entries_of(reversed_one.id)).order_by(col(Entry.id)))).all()
    why = {**explanation, "reverses": reversed_one.id}
    # What came last goes first, so that an account in the middle of it does not fall below its floor on the way.
    # Each counts as what it takes back, so that it is gone from what was spent on it.
    legs = [Leg(entry.account_id, -entry.amount, why, entry.category) for entry in reversed(entries)]
    posting = Posting(key, OperationKind.REVERSAL, at, legs, reverses=reversed_one.id)
    return await _posted_once(session, posting, respect_floors=respect_floors)


async def reverse_entry(
    session: AsyncSession, entry: Entry, *, key: str, at: datetime, explanation: Mapping[str, Any]
) -> Posted:
    """Take a customer's entry back, once: as `reverse` with all of its operation, but alone if that is a set.

    What the operator's entry has of it goes back with it, and nobody else's. Raises OperationMismatch, and
    CannotBeReversed for the operator's own entry of a set.
    """
    operation = await session.get_one(Operation, entry.operation_id)
    if not operation.is_set:
        return await reverse(session, key=key, of=entry.operation_id, at=at, explanation=explanation)
    operators_id = entry.operation_id * IDS_OF_ONE + OPERATORS_PLACE
    if entry.id == operators_id:
        raise CannotBeReversed(f"entry {entry.id} is of many accounts")
    operators = await session.get_one(Entry, operators_id)
    why = {**explanation, "reverses": operation.id, "reverses_entry": entry.id}
    legs = [
        Leg(operators.account_id, entry.amount, why, entry.category),
        Leg(entry.account_id, -entry.amount, why, entry.category),
    ]
    posting = Posting(key, OperationKind.REVERSAL, at, legs, reverses=operation.id, reverses_entry=entry.id or 0)
    return await _posted_once(session, posting, respect_floors=False)


async def _posted_once(session: AsyncSession, posting: Posting, *, respect_floors: bool) -> Posted:
    # Whoever takes the same back at this moment holds these or waits for them.
    await locked(session, {leg.account_id for leg in posting.legs})
    same = (Operation.reverses_id == posting.reverses, Operation.reverses_entry_id == posting.reverses_entry)
    first = (await session.exec(select(Operation).where(*same))).first()
    if first is not None:
        assert first.id is not None
        return Posted(first.id, first.key, first.at, is_new=False, reverses_id=first.reverses_id)
    return (await post_many(session, [posting], respect_floors=respect_floors))[0]
