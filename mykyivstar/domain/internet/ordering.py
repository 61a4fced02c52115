"""What every order for an account begins with: whose it is, and its rows held."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.errors import NotEnoughAboveThreshold, OnlyTheOwner
from mykyivstar.domain.internet.states import Held, hold
from mykyivstar.domain.ledger.accounts import SystemAccount, system_account
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.lines.queries import HeldAccount, held_account
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money


async def own_account(session: AsyncSession, actor: Actor, account_id: int) -> HeldAccount:
    """The account, if the actor orders for it. Raises NotFound for strangers, OnlyTheOwner for payers and viewers."""
    found = await held_account(session, actor, account_id)
    if found.holding.role is not HoldingRole.OWNER:
        raise OnlyTheOwner
    return found


async def own_seen(session: AsyncSession, actor: Actor, account_id: int) -> Held:
    """The same with its money as it is at this moment, for a look: nothing is held and nothing opened."""
    found = await own_account(session, actor, account_id)
    mine = (col(LedgerAccount.internet_account_id) == account_id, col(LedgerAccount.unit) == Unit.UAH)
    pot = (await session.exec(select(LedgerAccount).where(*mine))).first()
    return Held(found.account, pot or LedgerAccount(code="", unit=Unit.UAH, internet_account_id=account_id))


async def own_held(session: AsyncSession, actor: Actor, account_id: int) -> tuple[Held, int]:
    """The same with its money, held until the transaction ends; and the operator's fees account, held too."""
    await own_account(session, actor, account_id)
    operators = (await system_account(session, SystemAccount.FEES)).id or 0
    held = (await hold(session, [account_id], pots_too=[operators])).get(account_id)
    if held is None:
        raise NotFound
    return held, operators


def demand_money(held: Held, price: Money) -> None:
    """Whether a price can be taken by the customer's wish and the internet stays on. Raises NotEnoughAboveThreshold."""
    if price <= Money.ZERO:
        return
    missing = least_of(held) + price - held.pot.balance
    if missing > Money.ZERO:
        raise NotEnoughAboveThreshold(missing=missing)


def least_of(held: Held) -> Money:
    """What must stay: the threshold, or the floor of the account where that is higher."""
    threshold = held.account.disconnect_threshold
    return threshold if held.pot.floor is None else max(threshold, held.pot.floor)
