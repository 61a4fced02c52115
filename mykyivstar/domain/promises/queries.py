"""The promised payments of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, literal_column, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.prepared import Prepared, ask
from mykyivstar.db.statements import table_of
from mykyivstar.db.types import BigId
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line
from mykyivstar.domain.payments.models import Payment
from mykyivstar.domain.promises.models import Promise, PromiseState, last_day_before
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
    [rows] = await ask(session, (_OPEN if only_open else _ALL, {"profile_id": actor.profile_id}))
    return [_view(row, actor) for row in rows]


def _view(row: Any, actor: Actor) -> PromiseView:
    is_line = row.line_id is not None
    return PromiseView(
        id=row.id,
        key=HoldingKey(HoldingKind.LINE, row.line_id)
        if is_line
        else HoldingKey(HoldingKind.INTERNET, row.internet_account_id),
        number=str(row.msisdn) if is_line else row.number,
        code=row.code if row.payer == actor.profile_id else "",
        amount=row.amount,
        price=row.price,
        owed=row.amount + row.price - row.taken,
        is_open=row.state is PromiseState.OPEN,
        given_on=kyiv_date(row.given_at),
        last_day=last_day_before(row.due_at),
    )


def _own() -> Select[Any]:
    promise, payment, line = table_of(Promise), table_of(Payment), table_of(Line)
    account, holding = table_of(InternetAccount), table_of(Holding)
    profile_id = bindparam("profile_id", type_=BigId)
    is_mine = (holding.c.profile_id == profile_id, holding.c.role == HoldingRole.OWNER)
    lines = select(holding.c.line_id).where(*is_mine, holding.c.line_id.is_not(None))
    accounts = select(holding.c.internet_account_id).where(*is_mine, holding.c.internet_account_id.is_not(None))
    joined = (
        promise.join(payment, payment.c.id == promise.c.payment_id)
        .outerjoin(line, line.c.id == promise.c.line_id)
        .outerjoin(account, account.c.id == promise.c.internet_account_id)
    )
    return (
        select(*promise.c, payment.c.code, payment.c.profile_id.label("payer"), line.c.msisdn, account.c.number)
        .select_from(joined)
        .where(promise.c.line_id.in_(lines) | promise.c.internet_account_id.in_(accounts))
        .order_by(promise.c.id.desc())
        .limit(SHOWN_MAX)
    )


# Built once, as composing them takes longer than asking.
_ALL = Prepared(_own())
# The value stands in the statement itself: where an index is partial, SQLite plans anew for each parameter.
_OPEN = Prepared(_own().where(table_of(Promise).c.state == literal_column(f"'{PromiseState.OPEN}'")))
