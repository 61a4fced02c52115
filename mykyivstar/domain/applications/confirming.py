"""A new contact proves itself: a code goes to it and comes back, before the staff see the application (G3)."""

import hashlib
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.applications import queries
from mykyivstar.domain.applications.errors import ApplicationMoved
from mykyivstar.domain.applications.life import locked, tell
from mykyivstar.domain.applications.models import Application, ApplicationState
from mykyivstar.domain.identity import codes_out
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.codes import RESEND_AFTER, CodeSent, send_code
from mykyivstar.domain.identity.models import CodePurpose, Language
from mykyivstar.kit.msisdn import Msisdn


async def send(
    unit_of_work: UnitOfWork,
    key: bytes,
    actor: Actor,
    *,
    form: str,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> CodeSent:
    """Send a code to the new contact of what was written with this form; asked again too early, the old one stays.

    Raises NotFound, ApplicationMoved, TooManyTries.
    """
    async with unit_of_work() as session:
        application = await queries.of_form(session, actor, form)
        _require_contact(application)
        out = await pending(session, application, visitor=visitor, at=at)
    if out is not None and at < out.resend_at:
        return out
    phone, email = application.new.get("phone"), application.new.get("email")
    return await send_code(
        unit_of_work,
        key,
        purpose=CodePurpose.CONTACT,
        subject=_subject(application),
        to=Msisdn(phone) if phone else None,
        email=email,
        visitor=visitor,
        address=address,
        language=language,
        at=at,
    )


async def pending(session: AsyncSession, application: Application, *, visitor: str, at: datetime) -> CodeSent | None:
    """The code that is out to its contact in this browser."""
    out = await codes_out.to_type(
        session, purpose=CodePurpose.CONTACT, subject=_subject(application), visitor=visitor, at=at
    )
    if out is None:
        return None
    return CodeSent(out.id or 0, out.expires_at, out.issued_at + RESEND_AFTER)


async def confirm(
    unit_of_work: UnitOfWork, key: bytes, actor: Actor, *, form: str, visitor: str, code: str, at: datetime
) -> None:
    """Trade the code. Raises NotFound, ApplicationMoved, WrongCode, CodeExpired, CodeSpent, TooManyTries."""
    async with unit_of_work() as session:
        application = await queries.of_form(session, actor, form)
        _require_contact(application)
    proved = dict(application.new)
    await codes_out.spend_latest(
        unit_of_work,
        key,
        purpose=CodePurpose.CONTACT,
        subject=_subject(application),
        visitor=visitor,
        code=code,
        at=at,
    )
    async with unit_of_work() as session:
        now = await locked(session, application)
        # Somebody may have gone back meanwhile and written another contact.
        if now.state is not ApplicationState.DRAFT or now.new != proved:
            raise ApplicationMoved
        now.confirmed_at = at
        session.add(now)
        tell(session, now)


def _require_contact(application: Application) -> None:
    if application.state is not ApplicationState.DRAFT or not application.kind.is_contact:
        raise ApplicationMoved


def _subject(application: Application) -> str:
    """By the contact, so that nobody's phone or mailbox is flooded, however many applications name it."""
    contact = application.new.get("phone") or application.new.get("email", "").casefold()
    return f"contact:{hashlib.sha256(contact.encode()).hexdigest()[:40]}"
