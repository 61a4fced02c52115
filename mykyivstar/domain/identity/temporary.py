"""Temporary passwords (A5): issued by the operator for an internet account, good for three days and a first visit."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import flow_store, limits, passwords, subjects
from mykyivstar.domain.identity.errors import WrongCredentials
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import FlowKind, FlowStep, Language, TemporaryPassword
from mykyivstar.domain.identity.security_errors import AccountHasProfile, TemporaryPasswordExpired
from mykyivstar.domain.identity.subjects import Subject
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.secret import CODE_ALPHABET, new_code, typed_code

VALID = timedelta(days=3)
LENGTH = 10
# How long after its end a right password is told to be late instead of wrong.
_REMEMBERED = timedelta(days=30)


async def issue(
    session: AsyncSession,
    internet_account_number: str,
    at: datetime,
    *,
    login: str = "",
    language: Language = Language.UK,
) -> tuple[str, str]:
    """Make a login (the account number unless given) and a password, send both to the contract phone, and return them.

    Earlier ones of the account stop working. Raises NotFound, AccountHasProfile.
    """
    found = await subjects.look_up(session, Subject("internet", internet_account_number.strip()))
    if found.internet_account_id is None or found.phone is None:
        raise NotFound
    if await subjects.profile_of(session, found) is not None:
        raise AccountHasProfile
    shown, password = login.strip() or found.subject.value, new_code(CODE_ALPHABET, LENGTH)
    await session.execute(
        update(TemporaryPassword)
        .where(
            col(TemporaryPassword.internet_account_id) == found.internet_account_id,
            col(TemporaryPassword.used_at).is_(None),
        )
        .values(used_at=at)
    )
    session.add(
        TemporaryPassword(
            login_key=subjects.login_key(shown),
            password_hash=await hashed(password),
            internet_account_id=found.internet_account_id,
            issued_at=at,
            expires_at=at + VALID,
        )
    )
    await send_sms(
        session,
        to=found.phone,
        template=SmsTemplate.TEMPORARY_PASSWORD,
        params={"login": shown, "password": password},
        language=language,
        at=at,
        lives=VALID,
    )
    return shown, password


async def sign_in(
    unit_of_work: UnitOfWork, *, login: str, password: str, visitor: str, address: str, at: datetime
) -> None:
    """Begin the first visit (see `welcome`). Raises WrongCredentials, TemporaryPasswordExpired, TooManyTries."""
    async with unit_of_work() as session:
        wait = await limits.hit(
            session,
            at,
            (Rule.PASSWORDS_OF_LOGIN, subjects.login_key(login)),
            (Rule.PASSWORDS_FOR_BROWSER, visitor),
            (Rule.PASSWORDS_FOR_ADDRESS, address),
        )
    limits.refuse_if_over(wait)
    if not await try_sign_in(unit_of_work, login=login, password=password, visitor=visitor, at=at):
        raise WrongCredentials


async def try_sign_in(unit_of_work: UnitOfWork, *, login: str, password: str, visitor: str, at: datetime) -> bool:
    """Begin the first visit if these are a login and its temporary password; the caller has counted the try.

    Takes as long for a login that has none. Raises TemporaryPasswordExpired for one that is right and too old.
    """
    async with unit_of_work() as session:
        issued = await _issued(session, login, at)
    if not await matches(password, issued.password_hash if issued else None) or issued is None:
        return False
    if issued.expires_at <= at:
        raise TemporaryPasswordExpired
    async with unit_of_work() as session:
        flow = await flow_store.begin(session, visitor=visitor, kind=FlowKind.WELCOME, at=at)
        flow.step, flow.typed = FlowStep.DETAILS, login.strip()[:80]
        flow.temporary_password_id, flow.internet_account_id = issued.id, issued.internet_account_id
    return True


async def hashed(password: str) -> str:
    """What is kept of a temporary password."""
    return await passwords.hash_password(typed_code(password))


async def matches(password: str, stored: str | None) -> bool:
    """Whether this is the temporary password, typed in whatever case and with whatever spaces."""
    return await passwords.matches(typed_code(password), stored)


async def take(session: AsyncSession, temporary_password_id: int, at: datetime) -> bool:
    """Use a temporary password up, atomically; False when that has happened before."""
    won = await session.execute(
        update(TemporaryPassword)
        .where(col(TemporaryPassword.id) == temporary_password_id, col(TemporaryPassword.used_at).is_(None))
        .values(used_at=at)
        .returning(col(TemporaryPassword.id))
    )
    return won.scalar_one_or_none() is not None


async def _issued(session: AsyncSession, login: str, at: datetime) -> TemporaryPassword | None:
    rows = await session.exec(
        select(TemporaryPassword)
        .where(
            TemporaryPassword.login_key == subjects.login_key(login),
            col(TemporaryPassword.used_at).is_(None),
            col(TemporaryPassword.expires_at) > at - _REMEMBERED,
        )
        .order_by(col(TemporaryPassword.id).desc())
        .limit(1)
    )
    return rows.first()
