"""Where a code that unblocks a line may go: what else was proved to be this person's before it was blocked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line, LineState
from mykyivstar.kit.msisdn import Msisdn


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone or an address; one of the two is set."""

    phone: Msisdn | None = None
    email: str = ""

    @property
    def key(self) -> str:
        """As the page names it."""
        return self.phone.digits if self.phone is not None else self.email


async def others(session: AsyncSession, actor: Actor, line: Line, *, before: datetime) -> Sequence[Contact]:
    """The actor's other phones and e-mail: never the line itself, nor another line that does not work.

    A line or account that was added after `before` does not count: it may have been added just for this.
    """
    profile = await session.get_one(Profile, actor.profile_id)
    rows = await session.exec(
        select(col(Line.msisdn), col(InternetAccount.contract_phone))
        .select_from(Holding)
        .outerjoin(Line, col(Line.id) == col(Holding.line_id))
        .outerjoin(InternetAccount, col(InternetAccount.id) == col(Holding.internet_account_id))
        .where(
            Holding.profile_id == actor.profile_id,
            Holding.role == HoldingRole.OWNER,
            col(Holding.proved_at) <= before,
        )
        .order_by(col(Holding.position), col(Holding.id))
    )
    owned = [phone for line_phone, contract in rows for phone in (line_phone, contract) if phone is not None]
    named = [profile.contact_phone] if profile.contact_phone is not None else []
    phones = [phone for phone in dict.fromkeys([*named, *owned]) if phone != line.msisdn]
    unfit = select(Line).where(col(Line.msisdn).in_(phones), col(Line.state) != LineState.ACTIVE)
    silent = {each.msisdn for each in await session.exec(unfit)}
    found = [Contact(phone=phone) for phone in phones if phone not in silent]
    return [*found, Contact(email=profile.contact_email)] if profile.contact_email else found
