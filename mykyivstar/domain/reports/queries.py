"""A person's reports; every question starts from who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line
from mykyivstar.domain.notifications.models import MailMessage, MailState
from mykyivstar.domain.reports.letters import send_report
from mykyivstar.domain.reports.making import names_of
from mykyivstar.domain.reports.models import Report, ReportState
from mykyivstar.kit.errors import NotFound

PAGE = 50
_SEEING = [role for role in HoldingRole if role.sees_usage]


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report, of which number it is, and what became of the last letter with it."""

    report: Report
    # Twelve digits of a line, or an internet account's own number.
    number: str
    mail: MailState | None


async def reports(session: AsyncSession, actor: Actor) -> Sequence[ReportView]:
    """The newest of the actor's reports, of lines and accounts whose usage the actor still may see."""
    rows = await session.exec(
        select(Report, col(Line.msisdn), col(InternetAccount.number), col(MailMessage.state))
        .join(Holding, _holds(actor))
        .outerjoin(Line, col(Line.id) == col(Report.line_id))
        .outerjoin(InternetAccount, col(InternetAccount.id) == col(Report.internet_account_id))
        .outerjoin(MailMessage, col(MailMessage.key) == col(Report.mail_key))
        .where(*_theirs(actor))
        .order_by(col(Report.id).desc())
        .limit(PAGE)
    )
    return [ReportView(report, line.digits if line else account, mail) for report, line, account, mail in rows]


async def report_of(session: AsyncSession, actor: Actor, code: str) -> Report:
    """The actor's own report at this address. Raises NotFound, also when it is not theirs to see any more."""
    found = await session.exec(select(Report).join(Holding, _holds(actor)).where(Report.code == code, *_theirs(actor)))
    if (report := found.first()) is None:
        raise NotFound
    return report


def _holds(actor: Actor) -> ColumnElement[bool]:
    """That what the report is of is among the actor's own."""
    same_line = col(Holding.line_id) == col(Report.line_id)
    same_account = col(Holding.internet_account_id) == col(Report.internet_account_id)
    return and_(col(Holding.profile_id) == actor.profile_id, or_(same_line, same_account))


def _theirs(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Report.profile_id) == actor.profile_id,
        col(Report.deleted_at).is_(None),
        col(Holding.role).in_(_SEEING),
    )


async def ready_report(session: AsyncSession, actor: Actor, code: str, *, at: datetime) -> Report:
    """The same, to be taken away: whole numbers are in it. Raises ProofNeeded (O9), NotFound until it is ready."""
    report = await report_of(session, actor, code)
    require_fresh(actor, at)
    if report.state is not ReportState.READY:
        raise NotFound
    return report


async def mail_again(session: AsyncSession, actor: Actor, code: str, *, to: str, at: datetime) -> None:
    """Send it to this address. Raises ProofNeeded, NotFound."""
    await send_report(session, await ready_report(session, actor, code, at=at), to=to, at=at)


async def delete(session: AsyncSession, actor: Actor, code: str, *, at: datetime) -> list[str]:
    """Take it off the list; the names of its files, to be removed. One that is being made stays: raises NotFound."""
    report = await report_of(session, actor, code)
    if report.state.is_open:
        raise NotFound
    names = names_of(report)
    report.deleted_at, report.files = at, {}
    if report.state is ReportState.READY:
        report.state, report.state_at = ReportState.EXPIRED, at
    session.add(report)
    changed(session, Subject(Topic.PROFILE, actor.profile_id))
    return names
