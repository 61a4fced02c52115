"""SMS about limits: to whoever set them, in the waking hours (N5, O10)."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.notices import contacts
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.notices.telling import Whose, tell
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.usage_limits.models import LimitKind, UsageLimit

_LIVES = timedelta(days=1)
_AMOUNTS = {LimitKind.MONEY: "kopiykas", LimitKind.DATA: "bytes"}


async def reached(session: AsyncSession, limit: UsageLimit, percent: int, *, is_paused: bool, at: datetime) -> None:
    """So much of it is used; whether data is paused for that."""
    profile = await session.get_one(Profile, limit.profile_id)
    line = await session.get_one(Line, limit.line_id)
    phones = await contacts(session, profile)
    if not phones:
        return
    paused = SmsTemplate.LIMIT_PAUSED if is_paused else SmsTemplate.LIMIT_REACHED
    await tell(
        session,
        Whose(profile_id=limit.profile_id),
        to=phones[0],
        template=paused if percent == 100 else SmsTemplate.LIMIT_NEAR,
        params={"number": f"0{line.msisdn.digits[3:]}", "unit": _AMOUNTS[limit.kind], "most": str(limit.most)},
        language=profile.language,
        at=at,
        send_at=when_awake(at),
        lives=_LIVES,
    )
