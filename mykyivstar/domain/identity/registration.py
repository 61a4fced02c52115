"""Registration (A1): an active number, its code, then login, password and both agreements."""

import re
from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import flow_codes, flow_store, subjects
from mykyivstar.domain.identity.errors import (
    FlowLost,
)
from mykyivstar.domain.identity.flow_codes import Standing
from mykyivstar.domain.identity.models import (
    FlowKind,
    FlowStep,
    Language,
    Profile,
    SignInFlow,
)
from mykyivstar.domain.identity.subjects import Subject
from mykyivstar.kit.msisdn import Msisdn

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,63}", re.IGNORECASE)


async def ask_for_code(
    unit_of_work: UnitOfWork, key: bytes, *, typed: str, visitor: str, address: str, language: Language, at: datetime
) -> Standing:
    """Begin with a mobile number: a code, valid three minutes, goes to it when it is an active one of ours.

    Raises NotANumber, TooManyTries. A number of another operator or an inactive one gets the same answer and no SMS.
    """
    msisdn = Msisdn.parse(typed)
    subject = Subject("line", msisdn.digits)
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


async def _proved_flow(session: AsyncSession, visitor: str, at: datetime) -> SignInFlow:
    """The way in whose number is proved: a registration, or a sign-in of a number without a profile."""
    for kind in (FlowKind.REGISTER, FlowKind.SIGN_IN):
        flow = await flow_store.find(session, visitor=visitor, kind=kind, at=at)
        if flow is not None and flow.code_proved and flow.step is FlowStep.DETAILS:
            return flow
    raise FlowLost


async def _has_profile(session: AsyncSession, flow: SignInFlow) -> bool:
    kind, _, value = flow.subject.partition(":")
    found = await subjects.look_up(session, Subject(kind, value))
    if await subjects.profile_of(session, found) is not None:
        return True
    if kind != "line":
        return False
    return (await session.exec(select(Profile).where(Profile.login_key == value))).first() is not None
