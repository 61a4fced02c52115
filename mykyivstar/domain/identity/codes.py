"""One-time codes by SMS (A1, A2), to a new address by e-mail (G3): sent, counted, traded once.

The same work is done for a number that is nobody's: a code row without a destination, an SMS that never leaves. So
neither the answer nor its timing tells whether a number is a customer's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import limits
from mykyivstar.domain.identity.errors import CodeExpired, CodeMalformed, CodeSpent, WrongCode
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import CodePurpose, Language, OneTimeCode
from mykyivstar.domain.notifications.mail import MailTemplate, send_mail
from mykyivstar.domain.notifications.sms import send_sms, suppress_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.secret import CODE_ALPHABET, keyed_hash, new_code, same, typed_code

CODE_LENGTH = 4
TRIES = 5
RESEND_AFTER = timedelta(seconds=60)
LIVES = timedelta(minutes=5)
# A1: a registration code lives three minutes, every other five.
LIVES_FOR = {CodePurpose.REGISTER: timedelta(minutes=3)}

_TEMPLATES = {
    CodePurpose.REGISTER: SmsTemplate.CODE_REGISTER,
    CodePurpose.SIGN_IN: SmsTemplate.CODE_SIGN_IN,
    CodePurpose.RECOVER: SmsTemplate.CODE_RECOVER,
    CodePurpose.ADD_LINE: SmsTemplate.CODE_ADD_LINE,
    CodePurpose.SWITCH_OFF_SMS: SmsTemplate.CODE_SWITCH_OFF_SMS,
    CodePurpose.FRESH_PROOF: SmsTemplate.CODE_FRESH_PROOF,
    CodePurpose.TRANSFER: SmsTemplate.CODE_TRANSFER,
    CodePurpose.STAFF: SmsTemplate.CODE_STAFF,
    CodePurpose.CONTACT: SmsTemplate.CODE_CONTACT,
    CodePurpose.UNBLOCK: SmsTemplate.CODE_UNBLOCK,
}
_LETTERS = {CodePurpose.CONTACT: MailTemplate.CODE_CONTACT, CodePurpose.UNBLOCK: MailTemplate.CODE_UNBLOCK}
# Stands in for the recipient of a decoy; the row is suppressed and this number belongs to no network.
_NOBODY = Msisdn("380000000000")


@dataclass(frozen=True, slots=True)
class CodeSent:
    """What the page needs: until when the code works, and when another may be asked for."""

    code_id: int
    expires_at: datetime
    resend_at: datetime


async def send_code(
    unit_of_work: UnitOfWork,
    key: bytes,
    *,
    purpose: CodePurpose,
    subject: str,
    to: Msisdn | None,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
    about: Mapping[str, str] | None = None,
    tries: int = TRIES,
    email: str | None = None,
) -> CodeSent:
    """Make a new code, void the older ones of this subject and browser, and send it; `to` None: a decoy.

    With `email` it goes there by a letter and nowhere else. `about` is what the SMS says beside the code, for the
    purposes whose template has more values.
    Raises TooManyTries when the number, the browser or the address has had its codes.
    """
    async with unit_of_work() as session:
        wait = await limits.hit(
            session,
            at,
            (Rule.CODES_TO_NUMBER, subject),
            (Rule.CODES_TO_NUMBER_A_DAY, subject),
            (Rule.CODES_FOR_BROWSER, visitor),
            (Rule.CODES_FOR_ADDRESS, address),
        )
    limits.refuse_if_over(wait)
    lives = LIVES_FOR.get(purpose, LIVES)
    code = new_code(CODE_ALPHABET, CODE_LENGTH)
    async with unit_of_work() as session:
        await _void_older(session, purpose=purpose, subject=subject, visitor=visitor, at=at)
        row = OneTimeCode(
            purpose=purpose,
            subject=subject,
            visitor=visitor,
            sent_to=to,
            sent_to_email=email,
            code_hash=_hash(key, purpose, subject, visitor, code),
            tries_left=tries,
            issued_at=at,
            expires_at=at + lives,
        )
        session.add(row)
        await session.flush()
        if email is not None:
            await _send_letter(session, row, email, {"code": code, **(about or {})}, language=language)
        else:
            send = suppress_sms if to is None else send_sms
            await send(
                session,
                to=to or _NOBODY,
                template=_TEMPLATES[purpose],
                params={"code": code, **(about or {})},
                language=language,
                at=at,
                lives=lives,
            )
        assert row.id is not None
        return CodeSent(row.id, row.expires_at, at + RESEND_AFTER)


async def spend_code(
    unit_of_work: UnitOfWork,
    key: bytes,
    *,
    code_id: int,
    purpose: CodePurpose,
    subject: str,
    visitor: str,
    code: str,
    at: datetime,
) -> None:
    """Trade a code for what it proves; returning means it fitted, and it will never fit again.

    Raises WrongCode (a try is gone), CodeMalformed (none is), CodeExpired, CodeSpent (no tries left, used, voided,
    another browser's or purpose's), TooManyTries (wrong codes for one number from anywhere).
    """
    typed = typed_code(code)
    if len(typed) != CODE_LENGTH:
        raise CodeMalformed(length=CODE_LENGTH)
    async with unit_of_work() as session:
        wait = await limits.hit(session, at, (Rule.CODE_TRIES_OF_NUMBER, subject))
        tries_left = await _spend_try(session, code_id, purpose=purpose, subject=subject, visitor=visitor)
    limits.refuse_if_over(wait)
    if tries_left is None:
        raise CodeSpent
    async with unit_of_work() as session:
        row = await session.get_one(OneTimeCode, code_id)
        if row.expires_at <= at:
            raise CodeExpired
        given = _hash(key, purpose, subject, visitor, typed)
        # The decoy is compared too, and never fits.
        fits = same(given, row.code_hash) and (row.sent_to is not None or row.sent_to_email is not None)
        if fits and await _use(session, code_id, at):
            return
    raise WrongCode(tries_left=tries_left) if tries_left else CodeSpent


async def _send_letter(
    session: AsyncSession, row: OneTimeCode, to: str, params: Mapping[str, str], *, language: Language
) -> None:
    await send_mail(
        session,
        key=f"code:{row.id}",
        to=to,
        template=_LETTERS[row.purpose],
        params=params,
        language=language,
        at=row.issued_at,
        lives=row.expires_at - row.issued_at,
    )


async def _void_older(session: AsyncSession, *, purpose: CodePurpose, subject: str, visitor: str, at: datetime) -> None:
    await session.execute(
        update(OneTimeCode)
        .where(
            col(OneTimeCode.purpose) == purpose,
            col(OneTimeCode.subject) == subject,
            col(OneTimeCode.visitor) == visitor,
            col(OneTimeCode.used_at).is_(None),
            col(OneTimeCode.voided_at).is_(None),
        )
        .values(voided_at=at)
    )


async def _spend_try(
    session: AsyncSession, code_id: int, *, purpose: CodePurpose, subject: str, visitor: str
) -> int | None:
    """One try fewer, atomically; what is left after it, None when this code has no try to spend."""
    spent = await session.execute(
        update(OneTimeCode)
        .where(
            col(OneTimeCode.id) == code_id,
            col(OneTimeCode.purpose) == purpose,
            col(OneTimeCode.subject) == subject,
            col(OneTimeCode.visitor) == visitor,
            col(OneTimeCode.used_at).is_(None),
            col(OneTimeCode.voided_at).is_(None),
            col(OneTimeCode.tries_left) > 0,
        )
        .values(tries_left=col(OneTimeCode.tries_left) - 1)
        .returning(col(OneTimeCode.tries_left))
    )
    return spent.scalar_one_or_none()


async def _use(session: AsyncSession, code_id: int, at: datetime) -> bool:
    won = await session.execute(
        update(OneTimeCode)
        .where(col(OneTimeCode.id) == code_id, col(OneTimeCode.used_at).is_(None))
        .values(used_at=at)
        .returning(col(OneTimeCode.id))
    )
    return won.scalar_one_or_none() is not None


def _hash(key: bytes, purpose: CodePurpose, subject: str, visitor: str, code: str) -> str:
    return keyed_hash(key, "code", purpose.value, subject, visitor, code)
