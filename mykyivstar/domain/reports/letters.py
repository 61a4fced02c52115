"""Reports by e-mail: as soon as they are ready where that was asked for, and whenever their owner asks (E3)."""

import hashlib
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.notifications.mail import MailTemplate, send_mail
from mykyivstar.domain.reports.models import Report

LIVES = timedelta(days=3)


async def send_report(session: AsyncSession, report: Report, *, to: str, at: datetime) -> None:
    """Send its files to this address; asked for twice within a minute it is one letter."""
    whom = hashlib.sha256(to.encode()).hexdigest()[:16]
    key = f"report:{report.id}:{whom}:{at:%Y%m%d%H%M}"
    await send_mail(
        session,
        key=key,
        to=to,
        template=MailTemplate.REPORT,
        params={"report_id": report.id},
        language=report.language,
        at=at,
        lives=LIVES,
    )
    report.email, report.mail_key = to, key
    session.add(report)
    changed(session, Subject(Topic.PROFILE, report.profile_id))
