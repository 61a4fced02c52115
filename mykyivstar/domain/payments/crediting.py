"""Crediting and giving back: a payment's state and its entries in the books, in one transaction, once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.billing.notices import collect_soon
from mykyivstar.domain.internet.models import Cause as InternetCause
from mykyivstar.domain.internet.returning import returns_after
from mykyivstar.domain.internet.states import switch_off_below
from mykyivstar.domain.ledger.accounts import Holder, SystemAccount
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.service import Leg, Posting, accounts_for, post, post_many, system_account
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.partners.models import Partner
from mykyivstar.domain.payments.models import Cause, Failure, Payment, PaymentShare, PaymentState, Source
from mykyivstar.domain.payments.states import advance
from mykyivstar.domain.payments.targets import key_of, targets
from mykyivstar.domain.promises.repaying import repayments_from

_KINDS = {
    Source.CARD: OperationKind.TOP_UP,
    Source.PARTNER: OperationKind.PARTNER_TOP_UP,
    Source.PROMISE: OperationKind.PROMISED_PAYMENT,
    Source.BALANCE: OperationKind.TRANSFER,
}
_OTHER_SIDES = {
    Source.CARD: SystemAccount.ACQUIRER,
    Source.PARTNER: SystemAccount.PARTNERS,
    Source.PROMISE: SystemAccount.PROMISES,
}


def credit_key(payment_id: int | None) -> str:
    """The key of the operation that credits this payment: it can be posted once."""
    return f"payment:{payment_id}:credit"


async def shares_of(session: AsyncSession, payment: Payment) -> Sequence[PaymentShare]:
    """Who gets what, in the order of the form."""
    query = select(PaymentShare).where(PaymentShare.payment_id == payment.id)
    return (await session.exec(query.order_by(col(PaymentShare.position), col(PaymentShare.id)))).all()


async def credit(session: AsyncSession, payment: Payment, *, at: datetime, cause: Cause) -> bool:
    """Bring the money to every account of the payment and the payment to CREDITED; False if another did meanwhile.

    For source BALANCE the money comes from the payer's line, whose floor holds: raises NotEnoughMoney, which must
    end the transaction. Ask `missing_targets` before: an account that is gone gets its money all the same.
    What an account owes for a promised payment (N2) goes back from this money in the same breath, and home internet
    that was off for debt and has enough now is switched on (H1).
    """
    if not await advance(session, payment, PaymentState.CREDITED, at=at, cause=cause):
        return False
    shares = await shares_of(session, payment)
    legs = [*await _giving(session, payment), *await _getting(session, payment, shares)]
    came = {key_of(share): share.amount for share in shares} if payment.source is not Source.PROMISE else {}
    repayments = await repayments_from(session, came, payment_id=payment.id or 0, at=at) if came else []
    postings = [Posting(credit_key(payment.id), _KINDS[payment.source], at, legs), *repayments]
    accounts = [share.internet_account_id for share in shares if share.internet_account_id is not None]
    returns = await returns_after(session, accounts, postings, at=at)
    await post_many(session, [*postings, *(posting for each in returns for posting in each.postings)])
    lines = [share.line_id for share in shares if share.line_id is not None]
    await collect_soon(session, lines, at=at)
    for each in returns:
        await each.switch_on(session, cause=InternetCause.PAID, at=at)
    return True


async def missing_targets(session: AsyncSession, payment: Payment) -> Sequence[HoldingKey]:
    """Accounts of the payment that take no money any more; then it is refunded instead (TARGET_GONE)."""
    keys = [key_of(share) for share in await shares_of(session, payment)]
    known = await targets(session, keys)
    return [key for key in keys if key not in known]


async def take_back(
    session: AsyncSession,
    payment: Payment,
    *,
    at: datetime,
    cause: Cause,
    failure: Failure | None = None,
    respect_floors: bool = False,
) -> bool:
    """Bring a CREDITED payment to REFUNDED and its money out of the accounts again; False if another did meanwhile.

    The operator's correction, so floors do not hold: what was spent meanwhile becomes a debt. Where they are to hold,
    raises NotEnoughMoney, which must end the transaction.
    """
    if not await advance(session, payment, PaymentState.REFUNDED, at=at, cause=cause, failure=failure):
        return False
    shares = await shares_of(session, payment)
    legs = [*await _giving(session, payment), *await _getting(session, payment, shares)]
    back = [Leg(leg.account_id, -leg.amount, leg.explanation) for leg in legs]
    key = f"payment:{payment.id}:refund"
    await post(session, key=key, kind=OperationKind.REFUND, at=at, legs=back, respect_floors=respect_floors)
    accounts = [share.internet_account_id for share in shares if share.internet_account_id is not None]
    if accounts:
        await switch_off_below(session, at=at, only=accounts)
    return True


async def _giving(session: AsyncSession, payment: Payment) -> Sequence[Leg]:
    if payment.source is Source.BALANCE:
        assert payment.from_line_id is not None, "a transfer comes from a line"
        account = (await accounts_for(session, [Holder(line_id=payment.from_line_id)]))[0]
    else:
        account = await system_account(session, _OTHER_SIDES[payment.source])
    assert account.id is not None
    return [Leg(account.id, -payment.amount, explanation_of(payment) | await _told_to_giver(session, payment))]


async def _getting(session: AsyncSession, payment: Payment, shares: Sequence[PaymentShare]) -> Sequence[Leg]:
    keys = [key_of(share) for share in shares]
    known = await targets(session, keys)
    holders = [known[key].holder if key in known else _holder(key) for key in keys]
    accounts = await accounts_for(session, holders)
    why = explanation_of(payment) | await _told_to_getter(session, payment)
    return [Leg(account.id or 0, share.amount, why) for account, share in zip(accounts, shares, strict=True)]


async def _told_to_giver(session: AsyncSession, payment: Payment) -> dict[str, Any]:
    """A transfer names to its giver the number that the giver typed."""
    if payment.source is not Source.BALANCE:
        return await _told_of_partner(session, payment)
    keys = [key_of(share) for share in await shares_of(session, payment)]
    known = await targets(session, keys)
    return {"to": [known[key].number for key in keys if key in known]}


async def _told_to_getter(session: AsyncSession, payment: Payment) -> dict[str, Any]:
    """A transfer names the giver's number to the getter, who may be a stranger, masked."""
    if payment.source is not Source.BALANCE:
        return await _told_of_partner(session, payment)
    giver = await session.get_one(Line, payment.from_line_id)
    return {"from": giver.msisdn.masked}


async def _told_of_partner(session: AsyncSession, payment: Payment) -> dict[str, Any]:
    """A partner's payment names the partner on both sides (D7)."""
    if payment.partner_id is None:
        return {}
    partner = await session.get_one(Partner, payment.partner_id)
    return {"partner": partner.code}


def explanation_of(payment: Payment) -> dict[str, Any]:
    """What each entry of this payment says of itself (O1): the payment opens the rest."""
    return {"rule": f"payment.{payment.source.value}", "payment_id": payment.id, "total": payment.amount.kopiykas}


def _holder(key: HoldingKey) -> Holder:
    if key.kind is HoldingKind.LINE:
        return Holder(line_id=key.id)
    return Holder(internet_account_id=key.id)
