"""Posting: the only way in which balances change."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.calls import run_in
from mykyivstar.db.database import changed
from mykyivstar.domain.ledger.accounts import Holder, SystemAccount, account_for, accounts_for, system_account
from mykyivstar.domain.ledger.deciding import KEY_RACE, Bound, Question
from mykyivstar.domain.ledger.errors import OperationMismatch
from mykyivstar.domain.ledger.models import LedgerAccount, OperationKind
from mykyivstar.domain.ledger.postings import Leg, Posted, Posting
from mykyivstar.kit.money import Money

__all__ = [
    "Holder",
    "Leg",
    "Posted",
    "Posting",
    "SystemAccount",
    "account_for",
    "accounts_for",
    "locked",
    "post",
    "post_many",
    "system_account",
]


async def post(
    session: AsyncSession,
    *,
    key: str,
    kind: OperationKind,
    at: datetime,
    legs: Sequence[Leg],
    respect_floors: bool = True,
) -> Posted:
    """Move money once (O1, I1): the legs sum to zero in each unit, all of them are posted or none.

    The same key with the same moves returns the old operation and posts nothing. A customer's own act respects
    the floors of the accounts; the operator's (a fee, usage, a correction) does not. Who has nothing else to write in
    the same transaction posts by `till.Till`, which commits for many at once.
    Raises NotEnoughMoney, OperationMismatch, both before anything is written; UnbalancedLegs is our mistake.
    """
    posted = await post_many(session, [Posting(key, kind, at, legs)], respect_floors=respect_floors)
    return posted[0]


async def post_many(
    session: AsyncSession, postings: Sequence[Posting], *, respect_floors: bool = True
) -> Sequence[Posted]:
    """Post several operations, in this order, in one round trip however many they are; see `post`.

    One refusal refuses them all.
    """
    if not postings:
        return []
    for posting in postings:
        posting.demand_sense()
    # Accounts and whatever else the session holds back go before what refers to them.
    await session.flush()
    question = Question(
        [Bound(posting, respect_floors and not posting.is_operators) for posting in postings], together=True
    )
    try:
        answer = question.answer(await run_in(session, question.call))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == KEY_RACE:
            raise OperationMismatch from error
        raise
    posted = [result for result in answer.results if isinstance(result, Posted)]
    if len(posted) < len(postings):
        raise next(result for result in answer.results if not isinstance(result, Posted))
    _refresh(session, answer.balances)
    changed(session, *answer.changed)
    return posted


async def locked(session: AsyncSession, account_ids: Iterable[int]) -> dict[int, LedgerAccount]:
    """The accounts as they are now, held until the transaction ends; in the order of their ids, against deadlocks."""
    query = select(LedgerAccount).where(col(LedgerAccount.id).in_(sorted(account_ids))).order_by(col(LedgerAccount.id))
    locked = await session.exec(query.with_for_update().execution_options(populate_existing=True))
    return {account.id: account for account in locked if account.id is not None}


def _refresh(session: AsyncSession, balances: Mapping[int, Money]) -> None:
    """Accounts that the session holds show what they have now."""
    for account_id, balance in balances.items():
        key = identity_key(LedgerAccount, account_id)
        if (account := session.sync_session.identity_map.get(key)) is not None:
            set_committed_value(account, "balance", balance)
