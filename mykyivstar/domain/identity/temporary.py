"""Temporary passwords, good for three days: for a first visit (A5), or access restored in person (A8)."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import flow_store, limits, passwords, subjects
from mykyivstar.domain.identity.errors import WrongCredentials
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import FlowKind, FlowStep, Language, Profile, TemporaryPassword
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
_WELCOME = (FlowKind.WELCOME, FlowStep.DETAILS)
_NEW_PASSWORD = (FlowKind.RECOVER, FlowStep.NEW_PASSWORD)


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
    await _void(session, col(TemporaryPassword.internet_account_id) == found.internet_account_id, at)
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


async def issue_for_profile(session: AsyncSession, profile: Profile, at: datetime) -> str:
    """Make a password for somebody whose document of identity was seen; with it and the login a new one is set.

    Earlier ones of the profile stop working. It is sent to nobody: whoever stands at the counter is given it.
    """
    password = new_code(CODE_ALPHABET, LENGTH)
    await void_of(session, profile.id or 0, at)
    session.add(
        TemporaryPassword(
            login_key=profile.login_key,
            password_hash=await hashed(password),
            profile_id=profile.id,
            issued_at=at,
            expires_at=at + VALID,
        )
    )
    return password


async def void_of(session: AsyncSession, profile_id: int, at: datetime) -> None:
    """No temporary password of this profile works any more."""
    await _void(session, col(TemporaryPassword.profile_id) == profile_id, at)


async def sign_in(
    unit_of_work: UnitOfWork, *, login: str, password: str, visitor: str, address: str, at: datetime
) -> FlowKind:
    """Begin the first visit (see `welcome`), or the new password of a profile (see `recovery`); which of the two.

    Raises WrongCredentials, LoginMissing, PasswordMissing, TemporaryPasswordExpired, TooManyTries.
    """
    passwords.require_typed(login, password)
    async with unit_of_work() as session:
        wait = await limits.hit(
            session,
            at,
            (Rule.PASSWORDS_OF_LOGIN, subjects.login_key(login)),
            (Rule.PASSWORDS_FOR_BROWSER, visitor),
            (Rule.PASSWORDS_FOR_ADDRESS, address),
        )
    limits.refuse_if_over(wait)
    begun = await try_sign_in(unit_of_work, login=login, password=password, visitor=visitor, at=at)
    if begun is None:
        raise WrongCredentials
    return begun


async def try_sign_in(
    unit_of_work: UnitOfWork, *, login: str, password: str, visitor: str, at: datetime
) -> FlowKind | None:
    """Begin what these, a login and its temporary password, are good for; the caller has counted the try.

    Takes as long for a login that has none. Raises TemporaryPasswordExpired for one that is right and too old.
    """
    async with unit_of_work() as session:
        issued = await _issued(session, login, at)
    if not await matches(password, issued.password_hash if issued else None) or issued is None:
        return None
    if issued.expires_at <= at:
        raise TemporaryPasswordExpired
    async with unit_of_work() as session:
        kind, step = _WELCOME if issued.profile_id is None else _NEW_PASSWORD
        flow = await flow_store.begin(session, visitor=visitor, kind=kind, at=at)
        flow.step, flow.typed = step, subjects.shown_login(login)
        flow.temporary_password_id, flow.internet_account_id = issued.id, issued.internet_account_id
        flow.profile_id, flow.code_proved = issued.profile_id, issued.profile_id is not None
    return kind


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


async def _void(session: AsyncSession, whose: ColumnElement[bool], at: datetime) -> None:
    unused = col(TemporaryPassword.used_at).is_(None)
    await session.execute(update(TemporaryPassword).where(whose, unused).values(used_at=at))


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
