"""One-time codes to a signed-in person's own phone: for a fresh proof (O9), for switching SMS off (A4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import codes_out
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.codes import RESEND_AFTER, send_code
from mykyivstar.domain.identity.models import CodePurpose, Language, Profile
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn


@dataclass(frozen=True, slots=True)
class OwnCode:
    """A code that is out: where it went, until when it works, and when another may be asked for."""

    sent_to: Msisdn
    expires_at: datetime
    resend_at: datetime


async def phones(session: AsyncSession, actor: Actor) -> Sequence[Msisdn]:
    """Phones that codes for the actor may go to: own lines, contract phones of own accounts, else the contact phone."""
    from mykyivstar.domain.lines.queries import own_phones  # lines is above identity; only this question needs it

    own = await own_phones(session, actor.profile_id)
    if own:
        return own
    contact = (await session.get_one(Profile, actor.profile_id)).contact_phone
    return [contact] if contact is not None else []


async def send(
    unit_of_work: UnitOfWork,
    key: bytes,
    actor: Actor,
    *,
    purpose: CodePurpose,
    to: str,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> OwnCode:
    """Send a code to one of the actor's phones (its digits); asked again too early, the code that is out stays.

    Raises NotFound for a phone that is not the actor's, TooManyTries.
    """
    async with unit_of_work() as session:
        phone = next((phone for phone in await phones(session, actor) if phone.digits == to), None)
        out = await pending(session, actor, purpose=purpose, visitor=visitor, at=at)
    if phone is None:
        raise NotFound
    if out is not None and out.sent_to == phone and at < out.resend_at:
        return out
    sent = await send_code(
        unit_of_work,
        key,
        purpose=purpose,
        subject=_subject(actor),
        to=phone,
        visitor=visitor,
        address=address,
        language=language,
        at=at,
    )
    return OwnCode(phone, sent.expires_at, sent.resend_at)


async def pending(
    session: AsyncSession, actor: Actor, *, purpose: CodePurpose, visitor: str, at: datetime
) -> OwnCode | None:
    """The code that is out for this purpose in this browser, None when there is none to type."""
    code = await codes_out.to_type(session, purpose=purpose, subject=_subject(actor), visitor=visitor, at=at)
    if code is None or code.sent_to is None:
        return None
    return OwnCode(code.sent_to, code.expires_at, code.issued_at + RESEND_AFTER)


async def spend(
    unit_of_work: UnitOfWork, key: bytes, actor: Actor, *, purpose: CodePurpose, visitor: str, code: str, at: datetime
) -> None:
    """Trade the code that is out. Raises WrongCode, CodeExpired, CodeSpent, TooManyTries."""
    await codes_out.spend_latest(
        unit_of_work, key, purpose=purpose, subject=_subject(actor), visitor=visitor, code=code, at=at
    )


def _subject(actor: Actor) -> str:
    return f"profile:{actor.profile_id}"
