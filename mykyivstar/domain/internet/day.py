"""What a new Kyiv day brings to home internet before its fees are taken: holidays end and begin, tariffs change."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.internet import suspending, tariff_changes
from mykyivstar.domain.internet.models import (
    Cause,
    InternetAccount,
    InternetState,
    OrderState,
    Suspension,
    TariffChange,
)
from mykyivstar.domain.internet.states import Held, hold
from mykyivstar.domain.ledger.accounts import SystemAccount, system_account
from mykyivstar.kit.clock import kyiv_date

_AT_ONCE = 200
_Step = Callable[[AsyncSession, Held, int, datetime], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Morning:
    """What was done: how many accounts each."""

    resumed: int = 0
    suspended: int = 0
    tariffs_changed: int = 0


async def start_of_day(unit_of_work: UnitOfWork, *, at: datetime) -> Morning:
    """Do everything that is due; again and by several at once it does nothing twice.

    One transaction for each account. The charging run calls it first, so that nothing is taken of who is on holiday.
    """
    today = kyiv_date(at)
    over = select(col(InternetAccount.id)).where(
        col(InternetAccount.state) == InternetState.SUSPENDED, col(InternetAccount.suspended_until) <= at
    )
    begins = select(col(Suspension.internet_account_id)).where(
        col(Suspension.state) == OrderState.ORDERED, col(Suspension.first_day) <= today
    )
    changes = (
        select(col(TariffChange.internet_account_id))
        .join(InternetAccount, col(InternetAccount.id) == col(TariffChange.internet_account_id))
        .where(
            col(TariffChange.state) == OrderState.ORDERED,
            col(TariffChange.from_day) <= today,
            # Of a suspended account the old tariff is settled first, when it comes back.
            col(InternetAccount.state) != InternetState.SUSPENDED,
        )
    )
    return Morning(
        resumed=await _each(unit_of_work, over, col(InternetAccount.id), _resume, at),
        suspended=await _each(unit_of_work, begins, col(Suspension.internet_account_id), _suspend, at),
        tariffs_changed=await _each(unit_of_work, changes, col(TariffChange.internet_account_id), _change, at),
    )


async def _each(unit_of_work: UnitOfWork, query: Any, by: Any, step: _Step, at: datetime) -> int:
    done, last = 0, 0
    while True:
        async with unit_of_work() as session:
            page = query.where(by > last).order_by(by).limit(_AT_ONCE)
            found: Sequence[int] = [row[0] for row in await session.execute(page)]
        for account_id in dict.fromkeys(found):
            async with unit_of_work() as session:
                operators = (await system_account(session, SystemAccount.FEES)).id or 0
                held = (await hold(session, [account_id], pots_too=[operators])).get(account_id)
                done += held is not None and await step(session, held, operators, at)
        if len(found) < _AT_ONCE:
            return done
        last = found[-1]


async def _resume(session: AsyncSession, held: Held, operators: int, at: datetime) -> bool:
    account = held.account
    is_over = account.suspended_until is not None and account.suspended_until <= at
    if account.state is not InternetState.SUSPENDED or not is_over:
        return False
    suspension = await suspending.running(session, held.id)
    await suspending.come_back(session, held, suspension, operators, cause=Cause.SUSPENSION_ENDED, at=at)
    return True


async def _suspend(session: AsyncSession, held: Held, _operators: int, at: datetime) -> bool:
    due = (
        select(Suspension)
        .where(
            col(Suspension.internet_account_id) == held.id,
            col(Suspension.state) == OrderState.ORDERED,
            col(Suspension.first_day) <= kyiv_date(at),
        )
        .order_by(col(Suspension.first_day))
        .execution_options(populate_existing=True)
    )
    begun = False
    for suspension in (await session.exec(due)).all():
        begun = await suspending.begin(session, held, suspension, at=at) or begun
    return begun


async def _change(session: AsyncSession, held: Held, _operators: int, at: datetime) -> bool:
    if held.account.state is InternetState.SUSPENDED:
        return False
    return await tariff_changes.apply_due(session, held.account, kyiv_date(at), at=at)
