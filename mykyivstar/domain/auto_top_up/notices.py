"""SMS about auto top-ups: to whoever pays for them, in the waking hours (N1, O10)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.auto_top_up.models import AutoTopUpRule
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.notices import contacts
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.notices.telling import Whose, tell
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.payments.models import SavedCard
from mykyivstar.kit.money import Money

_LIVES = timedelta(days=1)


async def soon(session: AsyncSession, rule: AutoTopUpRule, amount: Money, due: datetime, *, at: datetime) -> None:
    """What will be paid tomorrow, and with which card."""
    card = await session.get_one(SavedCard, rule.saved_card_id)
    about = {"kopiykas": str(amount.kopiykas), "card": f"*{card.mask[-4:]}", "at": due.isoformat()}
    await _tell(session, rule, SmsTemplate.AUTO_TOP_UP_SOON, about, at=at)


async def done(session: AsyncSession, rule: AutoTopUpRule, amount: Money, *, at: datetime) -> None:
    """What was paid."""
    await _tell(session, rule, SmsTemplate.AUTO_TOP_UP_DONE, {"kopiykas": str(amount.kopiykas)}, at=at)


async def failed(session: AsyncSession, rule: AutoTopUpRule, reason: str, again: datetime, *, at: datetime) -> None:
    """Why it was not paid, and when it is tried again."""
    await _tell(session, rule, SmsTemplate.AUTO_TOP_UP_FAILED, {"reason": reason, "at": again.isoformat()}, at=at)


async def paused(session: AsyncSession, rule: AutoTopUpRule, reason: str, *, at: datetime) -> None:
    """Why nothing more is paid until somebody mends it."""
    await _tell(session, rule, SmsTemplate.AUTO_TOP_UP_PAUSED, {"reason": reason}, at=at)


async def _tell(
    session: AsyncSession, rule: AutoTopUpRule, template: SmsTemplate, about: Mapping[str, str], *, at: datetime
) -> None:
    profile = await session.get_one(Profile, rule.profile_id)
    phones = await contacts(session, profile)
    if not phones:
        return
    await tell(
        session,
        Whose(profile_id=rule.profile_id),
        to=phones[0],
        template=template,
        params={**about, "number": await _number(session, rule)},
        language=profile.language,
        at=at,
        send_at=when_awake(at),
        lives=_LIVES,
    )


async def _number(session: AsyncSession, rule: AutoTopUpRule) -> str:
    if rule.target.kind is HoldingKind.LINE:
        return f"0{(await session.get_one(Line, rule.target.id)).msisdn.digits[3:]}"
    return (await session.get_one(InternetAccount, rule.target.id)).number
