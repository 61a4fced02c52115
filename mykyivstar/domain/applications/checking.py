"""The desk's side: the queue, one's own applications, and the decision (G3, K6).

A consultant reads an application while it is theirs and open; a lead reads every one, and takes over a colleague's.
Whoever decides has it, so of two who press at the same moment one is told who was quicker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.applications import data, notices, queries
from mykyivstar.domain.applications.errors import ApplicationMoved, CheckedByAnother, ReasonMissing
from mykyivstar.domain.applications.life import Event, locked, move
from mykyivstar.domain.applications.models import (
    Application,
    ApplicationFile,
    ApplicationState,
    Reason,
    StepBy,
)
from mykyivstar.domain.applications.queries import Step
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.security_events import SecurityEventKind, record
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffMember, StaffRole
from mykyivstar.domain.support.models import CustomerLook
from mykyivstar.domain.support.texts import cleaned
from mykyivstar.kit.errors import NotFound

LIST_MOST = 200
WORDS_MOST = 1000
_OPEN = [state for state in ApplicationState if state.is_open]
_OVER = [state for state in ApplicationState if state.is_over]


@dataclass(frozen=True, slots=True)
class Entry:
    """An application in the desk's list, and who checks it; nothing of the person."""

    application: Application
    name: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An application before the eyes of whoever checks it."""

    application: Application
    # Who the person is to us besides: the name they go by and since when.
    customer: str
    since: datetime
    checked_by: str
    files: Sequence[ApplicationFile]
    history: Sequence[Step]
    # What is known now, where that is not what was known when it was filed.
    meanwhile: Mapping[str, str]


async def work_list(session: AsyncSession, staff: StaffActor, *, mine: bool, over: bool) -> Sequence[Entry]:
    """Open ones, the soonest deadline first, or the newest that are over; all, or this member's own."""
    statement = (
        select(Application, col(StaffMember.name))
        .outerjoin(StaffMember, col(StaffMember.id) == col(Application.staff_id))
        .where(col(Application.state).in_(_OVER if over else _OPEN))
        .limit(LIST_MOST)
    )
    if mine:
        statement = statement.where(Application.staff_id == staff.staff_id)
    by = [col(Application.id).desc()] if over else [col(Application.deadline_at), col(Application.id)]
    statement = statement.order_by(*by)
    return [Entry(application, name or "") for application, name in await session.exec(statement)]


async def entry(session: AsyncSession, code: str) -> Entry:
    """One that was sent, as the list shows it. Raises NotFound."""
    application = await _sent(session, code)
    return Entry(application, await _name(session, application))


async def opened(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime, is_new_look: bool) -> Opened:
    """Everything of it; a new look is written down in the same transaction. Raises NotFound."""
    application = await _sent(session, code)
    require_readable(application, staff)
    if is_new_look:
        looked(session, staff, application, at=at)
    profile = await session.get_one(Profile, application.profile_id)
    now = data.of_kind(application.kind, await data.known(session, application.profile_id))
    return Opened(
        application=application,
        customer=profile.name,
        since=profile.created_at,
        checked_by=await _name(session, application),
        files=await queries.files(session, application, sent=True),
        history=await queries.history(session, application),
        meanwhile=now if application.state.is_open and now != application.old else {},
    )


async def take(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime) -> Application:
    """It is this member's now; a lead takes over a colleague's. Raises NotFound, CheckedByAnother, ApplicationMoved."""
    application = await locked(session, await _sent(session, code))
    if application.state is ApplicationState.NEW:
        move(session, application, Event.TAKE, StepBy.STAFF, at=at, staff=staff)
    elif application.state.is_open and application.staff_id != staff.staff_id:
        if not staff.role.includes(StaffRole.LEAD):
            raise CheckedByAnother(name=await _name(session, application))
        move(session, application, Event.TAKE_OVER, StepBy.STAFF, at=at, staff=staff)
    elif not application.state.is_open:
        raise ApplicationMoved
    return application


async def ask(session: AsyncSession, staff: StaffActor, code: str, *, words: str, at: datetime) -> Application:
    """Something is missing; the words say what. Raises NotFound, CheckedByAnother, ApplicationMoved, ReasonMissing."""
    application, said = await _theirs(session, staff, code), _words(words)
    if not said:
        raise ReasonMissing
    move(session, application, Event.ASK, StepBy.STAFF, at=at, staff=staff, text=said)
    await notices.asked(session, application, at=at)
    return application


async def approve(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime) -> Application:
    """Grant it: the data change in this transaction, once. Raises NotFound, CheckedByAnother, ApplicationMoved."""
    application = await _theirs(session, staff, code)
    move(session, application, Event.APPROVE, StepBy.STAFF, at=at, staff=staff)
    # Before the change: whoever had the contact until now hears of it too.
    await notices.decided(session, application, at=at)
    await data.put(session, application, at=at)
    record(session, application.profile_id, SecurityEventKind.DATA_CHANGED, at, detail=application.number)
    return application


async def decline(
    session: AsyncSession,
    staff: StaffActor,
    code: str,
    *,
    reason: Reason,
    words: str,
    at: datetime,
    seen: ApplicationState = ApplicationState.IN_CHECK,
) -> Application:
    """Refuse it, in check or while its customer is awaited; `seen` is where it stood before the eyes of who decides.

    What the customer has added meanwhile is not declined unread: raises ApplicationMoved. Raises NotFound,
    CheckedByAnother, ReasonMissing for "other" without words.
    """
    application, said = await _theirs(session, staff, code, stands=seen), _words(words)
    if reason is Reason.NO_ANSWER or (reason is Reason.OTHER and not said):
        raise ReasonMissing
    application.reason = reason
    move(session, application, Event.DECLINE, StepBy.STAFF, at=at, staff=staff, text=said)
    await notices.decided(session, application, at=at)
    return application


def may_read(application: Application, staff: StaffActor) -> bool:
    """Whether this member may see whose it is, its values and files."""
    is_theirs = application.staff_id == staff.staff_id and application.state.is_open
    return application.state is not ApplicationState.DRAFT and (is_theirs or staff.role.includes(StaffRole.LEAD))


def require_readable(application: Application, staff: StaffActor) -> None:
    """Raise NotFound unless this member may read it."""
    if not may_read(application, staff):
        raise NotFound


def looked(
    session: AsyncSession, staff: StaffActor, application: Application, *, at: datetime, file_code: str = ""
) -> None:
    """Write down that this member saw the data, or one of the documents."""
    look = CustomerLook(staff_id=staff.staff_id, profile_id=application.profile_id, at=at)
    look.application_id, look.file_code = application.id, file_code
    session.add(look)


async def _sent(session: AsyncSession, code: str) -> Application:
    found = await session.exec(
        select(Application).where(Application.code == code, Application.state != ApplicationState.DRAFT)
    )
    if (application := found.first()) is None:
        raise NotFound
    return application


async def _theirs(
    session: AsyncSession, staff: StaffActor, code: str, *, stands: ApplicationState = ApplicationState.IN_CHECK
) -> Application:
    """Locked, this member's, and where they think it stands."""
    application = await locked(session, await _sent(session, code))
    if application.staff_id not in {None, staff.staff_id}:
        raise CheckedByAnother(name=await _name(session, application))
    if application.state is not stands:
        raise ApplicationMoved
    return application


async def _name(session: AsyncSession, application: Application) -> str:
    found = await session.exec(select(StaffMember.name).where(StaffMember.id == application.staff_id))
    return found.first() or ""


def _words(words: str) -> str:
    return cleaned(words)[:WORDS_MOST]
