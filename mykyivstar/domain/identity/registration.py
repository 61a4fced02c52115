"""Registration (A1): an active number, its code, then login, password and both agreements."""

import re
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import flow_codes, flow_store, passwords, sessions, subjects
from mykyivstar.domain.identity.agreements import PERSONAL_DATA_VERSION, TERMS_VERSION
from mykyivstar.domain.identity.errors import AlreadyRegistered, FlowLost, LoginMalformed, LoginTaken, MustAccept
from mykyivstar.domain.identity.flow_codes import Standing
from mykyivstar.domain.identity.models import (
    Agreement,
    Consent,
    FlowKind,
    FlowStep,
    Language,
    Profile,
    SignInFlow,
    SignInMethod,
)
from mykyivstar.domain.identity.sign_in import Entered
from mykyivstar.domain.identity.subjects import Subject
from mykyivstar.kit.msisdn import Msisdn

# A letter first, so that no login can be taken for anybody's number.
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,63}", re.IGNORECASE)


async def ask_for_code(
    unit_of_work: UnitOfWork, key: bytes, *, typed: str, visitor: str, address: str, language: Language, at: datetime
) -> Standing:
    """Begin with a mobile number: a code, valid three minutes, goes to it when it is an active one of ours.

    Raises NotANumber, TooManyTries. A number of another operator or an inactive one gets the same answer and no SMS.
    """
    subject = Subject("line", (Msisdn.without_zero(typed) or Msisdn.parse(typed)).digits)
    async with unit_of_work() as session:
        found = await subjects.look_up(session, subject)
        flow = await flow_store.begin(session, visitor=visitor, kind=FlowKind.REGISTER, at=at)
        flow.typed, flow.subject, flow.line_id = typed.strip()[:80], subject.key, found.line_id
    return await flow_codes.send(
        unit_of_work,
        key,
        kind=FlowKind.REGISTER,
        to=found.phone,
        visitor=visitor,
        address=address,
        language=language,
        at=at,
    )


async def prove(unit_of_work: UnitOfWork, key: bytes, *, visitor: str, code: str, at: datetime) -> Standing:
    """Prove the number with the code. Raises WrongCode, CodeExpired, CodeSpent, FlowLost, AlreadyRegistered."""
    await flow_codes.spend(unit_of_work, key, kind=FlowKind.REGISTER, visitor=visitor, code=code, at=at)
    async with unit_of_work() as session:
        flow = await flow_store.current(session, visitor=visitor, kind=FlowKind.REGISTER, at=at)
        is_taken = await _has_profile(session, flow)
        if is_taken:
            await flow_store.forget(session, visitor=visitor, kind=FlowKind.REGISTER)
        else:
            flow.code_proved, flow.step = True, FlowStep.DETAILS
        reached = Standing(FlowStep.DETAILS, flow.typed)
    if is_taken:
        raise AlreadyRegistered
    return reached


async def standing(session: AsyncSession, *, visitor: str, at: datetime) -> Standing:
    """The step of registration this browser is on; a sign-in whose number turned out to be new counts as proved."""
    proved = await _find_proved(session, visitor, at)
    if proved is not None:
        return Standing(FlowStep.DETAILS, proved.typed)
    return await flow_codes.standing(session, visitor=visitor, kind=FlowKind.REGISTER, at=at)


async def complete(
    unit_of_work: UnitOfWork,
    *,
    visitor: str,
    login: str,
    password: str,
    again: str,
    accepts_terms: bool,
    accepts_personal_data: bool,
    remember: bool,
    language: Language,
    at: datetime,
) -> Entered:
    """Make the profile; the proved number and the internet accounts whose contract phone it is become its own.

    An empty login means the number. Raises PasswordTooWeak, PasswordsDiffer, LoginTaken, LoginMalformed, MustAccept,
    FlowLost, AlreadyRegistered. Works once: a repeat finds no way in.
    """
    async with unit_of_work() as session:
        number = (await _proved_flow(session, visitor, at)).subject.partition(":")[2]
    chosen = checked_login(login, number)
    passwords.require_good(password, again, login=chosen)
    if not (accepts_terms and accepts_personal_data):
        raise MustAccept
    profile = Profile(
        login=chosen,
        login_key=subjects.login_key(chosen),
        password_hash=await passwords.hash_password(password),
        password_changed_at=at,
        language=language,
        created_at=at,
    )
    try:
        async with unit_of_work() as session:
            return await _create(session, profile, visitor=visitor, remember=remember, at=at)
    except IntegrityError as clash:
        raise LoginTaken from clash


async def start_over(session: AsyncSession, *, visitor: str) -> None:
    """Back to the first step, by the person's own wish."""
    for kind in (FlowKind.REGISTER, FlowKind.SIGN_IN):
        await flow_store.forget(session, visitor=visitor, kind=kind)


async def _create(session: AsyncSession, profile: Profile, *, visitor: str, remember: bool, at: datetime) -> Entered:
    from mykyivstar.domain.lines.service import attach_proved  # lines is above identity; only this verb needs it

    flow = await _proved_flow(session, visitor, at)
    if await _has_profile(session, flow):
        raise AlreadyRegistered
    session.add(profile)
    await session.flush()
    assert profile.id is not None
    for agreement, version in ((Agreement.TERMS, TERMS_VERSION), (Agreement.PERSONAL_DATA, PERSONAL_DATA_VERSION)):
        session.add(Consent(profile_id=profile.id, agreement=agreement, version=version, given_at=at))
    await attach_proved(
        session, profile_id=profile.id, line_id=flow.line_id, internet_account_id=flow.internet_account_id, at=at
    )
    ticket = await sessions.issue_ticket(
        session, profile_id=profile.id, visitor=visitor, method=SignInMethod.REGISTRATION, at=at, remember=remember
    )
    next_path = flow.next_path
    await flow_store.forget(session, visitor=visitor, kind=flow.kind)
    return Entered(ticket, next_path)


def checked_login(login: str, number: str) -> str:
    """The login that was chosen; an empty one means the number. Raises LoginMalformed."""
    typed = login.strip()
    if not typed or subjects.login_key(typed) == number:
        return number
    if not _LOGIN.fullmatch(typed):
        raise LoginMalformed
    return typed


async def _proved_flow(session: AsyncSession, visitor: str, at: datetime) -> SignInFlow:
    flow = await _find_proved(session, visitor, at)
    if flow is None:
        raise FlowLost
    return flow


async def _find_proved(session: AsyncSession, visitor: str, at: datetime) -> SignInFlow | None:
    for kind in (FlowKind.REGISTER, FlowKind.SIGN_IN):
        flow = await flow_store.find(session, visitor=visitor, kind=kind, at=at)
        if flow is not None and flow.code_proved and flow.step is FlowStep.DETAILS:
            return flow
    return None


async def _has_profile(session: AsyncSession, flow: SignInFlow) -> bool:
    kind, _, value = flow.subject.partition(":")
    found = await subjects.look_up(session, Subject(kind, value))
    if await subjects.profile_of(session, found) is not None:
        return True
    return (await session.exec(select(Profile).where(Profile.login_key == value))).first() is not None
