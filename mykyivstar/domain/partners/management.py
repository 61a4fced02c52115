"""Partners as the operator keeps them: added, given new keys, closed. A code is never used twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.partners.errors import PartnerClosed, PartnerExists, UnknownPartner
from mykyivstar.domain.partners.keys import CODE
from mykyivstar.domain.partners.models import Partner
from mykyivstar.kit.money import Money

#: How long the old key signs beside the new one, unless said otherwise.
OVERLAP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PartnerLimits:
    """What a partner may: in one payment, in one Kyiv day, in one minute."""

    payment_most: Money = Money.uah(5_000)
    day_most: Money = Money.uah(1_000_000)
    requests_a_minute: int = 600


def is_code(text: str) -> bool:
    """Whether a partner can be called this: 3 to 40 small Latin letters, digits and hyphens, a letter first."""
    return CODE.fullmatch(text) is not None


async def add(
    session: AsyncSession, code: str, *, name: str, at: datetime, limits: PartnerLimits | None = None
) -> Partner:
    """A new partner with the first version of its key (D7). Raises PartnerExists."""
    assert is_code(code), code
    limits = limits or PartnerLimits()
    if await _found(session, code) is not None:
        raise PartnerExists
    partner = Partner(
        code=code,
        name=name,
        payment_most=limits.payment_most,
        day_most=limits.day_most,
        requests_a_minute=limits.requests_a_minute,
        created_at=at,
    )
    session.add(partner)
    await session.flush()
    return partner


async def of_code(session: AsyncSession, code: str) -> Partner:
    """Raises UnknownPartner."""
    partner = await _found(session, code)
    if partner is None:
        raise UnknownPartner
    return partner


async def rotate(session: AsyncSession, code: str, *, at: datetime, overlap: timedelta = OVERLAP) -> Partner:
    """Give the partner its next key; the one before signs for `overlap` longer, older ones at once no more.

    Raises UnknownPartner, PartnerClosed.
    """
    partner = await of_code(session, code)
    if partner.closed_at is not None:
        raise PartnerClosed
    partner.key_version += 1
    partner.previous_key_until = at + overlap if overlap else None
    session.add(partner)
    return partner


async def close(session: AsyncSession, code: str, *, at: datetime) -> Partner:
    """End the partner's use of the API for good; closed again it stays closed since then. Raises UnknownPartner."""
    partner = await of_code(session, code)
    partner.closed_at = partner.closed_at or at
    session.add(partner)
    return partner


async def everyone(session: AsyncSession) -> Sequence[Partner]:
    """All partners, closed ones too, by code."""
    return (await session.exec(select(Partner).order_by(col(Partner.code)))).all()


async def _found(session: AsyncSession, code: str) -> Partner | None:
    return (await session.exec(select(Partner).where(Partner.code == code))).first()
