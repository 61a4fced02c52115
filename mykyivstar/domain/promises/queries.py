"""The promised payments of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line
from mykyivstar.domain.payments.models import Payment
from mykyivstar.domain.promises.models import Promise, PromiseState
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money

SHOWN_MAX = 24


@dataclass(frozen=True, slots=True)
class PromiseView:
    """One promised payment of an account that the actor owns; `code` opens its payment where they took it."""

    id: int
    key: HoldingKey
    number: str
    code: str
    amount: Money
    price: Money
    owed: Money
    is_open: bool
    given_on: date
    last_day: date


async def own(session: AsyncSession, actor: Actor, *, only_open: bool = False) -> Sequence[PromiseView]:
    """What was promised to the lines and accounts the actor owns, the newest first; at most SHOWN_MAX."""
    is_mine = (Holding.profile_id == actor.profile_id, Holding.role == HoldingRole.OWNER)
    lines = select(col(Holding.line_id)).where(*is_mine, col(Holding.line_id).is_not(None))
    accounts = select(col(Holding.internet_account_id)).where(*is_mine, col(Holding.internet_account_id).is_not(None))
    query = (
        select(Promise, Payment, col(Line.msisdn), col(InternetAccount.number))
        .join(Payment, col(Payment.id) == col(Promise.payment_id))
        .outerjoin(Line, col(Line.id) == col(Promise.line_id))
        .outerjoin(InternetAccount, col(InternetAccount.id) == col(Promise.internet_account_id))
        .where(col(Promise.line_id).in_(lines) | col(Promise.internet_account_id).in_(accounts))
    )
    if only_open:
        query = query.where(Promise.state == PromiseState.OPEN)
    rows = await session.exec(query.order_by(col(Promise.id).desc()).limit(SHOWN_MAX))
    return [_view(promise, payment, str(msisdn or number), actor) for promise, payment, msisdn, number in rows]


def _view(promise: Promise, payment: Payment, number: str, actor: Actor) -> PromiseView:
    return PromiseView(
        id=promise.id or 0,
        key=promise.key,
        number=number,
        code=payment.code if payment.profile_id == actor.profile_id else "",
        amount=promise.amount,
        price=promise.price,
        owed=promise.owed,
        is_open=promise.state is PromiseState.OPEN,
        given_on=kyiv_date(promise.given_at),
        last_day=promise.last_day,
    )
