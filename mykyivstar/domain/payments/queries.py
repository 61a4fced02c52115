"""Looking at payments: only at one's own."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.lines.queries import masked_account
from mykyivstar.domain.payments.models import Dispute, Origin, Payment, PaymentShare, PaymentState, PaymentStep, Source
from mykyivstar.domain.payments.targets import key_of
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

PAGE = 30


@dataclass(frozen=True, slots=True)
class ShareView:
    """Who gets what; `number` is a line's twelve digits or an internet account's number; paid by a link, masked."""

    key: HoldingKey
    number: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A payment with all that its page shows; steps in their order."""

    payment: Payment
    shares: Sequence[ShareView]
    steps: Sequence[PaymentStep]
    dispute: Dispute | None


async def payment_of(session: AsyncSession, code: str, *, actor: Actor | None, visitor: str = "") -> Payment:
    """The payment of this address, for whoever made it: the profile, or the browser of somebody not signed in.

    Raises NotFound, for a stranger too.
    """
    payment = (await session.exec(select(Payment).where(Payment.code == code))).first()
    if payment is None:
        raise NotFound
    is_profiles = actor is not None and payment.profile_id == actor.profile_id
    is_browsers = bool(payment.visitor) and payment.visitor == visitor and payment.profile_id is None
    if not (is_profiles or is_browsers):
        raise NotFound
    return payment


async def of_code(session: AsyncSession, code: str, *, actor: Actor | None, visitor: str = "") -> PaymentView:
    """The same with its shares, steps and dispute. Raises NotFound."""
    payment = await payment_of(session, code, actor=actor, visitor=visitor)
    return (await views(session, [payment]))[0]


async def history(
    session: AsyncSession,
    actor: Actor,
    *,
    source: Source | None = None,
    state: PaymentState | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> Sequence[PaymentView]:
    """What the actor's profile paid, the newest first; `before` is the id of the last one already shown."""
    query = select(Payment).where(Payment.profile_id == actor.profile_id)
    if source is not None:
        query = query.where(Payment.source == source)
    if state is not None:
        query = query.where(Payment.state == state)
    if before is not None:
        query = query.where(col(Payment.id) < before)
    return await views(session, (await session.exec(query.order_by(col(Payment.id).desc()).limit(limit))).all())


async def views(session: AsyncSession, payments: Sequence[Payment]) -> Sequence[PaymentView]:
    """These payments as their pages show them, in three statements; for callers who may see them."""
    ids = [payment.id for payment in payments]
    shares, steps, disputes = await _shares(session, ids), defaultdict(list), {}
    for step in await session.exec(
        select(PaymentStep).where(col(PaymentStep.payment_id).in_(ids)).order_by(col(PaymentStep.id))
    ):
        steps[step.payment_id].append(step)
    for dispute in await session.exec(
        select(Dispute).where(col(Dispute.payment_id).in_(ids)).order_by(col(Dispute.id))
    ):
        disputes[dispute.payment_id or 0] = dispute
    return [
        PaymentView(payment, shares[payment.id or 0], steps[payment.id or 0], disputes.get(payment.id or 0))
        for payment in payments
    ]


async def _shares(session: AsyncSession, ids: Sequence[int | None]) -> defaultdict[int, list[ShareView]]:
    rows = await session.exec(
        select(PaymentShare, col(Payment.origin), col(Line.msisdn), col(InternetAccount.number))
        .join(Payment, col(Payment.id) == col(PaymentShare.payment_id))
        .outerjoin(Line, col(Line.id) == col(PaymentShare.line_id))
        .outerjoin(InternetAccount, col(InternetAccount.id) == col(PaymentShare.internet_account_id))
        .where(col(PaymentShare.payment_id).in_(ids))
        .order_by(col(PaymentShare.position), col(PaymentShare.id))
    )
    found: defaultdict[int, list[ShareView]] = defaultdict(list)
    for share, origin, msisdn, number in rows:
        whole = str(msisdn) if msisdn is not None else number or ""
        # Whoever pays by a link was not told the number, and the receipt does not tell it either (D8).
        shown = masked_number(msisdn, whole) if origin is Origin.LINK else whole
        found[share.payment_id].append(ShareView(key_of(share), shown, share.amount))
    return found


def masked_number(msisdn: Msisdn | None, account: str) -> str:
    """A line's or, without one, an internet account's number for people who have not proved that it is theirs."""
    return msisdn.masked if msisdn is not None else masked_account(account)
