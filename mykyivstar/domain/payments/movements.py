"""What a payment did to the accounts of whoever looks (O1): balance before and after, from the books themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, Unit, entries_of
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Holding
from mykyivstar.domain.payments.crediting import credit_key
from mykyivstar.domain.payments.models import Payment
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Movement:
    """What an account had before and after the entry of a payment."""

    before: Money
    after: Money


async def movements(session: AsyncSession, actor: Actor, payment: Payment) -> Mapping[HoldingKey, Movement]:
    """The entries of a credited payment on the actor's own lines and accounts; nobody else's balances are told."""
    is_theirs = or_(
        and_(col(Holding.line_id).is_not(None), col(Holding.line_id) == col(LedgerAccount.line_id)),
        and_(
            col(Holding.internet_account_id).is_not(None),
            col(Holding.internet_account_id) == col(LedgerAccount.internet_account_id),
        ),
    )
    rows = await session.exec(
        select(Entry, LedgerAccount)
        .join(Operation, entries_of(col(Operation.id)))
        .join(LedgerAccount, col(LedgerAccount.id) == col(Entry.account_id))
        .join(Holding, is_theirs)
        .where(
            Operation.key == credit_key(payment.id),
            Holding.profile_id == actor.profile_id,
            LedgerAccount.unit == Unit.UAH,
        )
    )
    return {
        _key(account): Movement(before=entry.balance_after - entry.amount, after=entry.balance_after)
        for entry, account in rows
    }


def _key(account: LedgerAccount) -> HoldingKey:
    if account.line_id is not None:
        return HoldingKey(HoldingKind.LINE, account.line_id)
    assert account.internet_account_id is not None, "an account that is held is a line's or an internet account's"
    return HoldingKey(HoldingKind.INTERNET, account.internet_account_id)
