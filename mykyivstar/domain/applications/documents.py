"""Pictures and PDF of documents: attached by the customer, read by whoever checks, every look written down (G3)."""

from datetime import datetime
from secrets import token_urlsafe

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.applications import queries
from mykyivstar.domain.applications.checking import looked, require_readable
from mykyivstar.domain.applications.errors import ApplicationMoved, TooManyDocuments
from mykyivstar.domain.applications.life import locked, tell
from mykyivstar.domain.applications.models import Application, ApplicationFile, ApplicationState
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.support.files import Sent
from mykyivstar.domain.support.texts import is_client_key
from mykyivstar.kit.errors import Malformed, NotFound

FILES_MOST = 10
_TAKES_FILES = {ApplicationState.DRAFT, ApplicationState.NEEDS_MORE}


async def attach(
    session: AsyncSession, actor: Actor, code: str, *, client_key: str, sent: Sent, at: datetime
) -> ApplicationFile | None:
    """One more file of what is not sent yet; None when it came before.

    Raises NotFound, Malformed, ApplicationMoved, TooManyDocuments.
    """
    if not is_client_key(client_key):
        raise Malformed
    application = await locked(session, await queries.of_customer(session, actor, code))
    if application.state not in _TAKES_FILES:
        raise ApplicationMoved
    there = await queries.files(session, application)
    if any(file.client_key == client_key for file in there):
        return None
    if len(there) >= FILES_MOST:
        raise TooManyDocuments(most=FILES_MOST)
    assert application.id is not None
    file = ApplicationFile(
        code=token_urlsafe(18),
        application_id=application.id,
        client_key=client_key,
        name=sent.name,
        media_type=sent.media_type,
        size=sent.size,
        at=at,
    )
    session.add(file)
    tell(session, application)
    return file


async def take_away(session: AsyncSession, actor: Actor, code: str) -> str:
    """Take back a file that was not sent yet; the name of its content. Raises NotFound."""
    file, application = await _found(session, code)
    if application.profile_id != actor.profile_id or file.sent_at is not None:
        raise NotFound
    await session.delete(file)
    tell(session, application)
    return file.code


async def of_customer(session: AsyncSession, actor: Actor, code: str) -> ApplicationFile:
    """A file of one of the actor's own applications. Raises NotFound."""
    file, application = await _found(session, code)
    if application.profile_id != actor.profile_id:
        raise NotFound
    return file


async def of_staff(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime) -> ApplicationFile:
    """A file that was sent with an application this member may read; the look is written down. Raises NotFound."""
    file, application = await _found(session, code)
    if file.sent_at is None:
        raise NotFound
    require_readable(application, staff)
    looked(session, staff, application, at=at, file_code=file.code)
    return file


async def _found(session: AsyncSession, code: str) -> tuple[ApplicationFile, Application]:
    rows = await session.exec(
        select(ApplicationFile, Application)
        .join(Application, col(Application.id) == col(ApplicationFile.application_id))
        .where(ApplicationFile.code == code)
    )
    if (found := rows.first()) is None:
        raise NotFound
    return found[0], found[1]
