"""Paying by card (D1): the order is written down, the acquirer is asked, what it answered is written down.

Each outside call stands between two transactions. A process may die between any two of these steps: the payment is
then found open by its inquiry job, which was enqueued together with the order.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.jobs import enqueue
from mykyivstar.db.turns import take_turn
from mykyivstar.domain.identity import limits as limits_of_tries
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.payments import reports
from mykyivstar.domain.payments.errors import AmountOutOfRange
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.locking import locked
from mykyivstar.domain.payments.models import Cause, Failure, Origin, Payment, PaymentState, SavedCard, Source
from mykyivstar.domain.payments.opening import Payer, Share, open_payment
from mykyivstar.domain.payments.saved_cards import own_card
from mykyivstar.domain.payments.states import advance
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import Acquirer, AcquirerRefused, AcquirerUnavailable, Invoice, Order, Report

# How long the payer may take at the acquirer's page, and when we first ask what became of it.
PAGE_IS_OPEN_FOR = timedelta(minutes=30)
FIRST_INQUIRY_AFTER = timedelta(minutes=1)
INQUIRE_JOB = "payment.inquire"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the acquirer sends payers and notices; `site` is the origin people use: "https://my.example.ua"."""

    site: str

    def of_payment(self, code: str) -> str:
        """The page on which a payer follows a payment."""
        return f"{self.site}/payments/{code}"

    def of_link(self, code: str) -> str:
        """The page on which anybody pays by this link (D8)."""
        return f"{self.site}/pay/{code}"

    def of_notices(self, acquirer: str) -> str:
        """Where this acquirer reports."""
        return f"{self.site}/api/acquirer/{acquirer}/notice"


@dataclass(frozen=True, slots=True)
class CardOrder:
    """What somebody wants to pay by card. `key` was made when the form opened and survives every retry."""

    key: str
    payer: Payer
    shares: Sequence[Share]
    origin: Origin = Origin.PAYER
    # Keep the card for next time, for a payer with a profile (D8); or pay with one that was kept.
    saves_card: bool = False
    saved_card_id: int | None = None
    pay_link_id: int | None = None


async def begin(
    unit_of_work: UnitOfWork,
    acquirer: Acquirer,
    order: CardOrder,
    *,
    limits: PaymentLimits,
    addresses: Addresses,
    purpose: str,
    at: datetime,
) -> Payment:
    """Write the order down and ask the acquirer; once for this key, however often it is called.

    The payment comes back CONFIRMING, and then its `page_url` is where the payer goes; or FAILED at once with its
    reason. With a kept card nobody is asked: it is PROCESSING, CREDITED or FAILED. `purpose` is what the payer
    reads at the bank. Raises TooManyTries, AmountOutOfRange, UnknownTarget, SameTargetTwice, TooManyShares,
    PaymentMismatch, and NotFound for a card that is not the payer's.
    """
    amount = sum((share.amount for share in order.shares), Money.ZERO)
    if not limits.top_up_least <= amount <= limits.top_up_most:
        raise AmountOutOfRange(least=limits.top_up_least, most=limits.top_up_most)
    async with unit_of_work() as session:
        await take_turn(session, order.key)
        if not (wait := await _count_try(session, order, at)):
            payment, card = await _written_down(session, acquirer, order, limits, at)
    limits_of_tries.refuse_if_over(wait)
    if card is None and payment.state is PaymentState.CREATED:
        return await _ask_payer(unit_of_work, acquirer, payment, _outside(payment, addresses, acquirer, purpose), at)
    if card is not None:
        order_outside = _outside(payment, addresses, acquirer, purpose)
        return await _charge(unit_of_work, acquirer, payment, order_outside, token=card.token, at=at)
    return payment


async def _count_try(session: AsyncSession, order: CardOrder, at: datetime) -> int:
    """Each try is a call to the acquirer; nobody tries cards through us (D1): the minutes to wait, 0 for none.

    A form that is sent again is no other try. Jobs have no address and no limit.
    """
    payer, known = order.payer, select(Payment.id).where(Payment.key == order.key)
    if not payer.address or (await session.exec(known)).first() is not None:
        return 0
    who = f"profile:{payer.profile_id}" if payer.profile_id is not None else payer.visitor
    return await limits_of_tries.hit(
        session, at, (Rule.CARD_PAYMENTS_OF_PAYER, who), (Rule.CARD_PAYMENTS_FOR_ADDRESS, payer.address)
    )


