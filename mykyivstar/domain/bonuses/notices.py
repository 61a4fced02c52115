"""SMS about bonuses, to the number that gets them (I2)."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.bonuses.models import BonusTransfer
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.identity.subjects import Found, Subject, profile_of
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.notices.telling import Whose, tell
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.templates import SmsTemplate

_LIVES = timedelta(days=1)


async def tell_arrived(session: AsyncSession, given: BonusTransfer, line: Line, *, at: datetime) -> None:
    """How many arrived and until when they can be spent; at night it waits for the morning."""
    assert given.expires_at is not None
    profile = await profile_of(session, Found(Subject("line", ""), line_id=line.id))
    await tell(
        session,
        Whose(line_id=line.id),
        to=line.msisdn,
        template=SmsTemplate.BONUS_ARRIVED,
        params={"bonuses": str(given.amount.kopiykas // 100), "at": given.expires_at.isoformat()},
        language=Language.UK if profile is None else profile.language,
        at=at,
        lives=_LIVES,
        send_at=when_awake(at),
    )
