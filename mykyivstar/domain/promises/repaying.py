"""Taking a promised payment back: from the next money in, and what is left at the end of the last day (N2)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.internet.states import switch_off_below
from mykyivstar.domain.ledger.accounts import Holder, SystemAccount, accounts_for, system_account
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.postings import Leg, Posting
from mykyivstar.domain.ledger.service import post_many
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.promises import notices
from mykyivstar.domain.promises.models import Promise, PromiseState
from mykyivstar.kit.money import Money

_VAT = Fraction(20, 100)


async def repayments_from(
    session: AsyncSession, came: Mapping[HoldingKey, Money], *, payment_id: int, at: datetime
) -> Sequence[Posting]:
    """What of this money, which a payment brings to these accounts, goes back to the operator at once.

    Never more than came, so no balance gets smaller by it. To be posted together with the payment's own entries,
    after them: promises are held first and the accounts then, everywhere, so that nobody waits in a circle.
    """
    postings = []
    for promise in await _open(session, came):
        back = min(promise.owed, came[promise.key])
        key = f"promise:{promise.id}:payment:{payment_id}"
        postings.append(await _take(session, promise, back, key=key, why={"from_payment_id": payment_id}, at=at))
    return postings


async def collect(session: AsyncSession, promise_id: int, *, at: datetime) -> bool:
    """Take what is still owed after the last day, below the floor of the account if need be; False: nothing is."""
    query = select(Promise).where(col(Promise.id) == promise_id).with_for_update()
    promise = (await session.exec(query.execution_options(populate_existing=True))).first()
    if promise is None or promise.state is not PromiseState.OPEN or promise.due_at > at:
        return False
    posting = await _take(session, promise, promise.owed, key=f"promise:{promise.id}:due", why={}, at=at)
    await post_many(session, [posting])
    if promise.internet_account_id is not None:
        await switch_off_below(session, at=at, only=[promise.internet_account_id])
    return True


async def _open(session: AsyncSession, came: Mapping[HoldingKey, Money]) -> Sequence[Promise]:
    lines = [key.id for key in came if key.kind is HoldingKind.LINE]
    accounts = [key.id for key in came if key.kind is HoldingKind.INTERNET]
    theirs = or_(col(Promise.line_id).in_(lines), col(Promise.internet_account_id).in_(accounts))
    query = select(Promise).where(theirs, col(Promise.state) == PromiseState.OPEN).order_by(col(Promise.id))
    return (await session.exec(query.with_for_update().execution_options(populate_existing=True))).all()


async def _take(
    session: AsyncSession, promise: Promise, back: Money, *, key: str, why: Mapping[str, Any], at: datetime
) -> Posting:
    """Note that so much comes back, what was lent first and the price last; the operation that moves it."""
    lent = min(back, max(promise.amount - promise.taken, Money.ZERO))
    legs = await _legs(session, promise, lent, back - lent, why)
    promise.taken += back
    if not promise.owed:
        promise.state, promise.repaid_at = PromiseState.REPAID, at
    session.add(promise)
    await session.flush()
    await notices.taken_back(session, promise, back, at=at)
    changed(session, Subject(Topic.PROFILE, promise.profile_id))
    return Posting(key, OperationKind.PROMISE_REPAYMENT, at, legs, is_operators=True)


async def _legs(
    session: AsyncSession, promise: Promise, lent: Money, price: Money, why: Mapping[str, Any]
) -> Sequence[Leg]:
    key = promise.key
    holder = Holder(line_id=key.id) if key.kind is HoldingKind.LINE else Holder(internet_account_id=key.id)
    account = (await accounts_for(session, [holder]))[0]
    promises = await system_account(session, SystemAccount.PROMISES)
    fees = await system_account(session, SystemAccount.FEES)
    about = {"promise_id": promise.id, "payment_id": promise.payment_id, **why}
    about["given_at"] = promise.given_at.isoformat()
    moves = (
        (lent, promises, {"rule": "promise.repayment", **about}, ""),
        # Lent money that goes back is no expense, its price is.
        (price, fees, {"rule": "promise.price", **about, **_taxes(price)}, OperationKind.SERVICE_FEE.value),
    )
    legs = []
    for amount, other, explanation, counts_as in moves:
        if amount:
            legs.append(Leg(account.id or 0, -amount, explanation, counts_as))
            legs.append(Leg(other.id or 0, amount, explanation, counts_as))
    return legs


def _taxes(gross: Money) -> Mapping[str, int]:
    """Net and VAT in kopiykas, which sum to the gross exactly (O1)."""
    net = gross.times(1 / (1 + _VAT))
    return {"net": net.kopiykas, "vat": (gross - net).kopiykas}
