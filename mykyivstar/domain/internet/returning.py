"""Paying switches on what was off for debt (H1): planned and done in the payment's own transaction."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.billing.terms import Term
from mykyivstar.domain.internet import fees
from mykyivstar.domain.internet.fees import RunningFee
from mykyivstar.domain.internet.models import Cause, InternetAccount, InternetState
from mykyivstar.domain.internet.states import Held, hold, switch
from mykyivstar.domain.ledger.accounts import SystemAccount, system_account
from mykyivstar.domain.ledger.postings import Posting
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money

Rest = tuple[RunningFee, Term]


@dataclass(frozen=True, slots=True)
class Return:
    """An account that has enough to work again, and the rests of fees that it pays first."""

    account: InternetAccount
    rests: Sequence[Rest]
    postings: Sequence[Posting]

    async def switch_on(self, session: AsyncSession, *, cause: Cause, at: datetime) -> None:
        """To be called when the postings are posted."""
        for fee, due in self.rests:
            fees.set_paid(self.account, fee, due)
        await switch(session, self.account, InternetState.ACTIVE, cause=cause, at=at)


async def returns_after(
    session: AsyncSession, account_ids: Collection[int], postings: Iterable[Posting], *, at: datetime
) -> Sequence[Return]:
    """Those of these accounts that are off and will have enough once the postings are posted.

    Holds them, their money and every account of the postings until the transaction ends: what is decided here is true
    when it is posted. Their own postings are to be posted together with the others, after them.
    """
    if not account_ids:
        return []
    operators = await system_account(session, SystemAccount.FEES)
    legs = [leg for posting in postings for leg in posting.legs]
    pots = {leg.account_id for leg in legs} | {operators.id or 0}
    held = await hold(session, account_ids, pots_too=pots)
    returns = []
    for each in held.values():
        if each.account.state is InternetState.OFF_FOR_DEBT:
            comes = sum((leg.amount for leg in legs if leg.account_id == each.pot.id), Money.ZERO)
            planned = await plan(session, each, each.pot.balance + comes, operators.id or 0, at=at)
            if planned is not None:
                returns.append(planned)
    return returns


async def plan(session: AsyncSession, held: Held, balance: Money, fees_id: int, *, at: datetime) -> Return | None:
    """What happens when it works again with this balance; None when that would be below the threshold."""
    rests = await rests_of(session, held.account, at=at)
    if balance - total(rests) < held.account.disconnect_threshold:
        return None
    postings = [fees.charge(fee, due, held.id, held.pot.id or 0, fees_id, at=at) for fee, due in rests]
    return Return(held.account, rests, postings)


async def rests_of(session: AsyncSession, account: InternetAccount, *, at: datetime) -> Sequence[Rest]:
    """What is to be paid of the fees of an account that does not work, so that it works again at this moment."""
    day = kyiv_date(at)
    dues = [(fee, fee.rest(day)) for fee in await fees.fees_of(session, account)]
    return [(fee, due) for fee, due in dues if due is not None]


def total(rests: Sequence[Rest]) -> Money:
    """What they come to together."""
    return sum((due.amount for _, due in rests), Money.ZERO)
