"""A person's own applications; every question starts from who asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.applications.models import Application, ApplicationFile, ApplicationState, ApplicationStep
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.kit.errors import NotFound

PAGE = 100


@dataclass(frozen=True, slots=True)
class Step:
    """A step, and the first name of the member of the staff who took it."""

    step: ApplicationStep
    name: str


async def own(session: AsyncSession, actor: Actor) -> Sequence[Application]:
    """The actor's applications, what was not sent yet first, then the newest."""
    rows = await session.exec(
        select(Application)
        .where(Application.profile_id == actor.profile_id)
        .order_by((col(Application.state) == ApplicationState.DRAFT).desc(), col(Application.id).desc())
        .limit(PAGE)
    )
    return rows.all()


async def of_customer(session: AsyncSession, actor: Actor, code: str) -> Application:
    """The actor's own application. Raises NotFound."""
    return await _mine(session, actor, col(Application.code) == code)


async def of_form(session: AsyncSession, actor: Actor, key: str) -> Application:
    """The one that was made with this form. Raises NotFound."""
    return await _mine(session, actor, col(Application.key) == key)


async def files(
    session: AsyncSession, application: Application, *, sent: bool | None = None
) -> Sequence[ApplicationFile]:
    """Its files in order: those that were sent, those that were not yet, or all."""
    statement = select(ApplicationFile).where(ApplicationFile.application_id == application.id)
    if sent is not None:
        at = col(ApplicationFile.sent_at)
        statement = statement.where(at.is_not(None) if sent else at.is_(None))
    return (await session.exec(statement.order_by(col(ApplicationFile.id)))).all()


async def history(session: AsyncSession, application: Application) -> Sequence[Step]:
    """What happened to it, in order."""
    rows = await session.exec(
        select(ApplicationStep, col(StaffMember.name))
        .outerjoin(StaffMember, col(StaffMember.id) == col(ApplicationStep.staff_id))
        .where(ApplicationStep.application_id == application.id)
        .order_by(col(ApplicationStep.id))
    )
    return [Step(step, name or "") for step, name in rows]


async def _mine(session: AsyncSession, actor: Actor, which: object) -> Application:
    found = await session.exec(
        select(Application).where(Application.profile_id == actor.profile_id, which)  # type: ignore[arg-type]
    )
    if (application := found.first()) is None:
        raise NotFound
    return application
