"""The state machine of home internet: active, off for debt, suspended (H1).

Nothing else writes `InternetAccount.state` of an account that is known. Order of locks, everywhere: ledger accounts
first, internet accounts then, each in the order of their ids.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.statements import table_of
from mykyivstar.domain.internet import notices
from mykyivstar.domain.internet.history import turn_over
from mykyivstar.domain.internet.models import Cause, InternetAccount, InternetState, OrderState, Suspension
from mykyivstar.domain.ledger.accounts import Holder, accounts_for
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.domain.ledger.service import locked
from mykyivstar.kit.money import Money

BATCH: Final = 1_000
_account, _pot = table_of(InternetAccount), table_of(LedgerAccount)


@dataclass(frozen=True, slots=True)
class Held:
    """An account and its money, as they are now and stay until the transaction ends."""

    account: InternetAccount
    pot: LedgerAccount

    @property
    def id(self) -> int:
        assert self.account.id is not None
        return self.account.id


async def hold(
    session: AsyncSession, account_ids: Iterable[int], *, pots_too: Iterable[int] = ()
) -> Mapping[int, Held]:
    """The accounts with their money, held until the transaction ends; those that are gone are missing.

    `pots_too` are other ledger accounts that are to be posted to afterwards, held in the same order.
    """
    ids = sorted(set(account_ids))
    pots = await accounts_for(session, [Holder(internet_account_id=account_id) for account_id in ids])
    now = await locked(session, {*(pot.id or 0 for pot in pots), *pots_too})
    query = select(InternetAccount).where(col(InternetAccount.id).in_(ids)).order_by(col(InternetAccount.id))
    held = await session.execute(query.with_for_update(key_share=True).execution_options(populate_existing=True))
    by_account = {pot.internet_account_id: pot for pot in now.values()}
    return {account.id: Held(account, by_account[account.id]) for account in held.scalars() if account.id is not None}


async def switch(
    session: AsyncSession,
    account: InternetAccount,
    state: InternetState,
    *,
    cause: Cause,
    at: datetime,
    until: datetime | None = None,
    missing: Money | None = None,
) -> bool:
    """Bring a held account into this state and write its history; False: it is in it already.

    `until` is the end of a suspension, `missing` what an account that goes off lacks, where that is more than the way
    to its threshold. Its people are told by SMS; open screens are refreshed.
    """
    if account.state is state:
        return False
    assert account.id is not None
    was = account.state
    await session.flush()
    await turn_over(session, [account.id], was=was, state=state, cause=cause, at=at)
    account.state, account.suspended_until = state, until
    session.add(account)
    await session.flush()
    changed(session, Subject(Topic.INTERNET, account.id))
    await notices.tell(session, [account.id], state, cause, at=at, missing=missing)
    return True


async def switch_off_below(
    session: AsyncSession,
    *,
    at: datetime,
    only: Collection[int] | None = None,
    between: tuple[int, int] | None = None,
    most: int = BATCH,
) -> Sequence[int]:
    """Switch off every active account whose balance is below its threshold; their ids.

    Of these accounts only, or of those with ids in this range, both ends included; at most so many of them: who gets as
    many calls again, in a transaction of its own. A payment that is being credited meanwhile waits for this transaction
    and then switches on what it brought enough for (see `returning`), or was first and is seen here.
    """
    below = [_account.c.state == InternetState.ACTIVE, _balance() < _account.c.disconnect_threshold]
    if only is not None:
        below.append(_account.c.id.in_(sorted(only)))
    if between is not None:
        below.append(_account.c.id.between(*between))
    looking = select(_account.c.id).where(*below).order_by(_account.c.id).limit(most).with_for_update(key_share=True)
    found = [row.id for row in await session.execute(looking)]
    if not found:
        return []
    # Looked at again under the lock: the first look may have been older than a payment.
    still = update(_account).where(_account.c.id.in_(found), *below).values(state=InternetState.OFF_FOR_DEBT)
    off = sorted(row.id for row in await session.execute(still.returning(_account.c.id)))
    if off:
        state, cause = InternetState.OFF_FOR_DEBT, Cause.BELOW_THRESHOLD
        await turn_over(session, off, was=InternetState.ACTIVE, state=state, cause=cause, at=at)
        _forget(session, off)
        changed(session, *(Subject(Topic.INTERNET, account_id) for account_id in off))
        await notices.tell(session, off, state, cause, at=at)
    return off


async def told_by_register(
    session: AsyncSession, account: InternetAccount, *, was: InternetState, at: datetime
) -> None:
    """Write into the history what the operator's own register has just made of an account; it tells its people itself.

    A suspension that was ordered here and lasts has ended by it.
    """
    assert account.id is not None
    await turn_over(session, [account.id], was=was, state=account.state, cause=Cause.OPERATOR, at=at)
    lasts = (col(Suspension.internet_account_id) == account.id, col(Suspension.state) == OrderState.RUNNING)
    await session.execute(update(Suspension).where(*lasts).values(state=OrderState.DONE, ended_at=at))


def _balance() -> ColumnElement[Any]:
    mine = (_pot.c.internet_account_id == _account.c.id) & (_pot.c.unit == Unit.UAH)
    return select(_pot.c.balance).where(mine).correlate(_account).scalar_subquery()


def _forget(session: AsyncSession, account_ids: Sequence[int]) -> None:
    """Accounts that the session holds show their new state."""
    ids = set(account_ids)
    for each in list(session.sync_session.identity_map.values()):
        if isinstance(each, InternetAccount) and each.id in ids:
            each.state = InternetState.OFF_FOR_DEBT
