"""Opening a payment: the order is written down before anything happens outside, once per form."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import insert_into, table_of
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.payments.errors import PaymentMismatch, SameTargetTwice, TooManyShares, UnknownTarget
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause, Origin, Payment, PaymentShare, Source
from mykyivstar.domain.payments.states import note_step
from mykyivstar.domain.payments.targets import targets
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Share:
    """What one line or internet account is to get."""

    key: HoldingKey
    amount: Money


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays: a profile, a browser that is not signed in, or a partner; and how they are spoken to."""

    profile_id: int | None = None
    visitor: str = ""
    from_line_id: int | None = None
    partner_id: int | None = None
    language: Language = Language.UK
    email: str = ""
    # The network address, for limits on tries; "" for what jobs pay.
    address: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The payment of a key; `is_new` is False when the same form was sent before."""

    payment: Payment
    is_new: bool


async def open_payment(
    session: AsyncSession,
    *,
    key: str,
    source: Source,
    payer: Payer,
    shares: Sequence[Share],
    limits: PaymentLimits,
    at: datetime,
    expires_at: datetime,
    origin: Origin = Origin.PAYER,
    saved_card_id: int | None = None,
    saves_card: bool = False,
    pay_link_id: int | None = None,
) -> Opened:
    """Write the order down as CREATED, once for this key (double click, two tabs, a repeated request).

    The amounts' own range is the caller's rule. Raises UnknownTarget, SameTargetTwice, TooManyShares, and
    PaymentMismatch when the key was used with other content.
    """
    assert shares, "a payment is for somebody"
    assert all(share.amount > Money.ZERO for share in shares), "a payment brings money"
    if len(shares) > limits.shares_most:
        raise TooManyShares(most=limits.shares_most)
    if len({share.key for share in shares}) < len(shares):
        raise SameTargetTwice
    known = await targets(session, [share.key for share in shares])
    if missing := [share.key for share in shares if share.key not in known]:
        raise UnknownTarget(typed=str(missing[0]))
    row = Payment(
        code=token_urlsafe(18),
        key=key,
        request_hash="",
        source=source,
        origin=origin,
        amount=sum((share.amount for share in shares), Money.ZERO),
        created_at=at,
        state_at=at,
        expires_at=expires_at,
        profile_id=payer.profile_id,
        visitor=payer.visitor,
        from_line_id=payer.from_line_id,
        partner_id=payer.partner_id,
        pay_link_id=pay_link_id,
        language=payer.language,
        email=payer.email,
        saved_card_id=saved_card_id,
        saves_card=saves_card,
    )
    row.request_hash = _hash(row, shares)
    columns = [column.name for column in table_of(Payment).columns if column.name != "id"]
    adding = insert_into(session, Payment).values({name: getattr(row, name) for name in columns})
    made = await session.exec(adding.on_conflict_do_nothing(index_elements=["key"]).returning(col(Payment.id)))
    is_new = made.scalar_one_or_none() is not None
    payment = (await session.exec(select(Payment).where(Payment.key == key))).one()
    if not is_new:
        if payment.request_hash != row.request_hash:
            raise PaymentMismatch
        return Opened(payment, is_new=False)
    assert payment.id is not None
    for position, share in enumerate(shares):
        session.add(_share(payment.id, share, position))
    note_step(session, payment, at=at, cause=Cause.PARTNER if source is Source.PARTNER else Cause.PAYER)
    return Opened(payment, is_new=True)


def _share(payment_id: int, share: Share, position: int) -> PaymentShare:
    row = PaymentShare(payment_id=payment_id, amount=share.amount, position=position)
    if share.key.kind is HoldingKind.LINE:
        row.line_id = share.key.id
    else:
        row.internet_account_id = share.key.id
    return row


def _hash(payment: Payment, shares: Sequence[Share]) -> str:
    """What must be the same when the key is: who pays whom how much from what. Not the language, not the time."""
    who = [payment.profile_id, payment.visitor, payment.from_line_id, payment.partner_id]
    whom = [[str(share.key), share.amount.kopiykas] for share in shares]
    means = [payment.source.value, payment.origin.value, payment.saved_card_id, payment.pay_link_id]
    return hashlib.sha256(json.dumps([who, whom, means]).encode()).hexdigest()
