"""SMS about promised payments: to the line itself, or to the contract phone of the internet account (N2)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.notices.telling import Whose, tell
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.promises.models import Promise, PromiseState
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

_LIVES = timedelta(days=1)


async def given(session: AsyncSession, promise: Promise, *, at: datetime) -> None:
    """It is there: the sum, the price, until when. At any hour: its owner has just asked for it."""
    params = {"kopiykas": _text(promise.amount), "price_kopiykas": _text(promise.price), "at": _last_day(promise)}
    profile = await session.get_one(Profile, promise.profile_id)
    # A debt has been made: its owner hears of it by SMS, whatever they chose for other notices.
    await send_sms(
        session,
        to=await _phone(session, promise),
        template=SmsTemplate.PROMISE_GIVEN,
        params=params,
        language=profile.language,
        at=at,
        lives=_LIVES,
    )


async def remind(session: AsyncSession, promise_id: int, *, at: datetime) -> bool:
    """Tomorrow is the last day; False when nothing is owed any more."""
    promise = (await session.exec(select(Promise).where(col(Promise.id) == promise_id))).first()
    if promise is None or promise.state is not PromiseState.OPEN or at >= promise.due_at:
        return False
    params = {"kopiykas": _text(promise.owed), "at": _last_day(promise)}
    await _tell(session, promise, SmsTemplate.PROMISE_DUE, params, at=at, send_at=when_awake(at))
    return True


async def taken_back(session: AsyncSession, promise: Promise, back: Money, *, at: datetime) -> None:
    """So much came back; what is left, if anything."""
    template = SmsTemplate.PROMISE_REPAID if not promise.owed else SmsTemplate.PROMISE_PARTLY_REPAID
    params = {"kopiykas": _text(back)}
    if promise.owed:
        params |= {"owed_kopiykas": _text(promise.owed), "at": _last_day(promise)}
    await _tell(session, promise, template, params, at=at, send_at=when_awake(at))


async def _tell(
    session: AsyncSession,
    promise: Promise,
    template: SmsTemplate,
    params: Mapping[str, str],
    *,
    at: datetime,
    send_at: datetime,
) -> None:
    profile = await session.get_one(Profile, promise.profile_id)
    await tell(
        session,
        Whose(profile_id=promise.profile_id),
        to=await _phone(session, promise),
        template=template,
        params=params,
        language=profile.language,
        at=at,
        send_at=send_at,
        lives=_LIVES,
    )


async def _phone(session: AsyncSession, promise: Promise) -> Msisdn:
    if promise.key.kind is HoldingKind.LINE:
        return (await session.get_one(Line, promise.key.id)).msisdn
    return (await session.get_one(InternetAccount, promise.key.id)).contract_phone


def _text(amount: Money) -> str:
    return str(amount.kopiykas)


def _last_day(promise: Promise) -> str:
    return kyiv_midnight(promise.last_day).isoformat()
