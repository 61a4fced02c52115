"""The end of a transfer that waits for its code: confirmed, given up, or late (D5).

How far it is stands in the database, so a lost connection loses nothing.
"""

from datetime import datetime

from sqlmodel import col, select

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.errors import CodeSpent, WrongCode
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause, Failure, Payment, PaymentState, Source
from mykyivstar.domain.transfers import codes
from mykyivstar.domain.transfers.crediting import credit_confirmed, fail, move_of
from mykyivstar.domain.transfers.errors import TransferCancelled, TransferTimeOver, TransferTriesOver
from mykyivstar.domain.transfers.queries import Transfer, payment_of, view
from mykyivstar.kit.errors import CustomerError

EXPIRED_AT_ONCE = 200


async def send_again(
    unit_of_work: UnitOfWork,
    key: bytes,
    actor: Actor,
    *,
    code: str,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> Transfer:
    """Another code for the transfer `code`, which then waits as long as that works; too early, the old one stays.

    Raises NotFound, TransferTimeOver, TransferTriesOver, TransferCancelled, TooManyTries.
    """
    await _expire_one(unit_of_work, actor, code, at)
    async with unit_of_work() as session:
        payment = await payment_of(session, actor, code)
        _demand_not_over(payment)
        out = await codes.newest(session, payment)
        move = await move_of(session, actor, payment)
    is_early = out is not None and out.visitor == visitor and at < out.resend_at
    if payment.state is PaymentState.CONFIRMING and not is_early:
        await codes.send(unit_of_work, key, payment, move, visitor=visitor, address=address, language=language, at=at)
    return await _seen(unit_of_work, actor, code)


async def confirm(
    unit_of_work: UnitOfWork,
    key: bytes,
    actor: Actor,
    *,
    code: str,
    typed: str,
    limits: PaymentLimits,
    visitor: str,
    at: datetime,
) -> Transfer:
    """Credit the transfer `code` with the code from the SMS; one that was credited already is shown, not repeated.

    Raises NotFound, WrongCode, CodeSpent, TransferTimeOver, TransferTriesOver, TransferCancelled, TooManyTries; and
    what makes a transfer fail at last: MonthLimitReached, NotEnoughMoney, LineCannotGive, UnknownTarget and others of
    `begin`.
    """
    await _expire_one(unit_of_work, actor, code, at)
    async with unit_of_work() as session:
        payment = await payment_of(session, actor, code)
        giver = await session.get_one(Line, payment.from_line_id)
    _demand_not_over(payment)
    if payment.state is PaymentState.CONFIRMING:
        try:
            await codes.spend(unit_of_work, key, payment, giver.msisdn, visitor=visitor, code=typed, at=at)
        except (WrongCode, CodeSpent) as refusal:
            await _after_refused(unit_of_work, actor, code, refusal, at)
            return await _seen(unit_of_work, actor, code)
        unfit: CustomerError | None = None
        async with unit_of_work() as session:
            payment = await payment_of(session, actor, code)
            if payment.state is PaymentState.CONFIRMING:
                unfit = await credit_confirmed(session, actor, payment, limits=limits, at=at)
        if unfit is not None:
            raise unfit
        _demand_not_over(payment)
    return await _seen(unit_of_work, actor, code)


async def look(unit_of_work: UnitOfWork, actor: Actor, *, code: str, at: datetime) -> Transfer:
    """The transfer as it is now; one whose time is over is ended, job or no job. Raises NotFound."""
    await _expire_one(unit_of_work, actor, code, at)
    return await _seen(unit_of_work, actor, code)


async def give_up(unit_of_work: UnitOfWork, actor: Actor, *, code: str, at: datetime) -> Transfer:
    """End a transfer that waits for its code, by the giver's wish. Raises NotFound."""
    async with unit_of_work() as session:
        payment = await payment_of(session, actor, code)
        if payment.state is PaymentState.CONFIRMING:
            await fail(session, payment, Failure.GIVEN_UP, at=at)
    return await _seen(unit_of_work, actor, code)


async def expire(unit_of_work: UnitOfWork, *, at: datetime) -> int:
    """Fail transfers that nobody confirmed in time; how many there were. Called by a job."""
    async with unit_of_work() as session:
        late = select(Payment).where(
            Payment.source == Source.BALANCE,
            Payment.state == PaymentState.CONFIRMING,
            col(Payment.expires_at) <= at,
        )
        found = (await session.exec(late.order_by(col(Payment.id)).limit(EXPIRED_AT_ONCE))).all()
        for payment in found:
            await fail(session, payment, Failure.NOT_FINISHED, at=at, cause=Cause.CLOCK)
    return len(found)


async def _expire_one(unit_of_work: UnitOfWork, actor: Actor, code: str, at: datetime) -> None:
    """The clock is right even when the job has not come by yet."""
    async with unit_of_work() as session:
        payment = await payment_of(session, actor, code)
        if payment.state is PaymentState.CONFIRMING and payment.expires_at <= at:
            await fail(session, payment, Failure.NOT_FINISHED, at=at, cause=Cause.CLOCK)


async def _after_refused(
    unit_of_work: UnitOfWork, actor: Actor, code: str, refusal: CustomerError, at: datetime
) -> None:
    """A code that does not fit: by a second click the transfer has gone through, or its tries are gone, or it is so."""
    async with unit_of_work() as session:
        payment = await payment_of(session, actor, code)
        if payment.state is PaymentState.CONFIRMING and await codes.is_exhausted(session, payment):
            await fail(session, payment, Failure.WRONG_CODE, at=at)
    _demand_not_over(payment)
    if payment.state is PaymentState.CONFIRMING:
        raise refusal


def _demand_not_over(payment: Payment) -> None:
    if payment.state is not PaymentState.FAILED:
        return
    if payment.failure is Failure.NOT_FINISHED:
        raise TransferTimeOver
    if payment.failure is Failure.WRONG_CODE:
        raise TransferTriesOver
    raise TransferCancelled


async def _seen(unit_of_work: UnitOfWork, actor: Actor, code: str) -> Transfer:
    async with unit_of_work() as session:
        return await view(session, await payment_of(session, actor, code))