async def _written_down(
    session: AsyncSession, acquirer: Acquirer, order: CardOrder, limits: PaymentLimits, at: datetime
) -> tuple[Payment, SavedCard | None]:
    """The payment of this order, and the card to charge, only for whoever wrote it down first."""
    card = await own_card(session, order.payer.profile_id, order.saved_card_id) if order.saved_card_id else None
    opened = await open_payment(
        session,
        key=order.key,
        source=Source.CARD,
        payer=order.payer,
        shares=order.shares,
        limits=limits,
        at=at,
        expires_at=at + PAGE_IS_OPEN_FOR,
        origin=order.origin,
        saved_card_id=order.saved_card_id,
        saves_card=order.saves_card and order.payer.profile_id is not None,
        pay_link_id=order.pay_link_id,
    )
    payment = opened.payment
    if not opened.is_new:
        return payment, None
    payment.acquirer = card.acquirer if card else acquirer.name
    session.add(payment)
    await enqueue_inquiry(session, payment, at + FIRST_INQUIRY_AFTER)
    if card is not None:
        # From here on the money may move, whatever becomes of this process.
        payment.card_mask = card.mask
        await session.flush()
        await advance(session, payment, PaymentState.PROCESSING, at=at, cause=Cause.PAYER)
    return payment, card


async def enqueue_inquiry(session: AsyncSession, payment: Payment, run_at: datetime) -> None:
    """Have the acquirer asked what became of this payment until it is known."""
    named = {"payment_id": payment.id, "acquirer": payment.acquirer}
    await enqueue(session, INQUIRE_JOB, named, run_at=run_at, dedup=f"{INQUIRE_JOB}:{payment.id}")


def _outside(payment: Payment, addresses: Addresses, acquirer: Acquirer, purpose: str) -> Order:
    return Order(
        reference=payment.code,
        amount=payment.amount,
        purpose=purpose,
        return_url=addresses.of_payment(payment.code),
        notice_url=addresses.of_notices(acquirer.name),
        valid_for=PAGE_IS_OPEN_FOR,
        wallet=f"profile-{payment.profile_id}" if payment.saves_card else "",
        language=payment.language.value,
    )


async def _ask_payer(
    unit_of_work: UnitOfWork, acquirer: Acquirer, payment: Payment, order: Order, at: datetime
) -> Payment:
    """Get the page on which the payer pays. Until they have its address nobody can pay, so no answer is a failure."""
    try:
        invoice = await acquirer.create(order)
    except AcquirerUnavailable as reason:
        return await _failed(unit_of_work, payment, Failure.UNREACHABLE, reason, at)
    except AcquirerRefused as reason:
        return await _failed(unit_of_work, payment, Failure.DECLINED, reason, at)
    return await _confirming(unit_of_work, payment, invoice, at)


async def _confirming(unit_of_work: UnitOfWork, payment: Payment, invoice: Invoice, at: datetime) -> Payment:
    async with unit_of_work() as session:
        mine = await locked(session, payment)
        # Of two that asked for one form the first counts; nobody ever sees the page of the other's invoice.
        if mine.state is PaymentState.CREATED:
            mine.invoice_id, mine.page_url = invoice.id, invoice.page_url
            await session.flush()
            await advance(session, mine, PaymentState.CONFIRMING, at=at, cause=Cause.PAYER)
        return mine


async def _charge(
    unit_of_work: UnitOfWork, acquirer: Acquirer, payment: Payment, order: Order, *, token: str, at: datetime
) -> Payment:
    """Take the money from a kept card. No answer leaves the payment PROCESSING: the inquiry finds out."""
    report: Report | None = None
    try:
        report = await acquirer.charge(order, token)
    except AcquirerUnavailable as reason:
        log.warning("a charge was not answered", extra={"payment_id": payment.id, "reason": str(reason)})
    except AcquirerRefused as reason:
        return await _failed(unit_of_work, payment, Failure.DECLINED, reason, at)
    if report is not None:
        return (
            await reports.apply(unit_of_work, report, acquirer=payment.acquirer, cause=Cause.NOTICE, at=at) or payment
        )
    return payment


async def _failed(
    unit_of_work: UnitOfWork, payment: Payment, failure: Failure, reason: Exception, at: datetime
) -> Payment:
    log.warning("a card payment failed", extra={"payment_id": payment.id, "failure": failure, "reason": str(reason)})
    async with unit_of_work() as session:
        mine = await locked(session, payment)
        if mine.state in {PaymentState.CREATED, PaymentState.PROCESSING} and not mine.invoice_id:
            await advance(session, mine, PaymentState.FAILED, at=at, cause=Cause.INQUIRY, failure=failure)
        return mine
