"""The first visit with a temporary password (A5): data checked, a password of one's own, a way of recovery chosen."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import (
    flow_store,
    limits,
    passkeys,
    passwords,
    registration,
    secret_question,
    sessions,
    subjects,
    temporary,
)
from mykyivstar.domain.identity.agreements import PERSONAL_DATA_VERSION, TERMS_VERSION
from mykyivstar.domain.identity.errors import FlowLost, LoginTaken, MustAccept
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import (
    Agreement,
    Consent,
    FlowKind,
    FlowStep,
    Language,
    Profile,
    SignInFlow,
    SignInMethod,
    TemporaryPassword,
)
from mykyivstar.domain.identity.passkey_ceremony import Attestation, RelyingParty
from mykyivstar.domain.identity.secret_question import Question
from mykyivstar.domain.identity.security_errors import AccountHasProfile, WrongTemporaryPassword
from mykyivstar.domain.identity.security_events import SecurityEventKind, record
from mykyivstar.domain.identity.sign_in import Entered
from mykyivstar.domain.identity.subjects import Subject
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.msisdn import Msisdn, NotANumber, NotMobile


class ContactPhoneMalformed(CustomerError):
    """The contact phone is not a mobile number."""

    code = "identity.contact_phone_malformed"
    sentence = "Enter a mobile number for contact, for example 067 123 45 67."
    field = "contact_phone"


class RecoveryChoice(StrEnum):
    """How a forgotten password will be restored, beside a code by SMS."""

    PASSKEY = "passkey"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the page of the first visit shows; nothing but the step before the temporary password was given."""

    step: FlowStep = FlowStep.IDENTIFY
    login: str = ""
    account_number: str = ""
    account_address: str = ""
    contract_phone: str = ""


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """What the person filled in."""

    login: str
    contact_phone: str
    recovery: RecoveryChoice
    question: str
    answer: str
    temporary_password: str
    password: str
    again: str
    accepts_terms: bool
    accepts_personal_data: bool


@dataclass(frozen=True, slots=True)
class NeedsPasskey:
    """The profile is there; the passkey that was chosen for recovery comes next."""


async def standing(session: AsyncSession, *, visitor: str, at: datetime) -> Welcome:
    """Where this browser's first visit stands: a page that lost its connection shows it again."""
    flow = await flow_store.find(session, visitor=visitor, kind=FlowKind.WELCOME, at=at)
    if flow is None or flow.internet_account_id is None:
        return Welcome()
    account = await session.get_one(InternetAccount, flow.internet_account_id)
    return Welcome(flow.step, flow.typed, account.number, account.address, account.contract_phone.digits)


async def complete(
    unit_of_work: UnitOfWork, *, visitor: str, visit: FirstVisit, address: str, language: Language, at: datetime
) -> Entered | NeedsPasskey:
    """Make the profile, with the internet account among its own; the temporary password is used up by it.

    An empty login means the one that was issued, an empty contact phone the one in the contract. Raises FlowLost,
    WrongTemporaryPassword, TooManyTries, PasswordTooWeak, PasswordsDiffer, LoginMalformed, LoginTaken, MustAccept,
    ContactPhoneMalformed, QuestionMalformed and its kin, AccountHasProfile. Works once.
    """
    async with unit_of_work() as session:
        flow = await _flow(session, visitor, at, FlowStep.DETAILS)
        account = await session.get_one(InternetAccount, flow.internet_account_id)
        issued = await session.get_one(TemporaryPassword, flow.temporary_password_id)
        wait = await limits.hit(session, at, (Rule.PASSWORDS_OF_LOGIN, issued.login_key))
    limits.refuse_if_over(wait)
    if not await temporary.matches(visit.temporary_password, issued.password_hash):
        raise WrongTemporaryPassword
    login = registration.checked_login(visit.login, flow.typed)
    phone = _contact_phone(visit.contact_phone, account.contract_phone)
    question = None
    if visit.recovery is RecoveryChoice.QUESTION:
        question = await secret_question.prepare(visit.question, visit.answer)
    passwords.require_good(visit.password, visit.again, login=login)
    if not (visit.accepts_terms and visit.accepts_personal_data):
        raise MustAccept
    profile = Profile(
        login=login,
        login_key=subjects.login_key(login),
        password_hash=await passwords.hash_password(visit.password),
        password_changed_at=at,
        contact_phone=phone,
        language=language,
        created_at=at,
    )
    try:
        async with unit_of_work() as session:
            return await _create(session, profile, question, visitor=visitor, address=address, at=at)
    except IntegrityError as clash:
        raise LoginTaken from clash


