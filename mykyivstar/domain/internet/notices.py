"""SMS about home internet, to the contract phone (H1, H3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.internet.models import Cause, InternetAccount, InternetState, Suspension
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.domain.lines.models import Holding, HoldingRole
from mykyivstar.domain.notices import telling
from mykyivstar.domain.notices.telling import Whose
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money

_LIVES = timedelta(days=1)
_TEMPLATES = {
    InternetState.OFF_FOR_DEBT: SmsTemplate.INTERNET_OFF,
    InternetState.SUSPENDED: SmsTemplate.INTERNET_SUSPENDED,
    InternetState.ACTIVE: SmsTemplate.INTERNET_ON,
}


async def tell(
    session: AsyncSession,
    account_ids: Sequence[int],
    state: InternetState,
    cause: Cause,
    *,
    at: datetime,
    missing: Money | None = None,
) -> None:
    """That these accounts are now in this state. What somebody has just done is told at once, the rest by day.

    An account that is off is told what it lacks: `missing`, or else the way to its threshold.
    """
    send_at = at if cause in {Cause.PAID, Cause.RESUMED_EARLY} else when_awake(at)
    languages = await _languages(session, account_ids)
    mine = and_(col(LedgerAccount.internet_account_id) == InternetAccount.id, col(LedgerAccount.unit) == Unit.UAH)
    query = (
        select(InternetAccount, col(LedgerAccount.balance))
        .outerjoin(LedgerAccount, mine)
        .where(col(InternetAccount.id).in_(account_ids))
        .order_by(col(InternetAccount.id))
    )
    for account, balance in (await session.execute(query)).all():
        lacks = missing or account.disconnect_threshold - (balance or Money.ZERO)
        owes = {"kopiykas": str(lacks.kopiykas)} if state is InternetState.OFF_FOR_DEBT else {}
        await telling.tell(
            session,
            Whose(internet_account_id=account.id),
            to=account.contract_phone,
            template=_TEMPLATES[state],
            params={"number": account.number, **owes},
            language=languages.get(account.id, Language.UK),
            at=at,
            send_at=send_at,
            lives=_LIVES,
        )


async def holiday_refused(session: AsyncSession, suspension: Suspension, *, at: datetime) -> None:
    """A suspension could not begin; its price is back."""
    account = await session.get_one(InternetAccount, suspension.internet_account_id)
    languages = await _languages(session, [suspension.internet_account_id])
    await telling.tell(
        session,
        Whose(internet_account_id=account.id),
        to=account.contract_phone,
        template=SmsTemplate.INTERNET_HOLIDAY_REFUSED,
        params={"number": account.number, "at": kyiv_midnight(suspension.first_day).isoformat()},
        language=languages.get(suspension.internet_account_id, Language.UK),
        at=at,
        send_at=when_awake(at),
        lives=_LIVES,
    )


async def _languages(session: AsyncSession, account_ids: Sequence[int]) -> Mapping[int, Language]:
    """The language of the owner's profile; of the first, where there are several."""
    query = (
        select(col(Holding.internet_account_id), col(Profile.language))
        .join(Profile, col(Profile.id) == col(Holding.profile_id))
        .where(col(Holding.internet_account_id).in_(account_ids), col(Holding.role) == HoldingRole.OWNER)
        .order_by(col(Holding.id).desc())
    )
    return {row[0]: row[1] for row in await session.execute(query)}
