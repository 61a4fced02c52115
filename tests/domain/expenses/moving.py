"""Moving money at a moment, with the reason a test cares for."""

from collections.abc import Mapping
from datetime import datetime
from itertools import count
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.accounts import SystemAccount, account_for, system_account
from mykyivstar.domain.ledger.models import Entry, OperationKind, Unit
from mykyivstar.domain.ledger.service import Leg, post
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.money import Money

_numbers = count(1)


async def move(
    session: AsyncSession,
    thing: Line | InternetAccount,
    amount: int,
    *,
    at: datetime,
    kind: OperationKind = OperationKind.USAGE,
    why: Mapping[str, Any] | None = None,
    unit: Unit = Unit.UAH,
    key: str = "",
) -> Entry:
    """Post so many kopiykas (negative: taken) to the account of this line or internet account; the entry."""
    ids = {"line_id": thing.id} if isinstance(thing, Line) else {"internet_account_id": thing.id}
    account = await account_for(session, unit=unit, floor=None, **ids)
    against = await system_account(session, SystemAccount.FEES, unit)
    legs = [Leg(account.id or 0, Money(amount), why or {}), Leg(against.id or 0, Money(-amount), why or {})]
    posted = await post(session, key=key or f"move:{next(_numbers)}", kind=kind, at=at, legs=legs, respect_floors=False)
    query = select(Entry).where(Entry.operation_id == posted.id, Entry.account_id == account.id)
    return (await session.exec(query)).one()
