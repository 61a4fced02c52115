"""Lines with money on them."""

from collections.abc import Awaitable, Callable

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.ledger.models import LedgerAccount, OperationKind, Unit
from mykyivstar.domain.ledger.service import Leg, SystemAccount, account_for, post, system_account
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

MakeAccount = Callable[..., Awaitable[LedgerAccount]]


@pytest.fixture
def account(clock: FixedClock) -> MakeAccount:
    """Open the account of a new line: `await account(session, Money.uah(50))`."""
    made = 0

    async def make(
        session: AsyncSession, balance: Money = Money.ZERO, *, unit: Unit = Unit.UAH, floor: Money | None = Money.ZERO
    ) -> LedgerAccount:
        nonlocal made
        made += 1
        line = Line(msisdn=Msisdn(f"38067600{made:04d}"))
        session.add(line)
        await session.flush()
        opened = await account_for(session, line_id=line.id, unit=unit, floor=floor)
        if balance:
            opening = await system_account(session, SystemAccount.OPENING, unit)
            legs = [Leg(opened.id, balance, {"rule": "opening"}), Leg(opening.id, -balance)]
            await post(session, key=f"open:{made}", kind=OperationKind.OPENING_BALANCE, at=clock.now(), legs=legs)
        return opened

    return make
