"""Top-ups that partners bring (D7): once for each of their ids, all or nothing, and cancelled on the same day."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.errors import NotALogin
from mykyivstar.domain.identity.subjects import parse_subject
from mykyivstar.domain.ledger.errors import NotEnoughMoney
from mykyivstar.domain.partners.errors import (
    AmountRefused,
    CancelTooLate,
    DayLimitReached,
    IdUsed,
    MoneySpent,
    NotCredited,
    PartnerClosed,
    PaymentUnknown,
    UnknownAccount,
    UnlikelyMoment,
)
from mykyivstar.domain.partners.models import Partner, PartnerDay, PartnerPayment
from mykyivstar.domain.partners.views import PartnerPaymentView, Status, view_of
from mykyivstar.domain.payments.crediting import credit, take_back
from mykyivstar.domain.payments.errors import UnknownTarget
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause, Origin, Payment, PaymentState, Source
from mykyivstar.domain.payments.opening import Payer, Share, open_payment
from mykyivstar.domain.payments.targets import Target, find_target
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money

# A terminal may have been without a connection for long; its clock may be a little fast.
_DELIVERED_WITHIN = timedelta(days=31)
_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Order:
    """What a partner asks for; `account` in any usual writing, `paid_at` when the payer paid, if the partner says."""

    ref: str
    account: str
    amount: Money
    paid_at: datetime | None = None

    @property
    def content_hash(self) -> str:
        """What must be the same when the id is. Another writing of the same account is the same account."""
        paid_at = self.paid_at.timestamp() if self.paid_at else None
        content = [_canonical(self.account), self.amount.kopiykas, paid_at]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Checked:
    """Whose account it is, if anybody's; why a payment would be refused, if it would; what one payment may bring."""

    target: Target | None
    refusal: CustomerError | None
    least: Money
    most: Money


async def check(
    session: AsyncSession, partner: Partner, account: str, *, amount: Money | None, limits: PaymentLimits, at: datetime
) -> Checked:
    """Look before paying: what `pay` would say now. Without an amount, whether the account takes money at all."""
    target, refusal = None, None
    try:
        target = await _target(session, account)
        if amount is not None:
            _demand_range(partner, amount, limits)
            _demand_room(partner, await _day(session, partner.id or 0, at), amount)
    except (UnknownAccount, AmountRefused, DayLimitReached) as refused:
        refusal = refused
    return Checked(target, refusal, limits.top_up_least, partner.payment_most)


async def pay(
    session: AsyncSession, partner_id: int, order: Order, *, limits: PaymentLimits, at: datetime
) -> PartnerPaymentView:
    """Credit the order, all in this transaction, once for its id; the same order again is the payment as it is now.

    Payments of one partner wait for each other, so the limit of the day holds however many come at once.
    Raises UnknownAccount, AmountRefused, UnlikelyMoment, DayLimitReached, IdUsed, PartnerClosed: then nothing is
    written.
    """
    content = order.content_hash
    partner = await _locked(session, partner_id)
    if (known := await _by_ref(session, partner_id, order.ref)) is not None:
        if known.request_hash != content:
            raise IdUsed
        return await view_of(session, known)
    target = await _target(session, order.account)
    _demand_range(partner, order.amount, limits)
    if order.paid_at is not None and not -_CLOCKS_DIFFER <= at - order.paid_at <= _DELIVERED_WITHIN:
        raise UnlikelyMoment
    day = await _day(session, partner_id, at)
    _demand_room(partner, day, order.amount)
    day.taken += order.amount
    session.add(day)
    opened = await open_payment(
        session,
        key=_payment_key(partner_id, order.ref),
        source=Source.PARTNER,
        origin=Origin.PARTNER,
        payer=Payer(partner_id=partner_id),
        shares=[Share(target.key, order.amount)],
        limits=limits,
        at=at,
        expires_at=at,
    )
    assert opened.is_new, "whoever has the partner's lock and found no payment of this id is the first"
    credited = await credit(session, opened.payment, at=at, cause=Cause.PARTNER)
    assert credited, "nobody else knows this payment yet"
    row = PartnerPayment(
        partner_id=partner_id,
        ref=order.ref,
        request_hash=content,
        payment_id=opened.payment.id or 0,
        kind=target.key.kind,
        account=target.number,
        amount=order.amount,
        paid_at=order.paid_at,
        credited_at=at,
    )
    session.add(row)
    await session.flush()
    return PartnerPaymentView(row, Status.CREDITED)


