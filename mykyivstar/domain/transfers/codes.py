"""The code that confirms one transfer: bound to it, so to its sum and its getter; the SMS names both.

It goes to the line that gives, whichever phones the profile has besides. Its tries are the transfer's: another code
brings no new ones. Numbers are limited apart from codes of signing in, so that nobody can use up somebody's transfers.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import limits
from mykyivstar.domain.identity.codes import RESEND_AFTER, TRIES, send_code, spend_code
from mykyivstar.domain.identity.errors import CodeSpent
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import CodePurpose, Language, OneTimeCode
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.domain.transfers.notices import masked
from mykyivstar.domain.transfers.rules import Move
from mykyivstar.kit.msisdn import Msisdn


@dataclass(frozen=True, slots=True)
class CodeOut:
    """The newest code of a transfer: when it was sent, and to which browser it belongs."""

    id: int
    issued_at: datetime
    visitor: str

    @property
    def resend_at(self) -> datetime:
        return self.issued_at + RESEND_AFTER


async def send(
    unit_of_work: UnitOfWork,
    key: bytes,
    payment: Payment,
    move: Move,
    *,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> None:
    """Send a code for this transfer, void the one before it, and wait for it as long as it works.

    Raises TooManyTries, CodeSpent when the transfer has no try left.
    """
    number = _number(move.giver.msisdn)
    async with unit_of_work() as session:
        wait = await limits.hit(session, at, (Rule.CODES_TO_NUMBER, number), (Rule.CODES_TO_NUMBER_A_DAY, number))
    limits.refuse_if_over(wait)
    async with unit_of_work() as session:
        left = await tries_left(session, payment)
    if left <= 0:
        raise CodeSpent
    sent = await send_code(
        unit_of_work,
        key,
        purpose=CodePurpose.TRANSFER,
        subject=_subject(payment),
        to=move.giver.msisdn,
        visitor=visitor,
        address=address,
        language=language,
        at=at,
        about={"kopiykas": str(payment.amount.kopiykas), "to": masked(move.target.number)},
        tries=left,
    )
    async with unit_of_work() as session:
        await _void_all_but(session, payment, sent.code_id, at)
        waiting = (col(Payment.id) == payment.id, col(Payment.state) == PaymentState.CONFIRMING)
        await session.exec(update(Payment).where(*waiting).values(expires_at=sent.expires_at))


async def spend(
    unit_of_work: UnitOfWork, key: bytes, payment: Payment, giver: Msisdn, *, visitor: str, code: str, at: datetime
) -> None:
    """Trade the code that is out. Raises as `spend_code` does."""
    async with unit_of_work() as session:
        wait = await limits.hit(session, at, (Rule.CODE_TRIES_OF_NUMBER, _number(giver)))
        out = await newest(session, payment)
    limits.refuse_if_over(wait)
    if out is None:
        raise CodeSpent
    await spend_code(
        unit_of_work,
        key,
        code_id=out.id,
        purpose=CodePurpose.TRANSFER,
        subject=_subject(payment),
        visitor=visitor,
        code=code,
        at=at,
    )


async def newest(session: AsyncSession, payment: Payment) -> CodeOut | None:
    """The code that was sent last and may still be typed."""
    rows = await session.exec(
        select(OneTimeCode)
        .where(*_of(payment), col(OneTimeCode.used_at).is_(None), col(OneTimeCode.voided_at).is_(None))
        .order_by(col(OneTimeCode.id).desc())
        .limit(1)
    )
    code = rows.first()
    return None if code is None else CodeOut(code.id or 0, code.issued_at, code.visitor)


async def tries_left(session: AsyncSession, payment: Payment) -> int:
    """How often a code may still be typed for this transfer, over all the codes that were sent for it."""
    newest_first = select(OneTimeCode.tries_left).where(*_of(payment)).order_by(col(OneTimeCode.id).desc()).limit(1)
    left = (await session.exec(newest_first)).first()
    return TRIES if left is None else left


async def is_exhausted(session: AsyncSession, payment: Payment) -> bool:
    """Whether every try was wrong; a code that fitted at the last try is not that, even before the money has moved."""
    newest_first = select(OneTimeCode).where(*_of(payment)).order_by(col(OneTimeCode.id).desc()).limit(1)
    code = (await session.exec(newest_first)).first()
    return code is not None and code.tries_left <= 0 and code.used_at is None


async def _void_all_but(session: AsyncSession, payment: Payment, code_id: int, at: datetime) -> None:
    """In every browser: a transfer has one code."""
    out = (
        *_of(payment),
        col(OneTimeCode.id) != code_id,
        col(OneTimeCode.used_at).is_(None),
        col(OneTimeCode.voided_at).is_(None),
    )
    await session.exec(update(OneTimeCode).where(*out).values(voided_at=at))


def _of(payment: Payment) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(OneTimeCode.purpose) == CodePurpose.TRANSFER, col(OneTimeCode.subject) == _subject(payment)


def _subject(payment: Payment) -> str:
    return f"transfer:{payment.id}"


def _number(giver: Msisdn) -> str:
    return f"transfer:{giver.digits}"
