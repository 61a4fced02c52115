"""Locking the tariff's money and unlocking it again (O2)."""

from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.statements import insert_into
from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.models import Entry
from mykyivstar.domain.ledger.service import account_for
from mykyivstar.domain.ledger.service import locked as held_accounts
from mykyivstar.domain.lines.models import Billing, HoldingRole, Line, LineState
from mykyivstar.domain.lines.queries import held_line
from mykyivstar.domain.tariff_lock.errors import ContractsPayAfterwards, NothingToLock, OnlyOwnersLock
from mykyivstar.domain.tariff_lock.models import TariffLock
from mykyivstar.kit.money import Money


async def lock(session: AsyncSession, actor: Actor, line_id: int, *, at: datetime) -> None:
    """From now on this line keeps its next tariff fee ready; a line that does so already goes on.

    Raises NotFound, OnlyOwnersLock, ContractsPayAfterwards, NothingToLock.
    """
    line = await _owned(session, actor, line_id)
    if line.payment is not Billing.PREPAID:
        raise ContractsPayAfterwards
    tariff = await session.get(Tariff, line.tariff_id) if line.tariff_id is not None else None
    if line.state is LineState.INACTIVE or line.next_charge_at is None or tariff is None or not tariff.fee:
        raise NothingToLock
    account = await account_for(session, line_id=line_id)
    # Nothing is spent between looking at the balance and locking it.
    account = (await held_accounts(session, [account.id or 0]))[account.id or 0]
    last = select(func.max(Entry.id)).where(Entry.account_id == account.id)
    values = {
        "line_id": line_id,
        "since": at,
        "began": max(account.balance, Money.ZERO),
        "after_entry": (await session.exec(last)).one() or 0,
        "profile_id": actor.profile_id,
    }
    await session.exec(insert_into(session, TariffLock).values(**values).on_conflict_do_nothing())
    changed(session, Subject(Topic.LINE, line_id))


async def unlock(session: AsyncSession, actor: Actor, line_id: int) -> None:
    """The balance is one whole again. Raises NotFound, OnlyOwnersLock."""
    await _owned(session, actor, line_id)
    await session.exec(delete(TariffLock).where(col(TariffLock.line_id) == line_id))
    changed(session, Subject(Topic.LINE, line_id))


async def _owned(session: AsyncSession, actor: Actor, line_id: int) -> Line:
    held = await held_line(session, actor, line_id)
    if held.holding.role is not HoldingRole.OWNER:
        raise OnlyOwnersLock
    return held.line
