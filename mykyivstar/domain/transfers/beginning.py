"""Beginning a transfer (D5, D6): looked over, then transferred at once or left waiting for its code.

Changing sum or getter makes another transfer, and a profile has one at a time waiting for its code: the one before it
is given up, and its code is good for nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.codes import LIVES
from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.payments.crediting import shares_of
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause, Failure, Payment, PaymentState, Source
from mykyivstar.domain.payments.opening import Payer, Share, open_payment
from mykyivstar.domain.payments.states import advance
from mykyivstar.domain.payments.targets import find_target, key_of
from mykyivstar.domain.transfers import codes, rules
from mykyivstar.domain.transfers.crediting import credit, fail
from mykyivstar.domain.transfers.errors import JustTransferred
from mykyivstar.domain.transfers.queries import Transfer, of_code, payment_of, view, waiting_of
from mykyivstar.domain.transfers.rules import Means, Move
from mykyivstar.kit.money import Money

#: The same again within this time is asked about: it may be a second tab, or a second thought.
_A_MOMENT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Order:
    """What the form says. `key` was made when the form opened; `again`: the giver knows the same was just given."""

    key: str
    giver: HoldingKey
    to: str
    amount: Money
    again: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen, before anything does: what stays on the balance, and whether a code will be asked for."""

    giver: str
    to: HoldingKey
    number: str
    amount: Money
    left: Money
    needs_code: bool


async def begun(session: AsyncSession, actor: Actor, form: str) -> Transfer | None:
    """The transfer of the form with this key, if its button was pressed before."""
    payment = (await session.exec(select(Payment).where(Payment.key == _key(actor, form)))).first()
    return None if payment is None else await view(session, payment)


async def look_over(
    session: AsyncSession, actor: Actor, order: Order, *, limits: PaymentLimits, at: datetime
) -> Preview:
    """The check page. Raises what `begin` would, but for what only the accounts' lock can tell."""
    move = await _move(session, actor, order, limits)
    means = await rules.means(session, move.giver_id, at=at)
    await rules.demand_money(session, move, means, limits=limits, at=at)
    return Preview(
        giver=move.giver.msisdn.digits,
        to=move.target.key,
        number=move.target.number,
        amount=move.amount,
        left=means.there - move.amount,
        needs_code=await rules.needs_code(session, move, limits=limits, at=at),
    )


async def begin(
    unit_of_work: UnitOfWork,
    key: bytes,
    actor: Actor,
    order: Order,
    *,
    limits: PaymentLimits,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> Transfer:
    """Transfer at once what needs no code; send a code for the rest (CONFIRMING). Once for this order's key.

    Raises NotFound, NotTheOwner, LineCannotGive, NotALogin, UnknownTarget, SameNumber, OnlyWithinProfile,
    TransferOutOfRange, MonthLimitReached, NotEnoughMoney, LentMoneyStays, TariffMoneyLocked, JustTransferred,
    PaymentMismatch, TooManyTries.
    """
    async with unit_of_work() as session:
        move = await _move(session, actor, order, limits)
        means = await rules.hold(session, move, at=at)
        payment = await _opened_before(session, actor, order, move, limits=limits, language=language, at=at)
        is_new = payment is None
        if payment is None:
            payment = await _open(session, actor, order, move, means, limits=limits, language=language, at=at)
    if is_new and payment.state is PaymentState.CONFIRMING:
        try:
            await codes.send(
                unit_of_work, key, payment, move, visitor=visitor, address=address, language=language, at=at
            )
        except TooManyTries:
            # Without a code there is nothing to wait for.
            async with unit_of_work() as session:
                await fail(session, await payment_of(session, actor, payment.code), Failure.GIVEN_UP, at=at)
            raise
    async with unit_of_work() as session:
        return await of_code(session, actor, payment.code)


async def _move(session: AsyncSession, actor: Actor, order: Order, limits: PaymentLimits) -> Move:
    rules.demand_amount(order.amount, limits)
    giver = await rules.giving_line(session, actor, order.giver)
    return await rules.move(session, actor, giver, await find_target(session, order.to), order.amount)


async def _opened_before(
    session: AsyncSession,
    actor: Actor,
    order: Order,
    move: Move,
    *,
    limits: PaymentLimits,
    language: Language,
    at: datetime,
) -> Payment | None:
    """The payment of this very form, or the same one that waits for its code: a second tab joins it."""
    known = await session.exec(select(Payment.id).where(Payment.key == _key(actor, order.key)))
    if known.first() is not None:
        return await _order_down(session, actor, order, move, limits=limits, language=language, at=at)
    waiting = await session.exec(select(Payment).where(*waiting_of(actor), col(Payment.expires_at) > at))
    for payment in waiting:
        if await _is_same(session, payment, move):
            return payment
    return None


async def _open(
    session: AsyncSession,
    actor: Actor,
    order: Order,
    move: Move,
    means: Means,
    *,
    limits: PaymentLimits,
    language: Language,
    at: datetime,
) -> Payment:
    if not order.again:
        await _demand_not_just_done(session, actor, move, at)
    await rules.demand_money(session, move, means, limits=limits, at=at)
    payment = await _order_down(session, actor, order, move, limits=limits, language=language, at=at)
    if await rules.needs_code(session, move, limits=limits, at=at):
        for older in (await session.exec(select(Payment).where(*waiting_of(actor)))).all():
            await fail(session, older, Failure.GIVEN_UP, at=at)
        await advance(session, payment, PaymentState.CONFIRMING, at=at, cause=Cause.PAYER)
    else:
        await credit(session, payment, move, at=at)
    return payment


async def _order_down(
    session: AsyncSession,
    actor: Actor,
    order: Order,
    move: Move,
    *,
    limits: PaymentLimits,
    language: Language,
    at: datetime,
) -> Payment:
    opened = await open_payment(
        session,
        key=_key(actor, order.key),
        source=Source.BALANCE,
        payer=Payer(profile_id=actor.profile_id, from_line_id=move.giver_id, language=language),
        shares=[Share(move.target.key, move.amount)],
        limits=limits,
        at=at,
        expires_at=at + LIVES,
    )
    return opened.payment


async def _demand_not_just_done(session: AsyncSession, actor: Actor, move: Move, at: datetime) -> None:
    recent = select(Payment).where(
        Payment.from_line_id == move.giver_id,
        Payment.profile_id == actor.profile_id,
        Payment.source == Source.BALANCE,
        Payment.state == PaymentState.CREDITED,
        Payment.amount == move.amount,
        col(Payment.state_at) > at - _A_MOMENT,
    )
    for payment in await session.exec(recent):
        if await _is_same(session, payment, move):
            raise JustTransferred


async def _is_same(session: AsyncSession, payment: Payment, move: Move) -> bool:
    shares = await shares_of(session, payment)
    is_to_the_same = [(key_of(share), share.amount) for share in shares] == [(move.target.key, move.amount)]
    return is_to_the_same and payment.from_line_id == move.giver_id


def _key(actor: Actor, form: str) -> str:
    return f"transfer:{actor.profile_id}:{form}"
