"""Signing in: by a code (A2), by password and code (A3), by the operator's own network (A9).

Each verb takes one browser's way in one step further and says where it stands; the same answers for everybody until
a code or a password has proved something.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import flow_codes, flow_store, limits, passwords, sessions, subjects, temporary
from mykyivstar.domain.identity.devices import known_device
from mykyivstar.domain.identity.errors import NotInRegister, SignInRefused, WrongCredentials
from mykyivstar.domain.identity.flow_codes import Standing
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import (
    FlowKind,
    FlowStep,
    Language,
    Profile,
    SignInFlow,
    SignInMethod,
)
from mykyivstar.kit.msisdn import Msisdn


@dataclass(frozen=True, slots=True)
class Entered:
    """The way in is finished: trade this ticket for the session."""

    ticket: str
    next_path: str


@dataclass(frozen=True, slots=True)
class NotRegistered:
    """The number is proved and has no profile yet: go on to registration, no second code needed (S4)."""


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """It was a login with its temporary password: go on to the first visit (A5)."""


@dataclass(frozen=True, slots=True)
class NewPassword:
    """It was a login with the temporary password from a service centre: go on to a new password (A8)."""


@dataclass(frozen=True, slots=True)
class NeedsCode:
    """The password is right; the device is not remembered, so a code was sent (A3)."""

    standing: Standing


async def ask_for_code(
    unit_of_work: UnitOfWork,
    key: bytes,
    *,
    typed: str,
    visitor: str,
    address: str,
    language: Language,
    next_path: str,
    at: datetime,
) -> Standing:
    """Begin with a number or account: a code goes to the number, or to the phone in the contract.

    Raises NotALogin, TooManyTries. A number that is nobody's gets the same answer and no SMS.
    """
    subject = subjects.parse_own(typed)
    async with unit_of_work() as session:
        found = await subjects.look_up(session, subject)
        profile = await subjects.profile_of(session, found)
        flow = await flow_store.begin(session, visitor=visitor, kind=FlowKind.SIGN_IN, at=at, next_path=next_path)
        flow.typed, flow.subject = typed.strip()[:80], subject.key
        flow.line_id, flow.internet_account_id = found.line_id, found.internet_account_id
        flow.profile_id = profile.id if profile else None
    return await flow_codes.send(
        unit_of_work,
        key,
        kind=FlowKind.SIGN_IN,
        to=found.phone,
        visitor=visitor,
        address=address,
        language=language,
        at=at,
    )


async def with_code(
    unit_of_work: UnitOfWork, key: bytes, *, visitor: str, code: str, remember: bool, at: datetime
) -> Entered | NotRegistered:
    """Finish with the code. Raises WrongCode, CodeExpired, CodeSpent, FlowLost, TooManyTries, SignInRefused."""
    await flow_codes.spend(unit_of_work, key, kind=FlowKind.SIGN_IN, visitor=visitor, code=code, at=at)
    async with unit_of_work() as session:
        flow = await flow_store.current(session, visitor=visitor, kind=FlowKind.SIGN_IN, at=at)
        if flow.profile_id is None:
            flow.code_proved, flow.step = True, FlowStep.DETAILS
            return NotRegistered()
        method = SignInMethod.PASSWORD if flow.password_proved else SignInMethod.CODE
        return await _enter(session, flow, method=method, visitor=visitor, remember=remember, at=at)


async def with_password(
    unit_of_work: UnitOfWork,
    key: bytes,
    *,
    login: str,
    password: str,
    visitor: str,
    device: str,
    address: str,
    language: Language,
    next_path: str,
    at: datetime,
) -> Entered | NeedsCode | FirstVisit | NewPassword:
    """Login and password; then a code, unless this device is remembered or confirmation is switched off (A3, A4).

    A temporary password begins the first visit instead, or for a profile the setting of a new one (see `recovery`).
    Raises WrongCredentials, the same for an unknown login and in the same time, LoginMissing, PasswordMissing,
    TemporaryPasswordExpired, TooManyTries.
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
    async with unit_of_work() as session:
        profile = await subjects.profile_by_login(session, login)
    if not await passwords.matches(password, profile.password_hash if profile else None) or profile is None:
        begun = await temporary.try_sign_in(unit_of_work, login=login, password=password, visitor=visitor, at=at)
        if begun is None:
            raise WrongCredentials
        return FirstVisit() if begun is FlowKind.WELCOME else NewPassword()
    assert profile.id is not None
    async with unit_of_work() as session:
        flow = await flow_store.begin(session, visitor=visitor, kind=FlowKind.SIGN_IN, at=at, next_path=next_path)
        flow.typed, flow.profile_id, flow.password_proved = login.strip()[:80], profile.id, True
        flow.subject = f"profile:{profile.id}"
        known = await known_device(session, device, profile.id)
        if known is not None:
            known.last_used_at = at
        if known is not None or not profile.sms_confirmation:
            device_id = known.id if known else None
            return await _enter(
                session, flow, method=SignInMethod.PASSWORD, visitor=visitor, remember=False, at=at, device_id=device_id
            )
        to = await confirmation_phone(session, profile)
    sent = await flow_codes.send(
        unit_of_work, key, kind=FlowKind.SIGN_IN, to=to, visitor=visitor, address=address, language=language, at=at
    )
    return NeedsCode(sent)


