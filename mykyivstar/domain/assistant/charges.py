"""Charges that a customer asks about, among the entries of their own that their role shows (E6, B4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.expenses.accounts import key_of
from mykyivstar.domain.expenses.headings import FOR_PAYERS, categories_under
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Unit
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.lines.models import Holding, HoldingRole
from mykyivstar.kit.money import Money

#: How far back a charge is looked for.
WITHIN = timedelta(days=92)
CHARGES_MOST = 3
_SEEING = [role for role in HoldingRole if role.sees_usage]


@dataclass(frozen=True, slots=True)
class Charge:
    """An entry that took money, and from which of the customer's own."""

    entry: Entry
    key: HoldingKey


async def newest_charges(
    session: AsyncSession, actor: Actor, *, amount: Money | None, at: datetime, only: HoldingKey | None = None
) -> Sequence[Charge]:
    """The actor's newest charges of the last three months, of this sum where one is given, of `only` where it is."""
    is_theirs = or_(
        col(Holding.line_id) == col(LedgerAccount.line_id),
        col(Holding.internet_account_id) == col(LedgerAccount.internet_account_id),
    )
    query = (
        select(Entry, LedgerAccount)
        .join(LedgerAccount, col(LedgerAccount.id) == col(Entry.account_id))
        .join(Holding, is_theirs)
        .where(
            Holding.profile_id == actor.profile_id,
            LedgerAccount.unit == Unit.UAH,
            col(Entry.at) >= at - WITHIN,
            or_(col(Holding.role).in_(_SEEING), col(Entry.category).in_(sorted(categories_under(FOR_PAYERS)))),
            Entry.amount == -amount if amount is not None else col(Entry.amount) < Money.ZERO,
        )
        .order_by(col(Entry.at).desc(), col(Entry.id).desc())
        .limit(CHARGES_MOST)
    )
    if only is not None:
        column = Holding.line_id if only.kind.value == "line" else Holding.internet_account_id
        query = query.where(column == only.id)
    rows = await session.exec(query)
    return [Charge(entry, key) for entry, account in rows if (key := key_of(account)) is not None]
