"""A forgotten password (A8): a code by SMS, then a passkey or the secret question, then a new password.

Until the code is right the answers are the same for every number; no single proof is ever enough. Whoever has shown a
document at a service centre comes here with a temporary password (see `temporary`), straight to the new one.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import (
    devices,
    flow_codes,
    flow_store,
    notices,
    passkeys,
    passwords,
    secret_question,
    sessions,
    subjects,
    temporary,
)
from mykyivstar.domain.identity.errors import FlowLost
from mykyivstar.domain.identity.flow_codes import Standing
from mykyivstar.domain.identity.models import FlowKind, FlowStep, Language, Profile, SignInFlow, SignInMethod
from mykyivstar.domain.identity.passkey_ceremony import Assertion, RelyingParty
from mykyivstar.domain.identity.security_errors import (
    AnswerSpent,
    AnswerTooShort,
    AskCoordinator,
    NothingToRecover,
    WrongAnswer,
)
from mykyivstar.domain.identity.security_events import SecurityEventKind, record
from mykyivstar.domain.identity.sign_in import Entered


@dataclass(frozen=True, slots=True)
class Recovery:
    """Where a browser's recovery stands. The last three are told only to who has given the code."""

    standing: Standing
    # The secret question, "" when there is none or its tries are gone.
    question: str = ""
    has_passkey: bool = False
    login: str = ""


async def ask_for_code(
    unit_of_work: UnitOfWork, key: bytes, *, typed: str, visitor: str, address: str, language: Language, at: datetime
) -> Recovery:
    """Begin with a number or an internet account: a code goes to it, or to the phone in its contract.

    Raises NotALogin, TooManyTries. A number that is nobody's gets the same answer and no SMS.
    """
    subject = subjects.parse_own(typed)
    async with unit_of_work() as session:
        found = await subjects.look_up(session, subject)
        profile = await subjects.profile_of(session, found)
        flow = await flow_store.begin(session, visitor=visitor, kind=FlowKind.RECOVER, at=at)
        flow.typed, flow.subject = typed.strip()[:80], subject.key
        flow.profile_id = profile.id if profile else None
    standing = await flow_codes.send(
        unit_of_work,
        key,
        kind=FlowKind.RECOVER,
        to=found.phone,
        visitor=visitor,
        address=address,
        language=language,
        at=at,
    )
    return Recovery(standing)


async def send_again(
    unit_of_work: UnitOfWork, key: bytes, *, visitor: str, address: str, language: Language, at: datetime
) -> Recovery:
    """Another code. Raises FlowLost, TooManyTries."""
    standing = await flow_codes.send_again(
        unit_of_work, key, kind=FlowKind.RECOVER, visitor=visitor, address=address, language=language, at=at
    )
    return Recovery(standing)


async def with_code(unit_of_work: UnitOfWork, key: bytes, *, visitor: str, code: str, at: datetime) -> Recovery:
    """The first proof. Raises WrongCode and its kin, FlowLost, and then NothingToRecover or AskCoordinator."""
    await flow_codes.spend(unit_of_work, key, kind=FlowKind.RECOVER, visitor=visitor, code=code, at=at)
    async with unit_of_work() as session:
        flow = await flow_store.current(session, visitor=visitor, kind=FlowKind.RECOVER, at=at)
        profile = await session.get(Profile, flow.profile_id) if flow.profile_id else None
        is_recoverable = profile is not None and not profile.is_employee
        if is_recoverable:
            flow.code_proved, flow.step = True, FlowStep.SECOND_PROOF
        else:
            await flow_store.forget(session, visitor=visitor, kind=FlowKind.RECOVER)
    if profile is None:
        raise NothingToRecover
    if profile.is_employee:
        raise AskCoordinator
    async with unit_of_work() as session:
        return await standing(session, visitor=visitor, at=at)


async def standing(session: AsyncSession, *, visitor: str, at: datetime) -> Recovery:
    """The step this browser is on: a page that lost its connection shows it again."""
    stands = await flow_codes.standing(session, visitor=visitor, kind=FlowKind.RECOVER, at=at)
    flow = await flow_store.find(session, visitor=visitor, kind=FlowKind.RECOVER, at=at)
    if flow is None or not flow.code_proved or flow.profile_id is None:
        return Recovery(stands)
    profile = await session.get_one(Profile, flow.profile_id)
    is_open = profile.secret_answer_hash is not None and profile.secret_tries_left > 0
    return Recovery(
        stands,
        question=profile.secret_question or "" if is_open else "",
        has_passkey=bool(await passkeys.of_profile(session, flow.profile_id)),
        login=profile.login,
    )