async def by_network(
    unit_of_work: UnitOfWork, *, msisdn: Msisdn, visitor: str, next_path: str, at: datetime
) -> Entered | NotRegistered:
    """A9: the operator's own network vouches for the number. Raises NotInRegister for one that is not ours."""
    async with unit_of_work() as session:
        found = await subjects.look_up(session, subjects.Subject("line", msisdn.digits))
        profile = await subjects.profile_of(session, found)
        if found.line_id is None:
            raise NotInRegister
        flow = await flow_store.begin(session, visitor=visitor, kind=FlowKind.SIGN_IN, at=at, next_path=next_path)
        flow.typed, flow.subject, flow.line_id = msisdn.digits, found.subject.key, found.line_id
        if profile is None:
            flow.code_proved, flow.step = True, FlowStep.DETAILS
            return NotRegistered()
        flow.profile_id = profile.id
        return await _enter(session, flow, method=SignInMethod.NETWORK, visitor=visitor, remember=False, at=at)


async def start_over(session: AsyncSession, *, visitor: str) -> None:
    """Back to the first step, by the person's own wish."""
    await flow_store.forget(session, visitor=visitor, kind=FlowKind.SIGN_IN)


async def confirmation_phone(session: AsyncSession, profile: Profile) -> Msisdn | None:
    """Where a profile's codes go: a line it owns, its account's contract phone, else its contact phone.

    The contact phone comes last: on the first visit it was typed and not proved, and a slip of the finger must not
    send codes to a stranger.
    """
    from mykyivstar.domain.lines.queries import own_phones  # the lines context attaches what identity proves

    phones = await own_phones(session, profile.id or 0)
    return phones[0] if phones else profile.contact_phone


async def _enter(
    session: AsyncSession,
    flow: SignInFlow,
    *,
    method: SignInMethod,
    visitor: str,
    remember: bool,
    at: datetime,
    device_id: int | None = None,
) -> Entered:
    assert flow.profile_id is not None
    profile = await session.get(Profile, flow.profile_id)
    if profile is None or profile.closed_at is not None:
        raise SignInRefused
    ticket = await sessions.issue_ticket(
        session,
        profile_id=flow.profile_id,
        visitor=visitor,
        method=method,
        at=at,
        remember=remember,
        device_id=device_id,
    )
    next_path = flow.next_path
    await flow_store.forget(session, visitor=visitor, kind=FlowKind.SIGN_IN)
    return Entered(ticket, next_path)