async def find(session: AsyncSession, partner_id: int, ref: str) -> PartnerPaymentView:
    """What became of the payment of this id. Raises PaymentUnknown, also for another partner's."""
    row = await _by_ref(session, partner_id, ref)
    if row is None:
        raise PaymentUnknown
    return await view_of(session, row)


async def cancel(session: AsyncSession, partner_id: int, ref: str, *, at: datetime) -> PartnerPaymentView:
    """Take the payment back on its own Kyiv day; cancelled again it stays cancelled as it was.

    The floor of the account holds: what the subscriber has spent is not clawed back. What was cancelled does not count
    for the limit of the day. Raises PaymentUnknown, CancelTooLate, MoneySpent, NotCredited, PartnerClosed, which must
    end the transaction.
    """
    await _locked(session, partner_id)
    row = await _by_ref(session, partner_id, ref)
    if row is None:
        raise PaymentUnknown
    if row.cancelled_at is not None:
        return await view_of(session, row)
    if kyiv_date(at) != kyiv_date(row.credited_at):
        raise CancelTooLate
    payment = await session.get_one(Payment, row.payment_id)
    if payment.state is not PaymentState.CREDITED:
        raise NotCredited
    try:
        is_back = await take_back(session, payment, at=at, cause=Cause.PARTNER, respect_floors=True)
    except NotEnoughMoney as spent:
        raise MoneySpent from spent
    if not is_back:
        raise NotCredited
    row.cancelled_at = at
    day = await _day(session, partner_id, row.credited_at)
    day.taken -= row.amount
    session.add_all([row, day])
    return PartnerPaymentView(row, Status.CANCELLED)


def _demand_range(partner: Partner, amount: Money, limits: PaymentLimits) -> None:
    if not limits.top_up_least <= amount <= partner.payment_most:
        raise AmountRefused(least=limits.top_up_least, most=partner.payment_most)


def _demand_room(partner: Partner, day: PartnerDay, amount: Money) -> None:
    if day.taken + amount > partner.day_most:
        raise DayLimitReached(left=max(partner.day_most - day.taken, Money.ZERO))


async def _locked(session: AsyncSession, partner_id: int) -> Partner:
    """The partner as it is now, held until the transaction ends. Its audit may refer to it meanwhile."""
    query = select(Partner).where(Partner.id == partner_id).with_for_update(key_share=True)
    partner = (await session.exec(query.execution_options(populate_existing=True))).one()
    if partner.closed_at is not None:
        raise PartnerClosed
    return partner


async def _by_ref(session: AsyncSession, partner_id: int, ref: str) -> PartnerPayment | None:
    query = select(PartnerPayment).where(PartnerPayment.partner_id == partner_id, PartnerPayment.ref == ref)
    return (await session.exec(query)).first()


async def _target(session: AsyncSession, account: str) -> Target:
    try:
        return await find_target(session, account)
    except (NotALogin, UnknownTarget) as unfit:
        raise UnknownAccount from unfit


async def _day(session: AsyncSession, partner_id: int, at: datetime) -> PartnerDay:
    """The sum of this Kyiv day; whoever asks has the partner's lock."""
    day = kyiv_date(at)
    query = select(PartnerDay).where(PartnerDay.partner_id == partner_id, PartnerDay.day == day)
    return (await session.exec(query)).first() or PartnerDay(partner_id=partner_id, day=day)


def _canonical(account: str) -> str:
    try:
        return parse_subject(account).key
    except NotALogin as unfit:
        raise UnknownAccount from unfit


def _payment_key(partner_id: int, ref: str) -> str:
    """Ids are as long as keys may be; their hash is not."""
    return f"partner:{partner_id}:{hashlib.sha256(ref.encode()).hexdigest()[:40]}"
