"""Telling somebody, by every way that they chose for its topic (M5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.lines.models import Holding, HoldingRole
from mykyivstar.domain.notices import inbox
from mykyivstar.domain.notices.models import NoticeChoice
from mykyivstar.domain.notices.topics import TOPIC_OF, USUAL, NoticeTopic, Ways
from mykyivstar.domain.notifications.mail import MailTemplate, send_mail
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.secret import new_token

_LETTERS_LIVE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a notice is for: a person, or whoever holds this line or internet account as its owner the longest."""

    profile_id: int | None = None
    line_id: int | None = None
    internet_account_id: int | None = None

    def __post_init__(self) -> None:
        assert (self.profile_id, self.line_id, self.internet_account_id) != (None, None, None), "it is somebody's"


@dataclass(frozen=True, slots=True)
class _Person:
    profile_id: int
    email: str | None
    ways: Ways


async def tell(
    session: AsyncSession,
    whose: Whose,
    *,
    to: Msisdn,
    template: SmsTemplate,
    params: Mapping[str, str],
    language: Language,
    at: datetime,
    lives: timedelta,
    send_at: datetime | None = None,
) -> None:
    """Tell it with this transaction: an SMS to `to` (see `send_sms`), a letter, a notice in the app.

    Whoever has no profile has chosen nothing and gets the SMS. So does whoever wants letters only and has no address
    any more: nobody is left without a word because of that.
    """
    topic = TOPIC_OF[template]
    person = await _person(session, whose, topic)
    ways = person.ways if person is not None else USUAL[topic]
    has_letter = person is not None and ways.email and bool(person.email)
    if ways.sms or person is None or (ways.email and not has_letter and not ways.app):
        await send_sms(
            session,
            to=to,
            template=template,
            params=params,
            language=language,
            at=at,
            lives=lives,
            send_at=send_at,
        )
    if person is None:
        return
    if ways.email and person.email:
        await send_mail(
            session,
            key=f"notice:{new_token()}",
            to=person.email,
            template=MailTemplate.NOTICE,
            params={"template": template.value, "values": dict(params)},
            language=language,
            at=at,
            lives=_LETTERS_LIVE,
        )
    if ways.app:
        await inbox.put(session, person.profile_id, template, params, at=at)


async def _person(session: AsyncSession, whose: Whose, topic: NoticeTopic) -> _Person | None:
    chosen = and_(col(NoticeChoice.profile_id) == col(Profile.id), col(NoticeChoice.topic) == topic)
    query = select(Profile.id, Profile.contact_email, NoticeChoice).outerjoin(NoticeChoice, chosen)
    if whose.profile_id is not None:
        query = query.where(Profile.id == whose.profile_id)
    else:
        held = (
            Holding.line_id == whose.line_id
            if whose.line_id is not None
            else Holding.internet_account_id == whose.internet_account_id
        )
        query = query.join(Holding, col(Holding.profile_id) == col(Profile.id))
        query = query.where(held, Holding.role == HoldingRole.OWNER)
        query = query.order_by(col(Holding.proved_at), col(Holding.id))
    found = (await session.exec(query.where(col(Profile.closed_at).is_(None)).limit(1))).first()
    if found is None:
        return None
    profile_id, email, choice = found
    assert profile_id is not None
    ways = Ways(choice.sms, choice.email, choice.app) if choice is not None else USUAL[topic]
    return _Person(profile_id, email, ways)
