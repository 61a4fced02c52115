"""What the screen of transfers shows: own lines that can give, and transfers as their giver sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, HoldingRole, Line, LineState
from mykyivstar.domain.lines.queries import HeldLine, holdings
from mykyivstar.domain.payments.crediting import shares_of
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Failure, Payment, PaymentState, Source
from mykyivstar.domain.payments.targets import key_of
from mykyivstar.domain.tariff_lock.queries import locked
from mykyivstar.domain.transfers import codes
from mykyivstar.domain.transfers.totals import month_left
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Giver:
    """An own line to transfer from. A blocked one cannot give; a contract one gives within the profile alone."""

    key: HoldingKey
    number: str
    nickname: str
    balance: Money
    # Of the balance, what is set aside for the tariff (O2).
    locked: Money
    month_left: Money
    is_blocked: bool
    is_contract: bool


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer. While it waits for its code: until when, and when another code may be asked for."""

    code: str
    state: PaymentState
    failure: Failure | None
    giver: str
    to: HoldingKey
    number: str
    amount: Money
    expires_at: datetime
    resend_at: datetime


async def givers(session: AsyncSession, actor: Actor, *, limits: PaymentLimits, at: datetime) -> Sequence[Giver]:
    """The actor's own lines in their order; those that are only paid for or viewed are not among them (B4)."""
    owned = [
        held
        for held in await holdings(session, actor)
        if isinstance(held, HeldLine)
        and held.holding.role is HoldingRole.OWNER
        and held.line.state is not LineState.INACTIVE
    ]
    ids = [held.key.id for held in owned]
    pots = select(col(LedgerAccount.line_id), col(LedgerAccount.balance)).where(
        col(LedgerAccount.line_id).in_(ids), LedgerAccount.unit == Unit.UAH
    )
    balances = dict((await session.exec(pots)).all())
    left = await month_left(session, ids, limits=limits, at=at)
    aside = await locked(session, ids, at)
    return [
        Giver(
            key=held.key,
            number=held.line.msisdn.digits,
            nickname=held.holding.nickname,
            balance=balances.get(held.key.id, Money.ZERO),
            locked=aside[held.key.id],
            month_left=left[held.key.id],
            is_blocked=held.line.state is LineState.BLOCKED,
            is_contract=held.line.payment is Billing.CONTRACT,
        )
        for held in owned
    ]


async def pending(session: AsyncSession, actor: Actor, *, at: datetime) -> Transfer | None:
    """The transfer of this profile that waits for its code; a page that lost its connection shows it again."""
    waiting = select(Payment).where(*waiting_of(actor), col(Payment.expires_at) > at)
    payment = (await session.exec(waiting.order_by(col(Payment.id).desc()).limit(1))).first()
    return None if payment is None else await view(session, payment)


async def of_code(session: AsyncSession, actor: Actor, code: str) -> Transfer:
    """A transfer that this profile made. Raises NotFound, for a stranger's too."""
    return await view(session, await payment_of(session, actor, code))


async def payment_of(session: AsyncSession, actor: Actor, code: str) -> Payment:
    """The payment behind it. Raises NotFound, for a stranger's and for payments that are no transfers too."""
    theirs = (Payment.code == code, Payment.profile_id == actor.profile_id, Payment.source == Source.BALANCE)
    payment = (await session.exec(select(Payment).where(*theirs))).first()
    if payment is None:
        raise NotFound
    return payment


def waiting_of(actor: Actor) -> tuple[bool, bool, bool]:
    """Which payments are transfers of this profile that wait for their code."""
    return (
        Payment.profile_id == actor.profile_id,
        Payment.source == Source.BALANCE,
        Payment.state == PaymentState.CONFIRMING,
    )


async def view(session: AsyncSession, payment: Payment) -> Transfer:
    """The transfer as its giver sees it."""
    share = (await shares_of(session, payment))[0]
    giver = await session.get_one(Line, payment.from_line_id)
    out = await codes.newest(session, payment)
    return Transfer(
        code=payment.code,
        state=payment.state,
        failure=payment.failure,
        giver=giver.msisdn.digits,
        to=key_of(share),
        number=await _number(session, key_of(share)),
        amount=payment.amount,
        expires_at=payment.expires_at,
        # Without a code (the process died before it was sent) one may be asked for at once.
        resend_at=payment.created_at if out is None else out.resend_at,
    )


async def _number(session: AsyncSession, key: HoldingKey) -> str:
    """Also of one that takes no money any more: the giver typed it."""
    if key.kind is HoldingKind.LINE:
        return (await session.get_one(Line, key.id)).msisdn.digits
    return (await session.get_one(InternetAccount, key.id)).number
