"""Giving a promised payment: asked, checked and credited in one transaction, once (N2)."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import changed
from mykyivstar.db.jobs import enqueue
from mykyivstar.db.statements import insert_into
from mykyivstar.db.turns import take_turn
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.payments.crediting import credit, shares_of
from mykyivstar.domain.payments.errors import PaymentMismatch
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause, Payment, Source
from mykyivstar.domain.payments.opening import Payer, Share, open_payment
from mykyivstar.domain.payments.targets import key_of
from mykyivstar.domain.promises import notices
from mykyivstar.domain.promises.conditions import Offer, offers
from mykyivstar.domain.promises.errors import OnceAMonth, SumNotOffered
from mykyivstar.domain.promises.models import Promise, PromiseState
from mykyivstar.domain.promises.terms import PromiseTerms, due_at
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

DUE_JOB = "promise.due"
REMINDER_JOB = "promise.remind"
_REMINDED_AT = time(10)


async def give(
    session: AsyncSession,
    actor: Actor,
    *,
    key: str,
    to: HoldingKey,
    amount: Money,
    language: Language,
    terms: PromiseTerms,
    limits: PaymentLimits,
    at: datetime,
) -> Payment:
    """Lend this sum to one of the actor's own; the same `key` (of one form) lends once.

    Credited at once, told by SMS, reminded of a day before the last one, taken back from the next money in or at the
    end of the last day (see `repaying`). Raises NotFound, SumNotOffered, PaymentMismatch and what `errors` holds.
    """
    await take_turn(session, key)
    if (known := (await session.exec(select(Payment).where(Payment.key == key))).first()) is not None:
        return await _same(session, known, actor, Share(to, amount))
    offer = next((each for each in await offers(session, actor, terms, at=at) if each.key == to), None)
    if offer is None:
        raise NotFound
    if offer.refusal is not None:
        raise offer.refusal
    if amount not in offer.sums:
        raise SumNotOffered
    opened = await open_payment(
        session,
        key=key,
        source=Source.PROMISE,
        payer=Payer(profile_id=actor.profile_id, language=language),
        shares=[Share(to, amount)],
        limits=limits,
        at=at,
        expires_at=at,
    )
    if not opened.is_new:
        return opened.payment
    promise = await _written_down(session, opened.payment, offer)
    await credit(session, opened.payment, at=at, cause=Cause.PAYER)
    await _look_after(session, promise)
    await notices.given(session, promise, at=at)
    changed(session, to.subject)
    return opened.payment


async def _same(session: AsyncSession, known: Payment, actor: Actor, asked: Share) -> Payment:
    """The payment of a form that was sent before, if it is the same form."""
    if known.profile_id != actor.profile_id or known.source is not Source.PROMISE:
        raise NotFound
    if [Share(key_of(share), share.amount) for share in await shares_of(session, known)] != [asked]:
        raise PaymentMismatch
    return known


async def _written_down(session: AsyncSession, payment: Payment, offer: Offer) -> Promise:
    month = Month.of(payment.created_at)
    column = "line_id" if offer.key.kind is HoldingKind.LINE else "internet_account_id"
    values: Mapping[str, Any] = {
        "payment_id": payment.id,
        "profile_id": payment.profile_id,
        "line_id": None,
        "internet_account_id": None,
        column: offer.key.id,
        "month": str(month),
        "amount": payment.amount,
        "price": offer.price,
        "taken": Money.ZERO,
        "state": PromiseState.OPEN,
        "given_at": payment.created_at,
        "due_at": due_at(offer.last_day),
    }
    adding = insert_into(session, Promise).values(**values).on_conflict_do_nothing().returning(col(Promise.id))
    promise_id = (await session.exec(adding)).scalar_one_or_none()
    if promise_id is None:
        # Another tab, or another owner, was faster than our look at the conditions.
        raise OnceAMonth(day=month.shifted(1).first_day)
    return await session.get_one(Promise, promise_id)


async def _look_after(session: AsyncSession, promise: Promise) -> None:
    """Have it remembered: the reminder on the day before the last one, the rest taken at the end of the last one."""
    named = {"promise_id": promise.id}
    await enqueue(session, DUE_JOB, named, run_at=promise.due_at, dedup=f"{DUE_JOB}:{promise.id}")
    await enqueue(session, REMINDER_JOB, named, run_at=reminded_at(promise), dedup=f"{REMINDER_JOB}:{promise.id}")


def reminded_at(promise: Promise) -> datetime:
    """Ten in the morning of the day before its last day."""
    last = promise.due_at.astimezone(KYIV).date() - timedelta(days=1)
    return datetime.combine(last - timedelta(days=1), _REMINDED_AT, KYIV).astimezone(promise.due_at.tzinfo)
