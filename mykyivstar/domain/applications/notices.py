"""Whoever filed an application hears of it: an SMS to their own phone, a letter to their address (M5)."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.applications.models import Application, ApplicationState
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.notices import contacts
from mykyivstar.domain.notices.choosing import ways_of
from mykyivstar.domain.notices.inbox import APPLICATION, put
from mykyivstar.domain.notices.topics import NoticeTopic
from mykyivstar.domain.notifications.mail import MailTemplate, send_mail
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.msisdn import Msisdn

LIVES = timedelta(days=1)
LETTERS_LIVE = timedelta(days=3)
_DECIDED = {
    ApplicationState.APPROVED: SmsTemplate.APPLICATION_APPROVED,
    ApplicationState.DECLINED: SmsTemplate.APPLICATION_DECLINED,
}


async def filed(session: AsyncSession, application: Application, *, at: datetime) -> None:
    """It was sent: at once, also at night, for it may have been somebody else who sent it."""
    await _by_sms(session, application, SmsTemplate.APPLICATION_FILED, at=at, send_at=at)


async def asked(session: AsyncSession, application: Application, *, at: datetime) -> None:
    """The customer has to add something."""
    await _as_chosen(session, application, SmsTemplate.APPLICATION_NEEDS_MORE, at=at)


async def decided(session: AsyncSession, application: Application, *, at: datetime) -> None:
    """There is a decision; called before the data change, so that the contact that goes hears of it as well."""
    await _as_chosen(session, application, _DECIDED[application.state], at=at)


async def _as_chosen(session: AsyncSession, application: Application, template: SmsTemplate, *, at: datetime) -> None:
    """By the ways that the customer chose for what they have filed; a change of contacts by SMS and letter anyway."""
    ways = await ways_of(session, application.profile_id, NoticeTopic.REQUESTS)
    if ways.sms or application.kind.is_contact:
        await _by_sms(session, application, template, at=at, send_at=when_awake(at))
    if ways.email or application.kind.is_contact:
        await _by_mail(session, application, at=at)
    if ways.app:
        about, params = f"{APPLICATION}:{application.code}", {"number": application.number}
        await put(session, application.profile_id, template, params, at=at, about=about)


async def _by_sms(
    session: AsyncSession, application: Application, template: SmsTemplate, *, at: datetime, send_at: datetime
) -> None:
    """To the contact phone or the first own one; when the contact phone itself changes, to the new one as well."""
    phones = list(await contacts(session, await session.get_one(Profile, application.profile_id)))[:1]
    if application.state is ApplicationState.APPROVED and "phone" in application.new:
        phones.append(Msisdn(application.new["phone"]))
    for phone in dict.fromkeys(phones):
        await send_sms(
            session,
            to=phone,
            template=template,
            params={"number": application.number},
            language=application.language,
            at=at,
            lives=LIVES,
            send_at=send_at,
        )


async def _by_mail(session: AsyncSession, application: Application, *, at: datetime) -> None:
    profile = await session.get_one(Profile, application.profile_id)
    addresses = [profile.contact_email]
    if application.state is ApplicationState.APPROVED:
        addresses.append(application.new.get("email"))
    for place, address in enumerate(dict.fromkeys(each for each in addresses if each)):
        await send_mail(
            session,
            key=f"application:{application.code}:{application.state.value}:{at:%Y%m%d%H%M%S}:{place}",
            to=address,
            template=MailTemplate.APPLICATION,
            params={"application_id": application.id, "state": application.state.value},
            language=application.language,
            at=at,
            lives=LETTERS_LIVE,
        )
