"""Whose entries may be looked at: those of one's own lines and internet accounts, as far as the role goes (B4)."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.expenses.headings import FOR_PAYERS, Heading
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.accounts import Holder
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.lines.queries import held


@dataclass(frozen=True, slots=True)
class Books:
    """The accounts of one line or internet account that the actor may look into; None where there is none yet."""

    key: HoldingKey
    role: HoldingRole
    money: LedgerAccount | None
    bonuses: LedgerAccount | None

    @property
    def headings(self) -> AbstractSet[Heading]:
        """What the actor may see of them."""
        return frozenset(Heading) if self.role.sees_usage else FOR_PAYERS

    def account(self, unit: Unit) -> LedgerAccount | None:
        """The one in this unit."""
        return self.money if unit is Unit.UAH else self.bonuses


async def books_of(session: AsyncSession, actor: Actor, key: HoldingKey) -> Books:
    """The accounts of one of the actor's own. Raises NotFound for anybody else's."""
    found = await held(session, actor, key)
    codes = {unit: holder_of(key, unit).code for unit in Unit}
    rows = await session.exec(select(LedgerAccount).where(col(LedgerAccount.code).in_(codes.values())))
    known = {account.code: account for account in rows}
    return Books(key, found.holding.role, known.get(codes[Unit.UAH]), known.get(codes[Unit.BONUS]))


def holder_of(key: HoldingKey, unit: Unit) -> Holder:
    """The key as the ledger names it."""
    if key.kind is HoldingKind.LINE:
        return Holder(line_id=key.id, unit=unit)
    return Holder(internet_account_id=key.id, unit=unit)


def key_of(account: LedgerAccount) -> HoldingKey | None:
    """Whose account it is; None for the operator's own."""
    if account.line_id is not None:
        return HoldingKey(HoldingKind.LINE, account.line_id)
    if account.internet_account_id is not None:
        return HoldingKey(HoldingKind.INTERNET, account.internet_account_id)
    return None
