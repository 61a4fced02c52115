"""The life of an application: a closed machine of states, each step of it written down (F4)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.applications.errors import ApplicationMoved
from mykyivstar.domain.applications.models import Application, ApplicationState, ApplicationStep, StepBy
from mykyivstar.domain.staff.actor import StaffActor

# By when the operator decides, and by when a customer who was asked for more answers.
DECIDED_WITHIN = timedelta(days=2)
ANSWERED_WITHIN = timedelta(days=10)


class Event(StrEnum):
    """What can happen."""

    SEND = "send"
    TAKE = "take"
    TAKE_OVER = "take_over"
    ASK = "ask"
    ADD = "add"
    APPROVE = "approve"
    DECLINE = "decline"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"


_S, _E = ApplicationState, Event
#: Everything else is refused.
MOVES: Mapping[tuple[ApplicationState, Event], ApplicationState] = {
    (_S.DRAFT, _E.SEND): _S.NEW,
    (_S.NEW, _E.TAKE): _S.IN_CHECK,
    (_S.IN_CHECK, _E.TAKE_OVER): _S.IN_CHECK,
    (_S.NEEDS_MORE, _E.TAKE_OVER): _S.NEEDS_MORE,
    (_S.IN_CHECK, _E.ASK): _S.NEEDS_MORE,
    (_S.NEEDS_MORE, _E.ADD): _S.IN_CHECK,
    (_S.IN_CHECK, _E.APPROVE): _S.APPROVED,
    (_S.IN_CHECK, _E.DECLINE): _S.DECLINED,
    (_S.NEEDS_MORE, _E.DECLINE): _S.DECLINED,
    (_S.NEEDS_MORE, _E.EXPIRE): _S.DECLINED,
    (_S.NEW, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.IN_CHECK, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.NEEDS_MORE, _E.WITHDRAW): _S.WITHDRAWN,
}


def next_state(state: ApplicationState, event: Event) -> ApplicationState:
    """Where this leads. Raises ApplicationMoved where it leads nowhere."""
    if (to := MOVES.get((state, event))) is None:
        raise ApplicationMoved
    return to


async def locked(session: AsyncSession, application: Application) -> Application:
    """The same as it is now, with nobody else changing it until the end of the transaction."""
    rows = await session.exec(
        select(Application)
        .where(Application.id == application.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return rows.one()


def move(
    session: AsyncSession,
    application: Application,
    event: Event,
    by: StepBy,
    *,
    at: datetime,
    staff: StaffActor | None = None,
    text: str = "",
    files: int = 0,
) -> None:
    """Take one step of a `locked` application. Raises ApplicationMoved."""
    to = next_state(application.state, event)
    application.state, application.state_at = to, at
    application.open_kind = application.kind if to.is_open else None
    if to.is_over:
        application.deadline_at, application.decided_at = None, at
    elif event in {Event.SEND, Event.ADD}:
        application.deadline_at = at + DECIDED_WITHIN
    elif event is Event.ASK:
        application.deadline_at = at + ANSWERED_WITHIN
    if event in {Event.TAKE, Event.TAKE_OVER} and staff is not None:
        application.staff_id = staff.staff_id
    session.add(application)
    assert application.id is not None
    session.add(
        ApplicationStep(
            application_id=application.id,
            state=to,
            by=by,
            staff_id=staff.staff_id if staff else None,
            text=text,
            files=files,
            at=at,
        )
    )
    tell(session, application)


def tell(session: AsyncSession, application: Application) -> None:
    """Bring open screens of the customer and of the desk up to date."""
    changed(session, Subject(Topic.PROFILE, application.profile_id))
    if application.state is not ApplicationState.DRAFT:
        changed(session, Subject(Topic.DESK, 0))
