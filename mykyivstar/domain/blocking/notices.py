"""What is told of a block: to the line, to every other contact of its owners, and in their lists of events.

It protects, so it belongs to no topic and is sent whatever is chosen (M5).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.blocking.models import LineBlock
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.identity.notices import LIVES, contacts
from mykyivstar.domain.identity.security_events import SecurityEventKind, record
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line
from mykyivstar.domain.notifications.mail import MailTemplate, send_mail
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.transfers.notices import masked


@dataclass(frozen=True, slots=True)
class _Told:
    """What happened: how the SMS and the list of events call it."""

    event: SecurityEventKind
    template: SmsTemplate


_ASKED = _Told(SecurityEventKind.LINE_BLOCK_ASKED, SmsTemplate.LINE_BLOCK_ASKED)
_BLOCKED = _Told(SecurityEventKind.LINE_BLOCKED, SmsTemplate.LINE_BLOCKED)
_UNBLOCKED = _Told(SecurityEventKind.LINE_UNBLOCKED, SmsTemplate.LINE_UNBLOCKED)


async def applied_for(session: AsyncSession, line: Line, block: LineBlock, *, at: datetime) -> None:
    """Somebody applied for a block: whoever did not can still withdraw it."""
    assert block.due_at is not None
    await _tell(session, line, block, _ASKED, at=at, more={"at": block.due_at.isoformat()})


async def withdrawn(session: AsyncSession, line: Line, *, at: datetime) -> None:
    """An application was withdrawn before it was carried out; nothing happened, so it is only written down."""
    for owner in await _owners(session, line):
        record(session, owner.id or 0, SecurityEventKind.LINE_BLOCK_WITHDRAWN, at, detail=masked(line.msisdn.digits))


async def blocked(session: AsyncSession, line: Line, block: LineBlock, *, at: datetime) -> None:
    """The line is blocked from now on."""
    await _tell(session, line, block, _BLOCKED, at=at)


async def unblocked(session: AsyncSession, line: Line, block: LineBlock, *, at: datetime) -> None:
    """The line works again."""
    await _tell(session, line, block, _UNBLOCKED, at=at)


async def _tell(
    session: AsyncSession,
    line: Line,
    block: LineBlock,
    told: _Told,
    *,
    at: datetime,
    more: Mapping[str, str] = MappingProxyType({}),
) -> None:
    params = {"number": masked(line.msisdn.digits), **more}
    owners = await _owners(session, line)
    language = owners[0].language if owners else Language.UK
    said = {line.msisdn: language}
    for owner in owners:
        record(session, owner.id or 0, told.event, at, detail=params["number"])
        for phone in await contacts(session, owner):
            said.setdefault(phone, owner.language)
        if owner.contact_email:
            await send_mail(
                session,
                key=f"{told.template.value}:{block.id}:{owner.id}",
                to=owner.contact_email,
                template=MailTemplate.NOTICE,
                params={"template": told.template.value, "values": params},
                language=owner.language,
                at=at,
                lives=LIVES,
            )
    for phone, spoken in said.items():
        await send_sms(session, to=phone, template=told.template, params=params, language=spoken, at=at, lives=LIVES)


async def _owners(session: AsyncSession, line: Line) -> Sequence[Profile]:
    """Who has the line as its owner, the longest first."""
    rows = await session.exec(
        select(Profile)
        .join(Holding, col(Holding.profile_id) == col(Profile.id))
        .where(Holding.line_id == line.id, Holding.role == HoldingRole.OWNER, col(Profile.closed_at).is_(None))
        .order_by(col(Holding.proved_at), col(Holding.id))
    )
    return rows.all()