async def with_answer(unit_of_work: UnitOfWork, *, visitor: str, answer: str, address: str, at: datetime) -> None:
    """The second proof by the secret question; every contact gets a notice.

    Raises WrongAnswer with the tries left, AnswerSpent after the fifth, FlowLost, and AnswerTooShort, which is no try.
    """
    if len(secret_question.normalised(answer)) < secret_question.ANSWER_MIN:
        raise AnswerTooShort
    async with unit_of_work() as session:
        profile_id = await _proved_profile(session, visitor, at)
        tries_left = await secret_question.spend_try(session, profile_id)
        profile = await session.get_one(Profile, profile_id)
    if tries_left is None:
        raise AnswerSpent
    if not await secret_question.fits(answer, profile.secret_answer_hash):
        if tries_left:
            raise WrongAnswer(tries_left=tries_left)
        async with unit_of_work() as session:
            record(session, profile_id, SecurityEventKind.SECRET_QUESTION_LOCKED, at, address=address)
        raise AnswerSpent
    async with unit_of_work() as session:
        await _second_proof_given(session, visitor, at)
        (await session.get_one(Profile, profile_id)).secret_tries_left = secret_question.TRIES
        await notices.secret_question_used(session, profile_id, at, address=address)


async def passkey_options(unit_of_work: UnitOfWork, site: RelyingParty, *, visitor: str, at: datetime) -> str:
    """What the browser asks the person's authenticators with (JSON). Raises FlowLost."""
    async with unit_of_work() as session:
        profile_id = await _proved_profile(session, visitor, at)
    return await passkeys.assertion_options(unit_of_work, site, visitor=visitor, profile_id=profile_id, at=at)


async def with_passkey(
    unit_of_work: UnitOfWork, site: RelyingParty, *, visitor: str, answer: Assertion, at: datetime
) -> None:
    """The second proof by a passkey of the same profile. Raises PasskeyRefused, PasskeyExpired, FlowLost."""
    async with unit_of_work() as session:
        profile_id = await _proved_profile(session, visitor, at)
    await passkeys.check(unit_of_work, site, visitor=visitor, profile_id=profile_id, answer=answer, at=at)
    async with unit_of_work() as session:
        await _second_proof_given(session, visitor, at)


async def finish(
    unit_of_work: UnitOfWork, *, visitor: str, password: str, again: str, address: str, at: datetime
) -> Entered:
    """The new password. Every session ends, every device is forgotten, every contact hears of it; works once.

    Raises PasswordTooWeak, PasswordsDiffer, FlowLost.
    """
    async with unit_of_work() as session:
        flow = await flow_store.current(session, visitor=visitor, kind=FlowKind.RECOVER, at=at)
        if flow.step is not FlowStep.NEW_PASSWORD or flow.profile_id is None:
            raise FlowLost
        profile = await session.get_one(Profile, flow.profile_id)
    passwords.require_good(password, again, login=profile.login)
    hashed = await passwords.hash_password(password)
    async with unit_of_work() as session:
        profile_id = await _take(session, visitor, at)
        await temporary.void_of(session, profile_id, at)
        profile = await session.get_one(Profile, profile_id)
        if profile.closed_at is not None:
            raise FlowLost
        profile.password_hash, profile.password_changed_at = hashed, at
        await sessions.revoke_all(session, profile_id, at)
        await devices.forget_every(session, profile_id, at)
        await notices.access_restored(session, profile_id, at, address=address)
        ticket = await sessions.issue_ticket(
            session, profile_id=profile_id, visitor=visitor, method=SignInMethod.RECOVERY, at=at
        )
        return Entered(ticket, "")


async def start_over(session: AsyncSession, *, visitor: str) -> None:
    """Back to the first step, by the person's own wish."""
    await flow_store.forget(session, visitor=visitor, kind=FlowKind.RECOVER)


async def _proved_profile(session: AsyncSession, visitor: str, at: datetime) -> int:
    """Whose recovery is at its second proof. Raises FlowLost."""
    flow = await flow_store.current(session, visitor=visitor, kind=FlowKind.RECOVER, at=at)
    if not flow.code_proved or flow.step is not FlowStep.SECOND_PROOF or flow.profile_id is None:
        raise FlowLost
    return flow.profile_id


async def _second_proof_given(session: AsyncSession, visitor: str, at: datetime) -> None:
    flow = await flow_store.current(session, visitor=visitor, kind=FlowKind.RECOVER, at=at)
    flow.step = FlowStep.NEW_PASSWORD


async def _take(session: AsyncSession, visitor: str, at: datetime) -> int:
    """End the way, atomically: of two submits one finds it. Raises FlowLost."""
    taken = await session.execute(
        delete(SignInFlow)
        .where(
            col(SignInFlow.visitor) == visitor,
            col(SignInFlow.kind) == FlowKind.RECOVER,
            col(SignInFlow.step) == FlowStep.NEW_PASSWORD,
            col(SignInFlow.expires_at) > at,
        )
        .returning(col(SignInFlow.profile_id), col(SignInFlow.temporary_password_id))
    )
    profile_id, temporary_password_id = taken.one_or_none() or (None, None)
    if profile_id is None:
        raise FlowLost
    # One that was given at a counter may have been replaced or used meanwhile.
    if temporary_password_id is not None and not await temporary.take(session, temporary_password_id, at):
        raise FlowLost
    return int(profile_id)