async def passkey_options(unit_of_work: UnitOfWork, site: RelyingParty, *, visitor: str, at: datetime) -> str:
    """What the browser needs to make the passkey (JSON). Raises FlowLost."""
    profile_id = await _made_profile(unit_of_work, visitor, at)
    return await passkeys.making_options(unit_of_work, site, profile_id=profile_id, visitor=visitor, at=at)


async def finish_with_passkey(
    unit_of_work: UnitOfWork,
    site: RelyingParty,
    *,
    visitor: str,
    answer: Attestation,
    name: str,
    address: str,
    at: datetime,
) -> Entered:
    """Keep the passkey and go in. Raises FlowLost, PasskeyRefused, PasskeyExpired, PasskeyKnown."""
    profile_id = await _made_profile(unit_of_work, visitor, at)
    await passkeys.add(
        unit_of_work, site, profile_id=profile_id, answer=answer, name=name, visitor=visitor, address=address, at=at
    )
    async with unit_of_work() as session:
        return await _enter(session, await _flow(session, visitor, at, FlowStep.SECOND_PROOF), at)


async def finish_with_question(
    unit_of_work: UnitOfWork, *, visitor: str, question: str, answer: str, at: datetime
) -> Entered:
    """The passkey could not be made: a secret question instead, and in. Raises FlowLost, QuestionMalformed and kin."""
    profile_id = await _made_profile(unit_of_work, visitor, at)
    prepared = await secret_question.prepare(question, answer)
    async with unit_of_work() as session:
        flow = await _flow(session, visitor, at, FlowStep.SECOND_PROOF)
        secret_question.put(await session.get_one(Profile, profile_id), prepared)
        return await _enter(session, flow, at)


async def start_over(session: AsyncSession, *, visitor: str) -> None:
    """Back to login and temporary password, by the person's own wish."""
    await flow_store.forget(session, visitor=visitor, kind=FlowKind.WELCOME)


async def _create(
    session: AsyncSession, profile: Profile, question: Question | None, *, visitor: str, address: str, at: datetime
) -> Entered | NeedsPasskey:
    from mykyivstar.domain.lines.service import attach_proved  # lines is above identity; only this verb needs it

    flow = await _flow(session, visitor, at, FlowStep.DETAILS)
    assert flow.temporary_password_id is not None
    account = await session.get_one(InternetAccount, flow.internet_account_id)
    # First of all: whoever sends the same form a second time waits here, and has lost.
    if not await temporary.take(session, flow.temporary_password_id, at):
        raise FlowLost
    if await subjects.profile_of(session, await subjects.look_up(session, Subject("internet", account.number))):
        raise AccountHasProfile
    if question is not None:
        secret_question.put(profile, question)
    session.add(profile)
    await session.flush()
    assert profile.id is not None
    for agreement, version in ((Agreement.TERMS, TERMS_VERSION), (Agreement.PERSONAL_DATA, PERSONAL_DATA_VERSION)):
        session.add(Consent(profile_id=profile.id, agreement=agreement, version=version, given_at=at))
    await attach_proved(session, profile_id=profile.id, internet_account_id=flow.internet_account_id, at=at)
    record(session, profile.id, SecurityEventKind.FIRST_VISIT, at, address=address)
    flow.profile_id = profile.id
    if question is None:
        flow.step = FlowStep.SECOND_PROOF
        return NeedsPasskey()
    return await _enter(session, flow, at)


async def _enter(session: AsyncSession, flow: SignInFlow, at: datetime) -> Entered:
    assert flow.profile_id is not None
    ticket = await sessions.issue_ticket(
        session, profile_id=flow.profile_id, visitor=flow.visitor, method=SignInMethod.TEMPORARY_PASSWORD, at=at
    )
    await flow_store.forget(session, visitor=flow.visitor, kind=FlowKind.WELCOME)
    return Entered(ticket, "")


async def _made_profile(unit_of_work: UnitOfWork, visitor: str, at: datetime) -> int:
    async with unit_of_work() as session:
        flow = await _flow(session, visitor, at, FlowStep.SECOND_PROOF)
        assert flow.profile_id is not None
        return flow.profile_id


async def _flow(session: AsyncSession, visitor: str, at: datetime, step: FlowStep) -> SignInFlow:
    flow = await flow_store.current(session, visitor=visitor, kind=FlowKind.WELCOME, at=at)
    if flow.step is not step:
        raise FlowLost
    return flow


def _contact_phone(typed: str, contract_phone: Msisdn) -> Msisdn:
    if not typed.strip():
        return contract_phone
    try:
        return Msisdn.parse_mobile(typed)
    except (NotANumber, NotMobile) as unfit:
        raise ContactPhoneMalformed from unfit
