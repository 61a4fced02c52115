"""Unblocking one's own line by a code that goes to another contact of the same person (G1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.blocking import contacts, service
from mykyivstar.domain.blocking.contacts import Contact
from mykyivstar.domain.blocking.errors import (
    BlockedByRegister,
    IdentityCheckNeeded,
    NoOtherContact,
    NotBlocked,
)
from mykyivstar.domain.blocking.models import BlockEnding, LineBlock
from mykyivstar.domain.blocking.queries import Return, way_back
from mykyivstar.domain.identity import codes_out
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.codes import RESEND_AFTER, send_code
from mykyivstar.domain.identity.errors import CodeSpent, WrongCode
from mykyivstar.domain.identity.models import CodePurpose, Language
from mykyivstar.domain.lines.models import Line, LineState
from mykyivstar.domain.transfers.notices import masked
from mykyivstar.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class CodeOut:
    """A code that is out: where it went, until when it works, and when another may be asked for."""

    to: Contact
    expires_at: datetime
    resend_at: datetime


async def send(
    unit_of_work: UnitOfWork,
    key: bytes,
    actor: Actor,
    *,
    line_id: int,
    to: str,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> CodeOut:
    """Send the code to the contact that `to` names; asked again too early, the one that is out stays.

    Raises NotFound (a stranger's line, nobody's contact), OnlyOwnerBlocks, NotBlocked, IdentityCheckNeeded,
    BlockedByRegister, NoOtherContact, TooManyTries.
    """
    async with unit_of_work() as session:
        line, _, allowed = await _allowed(session, actor, line_id)
        out = await pending(session, line_id, visitor=visitor, at=at)
    contact = next((each for each in allowed if each.key == to), None)
    if contact is None:
        raise NotFound
    if out is not None and out.to == contact and at < out.resend_at:
        return out
    sent = await send_code(
        unit_of_work,
        key,
        purpose=CodePurpose.UNBLOCK,
        subject=_subject(line_id),
        to=contact.phone,
        email=contact.email or None,
        visitor=visitor,
        address=address,
        language=language,
        at=at,
        about={"number": masked(line.msisdn.digits)},
    )
    return CodeOut(contact, sent.expires_at, sent.resend_at)


async def pending(session: AsyncSession, line_id: int, *, visitor: str, at: datetime) -> CodeOut | None:
    """The code that is out in this browser, None when there is none to type."""
    code = await codes_out.to_type(
        session, purpose=CodePurpose.UNBLOCK, subject=_subject(line_id), visitor=visitor, at=at
    )
    if code is None:
        return None
    return CodeOut(Contact(code.sent_to, code.sent_to_email or ""), code.expires_at, code.issued_at + RESEND_AFTER)


async def unblock(
    unit_of_work: UnitOfWork, key: bytes, actor: Actor, *, line_id: int, code: str, visitor: str, at: datetime
) -> None:
    """Trade the code for the line; twice is once: nothing more is wanted of a line that works.

    Raises what `send` does but NotBlocked, and WrongCode, CodeExpired, CodeSpent, TooManyTries.
    """
    async with unit_of_work() as session:
        if await _works(session, actor, line_id):
            return
        _, asked, _ = await _allowed(session, actor, line_id)
    try:
        await codes_out.spend_latest(
            unit_of_work,
            key,
            purpose=CodePurpose.UNBLOCK,
            subject=_subject(line_id),
            visitor=visitor,
            code=code,
            at=at,
        )
    except (CodeSpent, WrongCode):
        # Spent by the same click, perhaps, which was a moment quicker in another process.
        async with unit_of_work() as session:
            if await _works(session, actor, line_id):
                return
        raise
    async with unit_of_work() as session:
        line = await service.held_for_change(session, line_id)
        active = await service.open_block(session, line_id)
        _demand(line, active)
        if active is None or active.id != asked.id:
            # Unblocked and blocked again meanwhile: the code was for the block before.
            raise CodeSpent
        await service.end(session, line, active, BlockEnding.BY_CODE, at=at)


async def _allowed(session: AsyncSession, actor: Actor, line_id: int) -> tuple[Line, LineBlock, Sequence[Contact]]:
    line = await service.own(session, actor, line_id)
    active = await service.open_block(session, line_id)
    _demand(line, active)
    assert active is not None, "what the register blocked has been refused"
    found = await contacts.others(session, actor, line, before=active.asked_at)
    if not found:
        raise NoOtherContact
    return line, active, found


async def _works(session: AsyncSession, actor: Actor, line_id: int) -> bool:
    return (await service.own(session, actor, line_id)).state is LineState.ACTIVE


def _demand(line: Line, active: LineBlock | None) -> None:
    if line.state is not LineState.BLOCKED:
        raise NotBlocked
    match way_back(active):
        case Return.OPERATOR:
            raise BlockedByRegister
        case Return.DOCUMENT:
            raise IdentityCheckNeeded


def _subject(line_id: int) -> str:
    return f"unblock:{line_id}"
