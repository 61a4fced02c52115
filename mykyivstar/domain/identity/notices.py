"""SMS that tell the owner what has just happened to their profile (A8, A11), each with its entry in the security log.

They go out with the transaction of what they tell about, and nobody but the owner is told.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.security_events import SecurityEventKind, record
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.msisdn import Msisdn

# A notice that is a day late still matters; a week later it only confuses.
LIVES = timedelta(days=1)
CONTACTS_MAX = 10


async def new_sign_in(session: AsyncSession, profile_id: int, browser: str, at: datetime, *, address: str = "") -> None:
    """Somebody signed in from a browser that we did not know (A11)."""
    record(session, profile_id, SecurityEventKind.NEW_SIGN_IN, at, detail=browser, address=address)
    params = {"browser": browser, "at": at.isoformat()}
    await _tell(session, profile_id, SmsTemplate.NEW_SIGN_IN, at, params=params)


async def password_changed(session: AsyncSession, profile_id: int, at: datetime, *, address: str = "") -> None:
    """The owner, or somebody in their session, changed the password."""
    record(session, profile_id, SecurityEventKind.PASSWORD_CHANGED, at, address=address)
    await _tell(session, profile_id, SmsTemplate.PASSWORD_CHANGED, at)


async def passkey_added(session: AsyncSession, profile_id: int, at: datetime, *, name: str, address: str = "") -> None:
    """A further way in was made."""
    record(session, profile_id, SecurityEventKind.PASSKEY_ADDED, at, detail=name, address=address)
    await _tell(session, profile_id, SmsTemplate.PASSKEY_ADDED, at)


async def sms_switched_off(session: AsyncSession, profile_id: int, at: datetime, *, address: str = "") -> None:
    """From now on the password alone signs in (A4)."""
    record(session, profile_id, SecurityEventKind.SMS_SWITCHED_OFF, at, address=address)
    await _tell(session, profile_id, SmsTemplate.SMS_SWITCHED_OFF, at)


async def secret_question_used(session: AsyncSession, profile_id: int, at: datetime, *, address: str = "") -> None:
    """The weakest way of proving was used: every contact hears of it (A8)."""
    record(session, profile_id, SecurityEventKind.SECRET_QUESTION_USED, at, address=address)
    await _tell(session, profile_id, SmsTemplate.SECRET_QUESTION_USED, at, everywhere=True)


async def access_restored(session: AsyncSession, profile_id: int, at: datetime, *, address: str = "") -> None:
    """A forgotten password was replaced: every contact hears of it (A8)."""
    record(session, profile_id, SecurityEventKind.ACCESS_RESTORED, at, address=address)
    await _tell(session, profile_id, SmsTemplate.PASSWORD_CHANGED, at, everywhere=True)


async def temporary_password_issued(session: AsyncSession, profile_id: int, at: datetime) -> None:
    """Somebody showed a document at a service centre and was given a way in: every contact hears of it (A8)."""
    record(session, profile_id, SecurityEventKind.TEMPORARY_PASSWORD_ISSUED, at)
    await _tell(session, profile_id, SmsTemplate.TEMPORARY_PASSWORD_ISSUED, at, everywhere=True)


async def contacts(session: AsyncSession, profile: Profile) -> Sequence[Msisdn]:
    """Every phone that is the owner's: the contact phone, own lines, contract phones of own internet accounts."""
    from mykyivstar.domain.lines.queries import own_phones  # lines is above identity; only notices need it

    own = await own_phones(session, profile.id or 0)
    first = [profile.contact_phone] if profile.contact_phone is not None else []
    return list(dict.fromkeys([*first, *own]))[:CONTACTS_MAX]


async def _tell(
    session: AsyncSession,
    profile_id: int,
    template: SmsTemplate,
    at: datetime,
    *,
    params: Mapping[str, str] | None = None,
    everywhere: bool = False,
) -> None:
    profile = await session.get_one(Profile, profile_id)
    phones = await contacts(session, profile)
    for phone in phones if everywhere else phones[:1]:
        await send_sms(
            session,
            to=phone,
            template=template,
            params=params or {},
            language=profile.language,
            at=at,
            lives=LIVES,
        )
