"""The code step that every way in shares: send, send again, spend."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import flow_store
from mykyivstar.domain.identity.codes import RESEND_AFTER, send_code, spend_code
from mykyivstar.domain.identity.errors import CodeSpent, FlowLost
from mykyivstar.domain.identity.models import CodePurpose, FlowKind, FlowStep, Language, OneTimeCode, SignInFlow
from mykyivstar.kit.msisdn import Msisdn

_PURPOSES = {
    FlowKind.SIGN_IN: CodePurpose.SIGN_IN,
    FlowKind.REGISTER: CodePurpose.REGISTER,
    FlowKind.RECOVER: CodePurpose.RECOVER,
    FlowKind.ADD_LINE: CodePurpose.ADD_LINE,
    FlowKind.STAFF: CodePurpose.STAFF,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a browser's way in stands, as far as the browser may know."""

    step: FlowStep
    typed: str = ""
    expires_at: datetime | None = None
    resend_at: datetime | None = None
    next_path: str = ""
    # The password was right already; the code is the second proof (A3).
    password_proved: bool = False


async def standing(session: AsyncSession, *, visitor: str, kind: FlowKind, at: datetime) -> Standing:
    """The step this browser is on: a page that lost its connection shows it again."""
    flow = await flow_store.find(session, visitor=visitor, kind=kind, at=at)
    if flow is None:
        return Standing(FlowStep.IDENTIFY)
    return _standing(flow, await _code_of(session, flow))


async def send(
    unit_of_work: UnitOfWork,
    key: bytes,
    *,
    kind: FlowKind,
    to: Msisdn | None,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> Standing:
    """Send this way in its code, or its decoy when `to` is None. Raises FlowLost, TooManyTries."""
    async with unit_of_work() as session:
        subject = (await flow_store.current(session, visitor=visitor, kind=kind, at=at)).subject
    sent = await send_code(
        unit_of_work,
        key,
        purpose=_PURPOSES[kind],
        subject=subject,
        to=to,
        visitor=visitor,
        address=address,
        language=language,
        at=at,
    )
    async with unit_of_work() as session:
        flow = await flow_store.current(session, visitor=visitor, kind=kind, at=at)
        flow.code_id, flow.step = sent.code_id, FlowStep.CODE
        return Standing(flow.step, flow.typed, sent.expires_at, sent.resend_at, flow.next_path, flow.password_proved)


async def send_again(
    unit_of_work: UnitOfWork,
    key: bytes,
    *,
    kind: FlowKind,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> Standing:
    """Another code to the same phone, the old one void; asked too early, the old one stays.

    Raises FlowLost, TooManyTries.
    """
    async with unit_of_work() as session:
        flow = await flow_store.current(session, visitor=visitor, kind=kind, at=at)
        code = await _code_of(session, flow)
        if code is None or flow.step is not FlowStep.CODE:
            raise FlowLost
        # One whose tries are spent can only be replaced; the limits of codes hold all the same.
        if code.tries_left > 0 and at < code.issued_at + RESEND_AFTER:
            return _standing(flow, code)
        to = code.sent_to
    return await send(unit_of_work, key, kind=kind, to=to, visitor=visitor, address=address, language=language, at=at)


async def spend(unit_of_work: UnitOfWork, key: bytes, *, kind: FlowKind, visitor: str, code: str, at: datetime) -> None:
    """Spend this way in's code. Raises WrongCode, CodeExpired, CodeSpent, FlowLost, TooManyTries."""
    async with unit_of_work() as session:
        flow = await flow_store.current(session, visitor=visitor, kind=kind, at=at)
        if flow.code_id is None:
            raise CodeSpent
        code_id, subject = flow.code_id, flow.subject
    await spend_code(
        unit_of_work,
        key,
        code_id=code_id,
        purpose=_PURPOSES[kind],
        subject=subject,
        visitor=visitor,
        code=code,
        at=at,
    )


async def _code_of(session: AsyncSession, flow: SignInFlow) -> OneTimeCode | None:
    return await session.get(OneTimeCode, flow.code_id) if flow.code_id else None


def _standing(flow: SignInFlow, code: OneTimeCode | None) -> Standing:
    if code is None:
        return Standing(flow.step, flow.typed, next_path=flow.next_path)
    return Standing(
        flow.step,
        flow.typed,
        code.expires_at,
        code.issued_at + RESEND_AFTER,
        flow.next_path,
        flow.password_proved,
    )
