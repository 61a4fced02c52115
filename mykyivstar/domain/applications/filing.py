"""The customer's side: written, sent once, added to, withdrawn (G3)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.applications import data, notices, queries
from mykyivstar.domain.applications.errors import (
    ApplicationMoved,
    ApplicationOpen,
    ContactUnconfirmed,
    DocumentsMissing,
    NothingAdded,
    SameAsNow,
    TooManyApplications,
    WordsTooLong,
)
from mykyivstar.domain.applications.life import Event, locked, move, tell
from mykyivstar.domain.applications.models import (
    Application,
    ApplicationFile,
    ApplicationKind,
    ApplicationState,
    StepBy,
)
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.support.texts import cleaned

A_DAY = 20
WORDS_MOST = 1000


async def write(
    session: AsyncSession,
    actor: Actor,
    *,
    key: str,
    kind: ApplicationKind,
    typed: Mapping[str, str],
    words: str,
    language: Language,
    at: datetime,
) -> Application:
    """What the form with this key says, kept until it is sent; one that was sent already stays as it is.

    Raises what `data.wanted` raises, WordsTooLong, SameAsNow, ApplicationOpen, TooManyApplications.
    """
    new, said = data.wanted(kind, typed), _words(words)
    await _one_at_a_time(session, actor)
    found = await session.exec(
        select(Application).where(Application.profile_id == actor.profile_id, Application.key == key)
    )
    if (application := found.first()) is not None:
        if application.state is not ApplicationState.DRAFT or application.kind is not kind:
            return application
        if application.new != new:
            application.confirmed_at = None
    old = data.of_kind(kind, await data.known(session, actor.profile_id))
    if new == old:
        raise SameAsNow
    await _require_none_open(session, actor, kind)
    if application is None:
        await _require_few(session, actor, at)
        application = Application(
            code=token_urlsafe(18),
            profile_id=actor.profile_id,
            key=key,
            kind=kind,
            language=language,
            state_at=at,
            created_at=at,
        )
    application.old, application.new, application.words, application.state_at = old, new, said, at
    session.add(application)
    await session.flush()
    tell(session, application)
    return application


async def send(session: AsyncSession, actor: Actor, *, key: str, shown: Mapping[str, str], at: datetime) -> Application:
    """Send what was written, once; sent again it is the same one. `shown` is what the person has read.

    Raises ProofNeeded (O9), NotFound, ApplicationMoved, SameAsNow, ContactUnconfirmed, DocumentsMissing,
    ApplicationOpen.
    """
    require_fresh(actor, at)
    await _one_at_a_time(session, actor)
    application = await locked(session, await queries.of_form(session, actor, key))
    if application.state is not ApplicationState.DRAFT:
        return application
    if application.new != dict(shown):
        raise ApplicationMoved
    application.old = data.of_kind(application.kind, await data.known(session, actor.profile_id))
    if application.new == application.old:
        raise SameAsNow
    if application.kind.is_contact and application.confirmed_at is None:
        raise ContactUnconfirmed
    count = await _send_files(session, application, at)
    if application.kind.needs_documents and not count:
        raise DocumentsMissing
    await _require_none_open(session, actor, application.kind)
    application.filed_at = at
    move(session, application, Event.SEND, StepBy.CUSTOMER, at=at, text=application.words, files=count)
    await notices.filed(session, application, at=at)
    return application


async def add(session: AsyncSession, actor: Actor, code: str, *, words: str, at: datetime) -> Application:
    """What the staff asked for: files attached since, and words. Raises NotFound, ApplicationMoved, NothingAdded, …"""
    said = _words(words)
    application = await locked(session, await queries.of_customer(session, actor, code))
    if application.state is not ApplicationState.NEEDS_MORE:
        raise ApplicationMoved
    count = await _send_files(session, application, at)
    if not (count or said):
        raise NothingAdded
    move(session, application, Event.ADD, StepBy.CUSTOMER, at=at, text=said, files=count)
    return application


async def withdraw(session: AsyncSession, actor: Actor, code: str, *, at: datetime) -> Application:
    """The customer thought better of it; withdrawn again it stays so. Raises NotFound, ApplicationMoved."""
    application = await locked(session, await queries.of_customer(session, actor, code))
    if application.state is not ApplicationState.WITHDRAWN:
        move(session, application, Event.WITHDRAW, StepBy.CUSTOMER, at=at)
    return application


def _words(words: str) -> str:
    said = cleaned(words)
    if len(said) > WORDS_MOST:
        raise WordsTooLong(most=WORDS_MOST)
    return said


async def _one_at_a_time(session: AsyncSession, actor: Actor) -> None:
    """Two tabs of one person wait for each other, so that what is counted stays counted."""
    await session.exec(select(Profile.id).where(Profile.id == actor.profile_id).with_for_update())


async def _require_none_open(session: AsyncSession, actor: Actor, kind: ApplicationKind) -> None:
    found = await session.exec(
        select(Application).where(Application.profile_id == actor.profile_id, Application.open_kind == kind)
    )
    if (running := found.first()) is not None:
        raise ApplicationOpen(number=running.number)


async def _require_few(session: AsyncSession, actor: Actor, at: datetime) -> None:
    recent = select(func.count()).where(
        Application.profile_id == actor.profile_id, col(Application.created_at) > at - timedelta(days=1)
    )
    if (await session.exec(recent)).one() >= A_DAY:
        raise TooManyApplications(most=A_DAY)


async def _send_files(session: AsyncSession, application: Application, at: datetime) -> int:
    """From now on the staff see them; how many."""
    sent = await session.execute(
        update(ApplicationFile)
        .where(
            col(ApplicationFile.application_id) == application.id,
            col(ApplicationFile.sent_at).is_(None),
        )
        .values(sent_at=at)
        .returning(col(ApplicationFile.id))
    )
    return len(sent.all())
