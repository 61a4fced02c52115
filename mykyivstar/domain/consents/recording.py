"""Recording that somebody agreed to pay (O4): in the transaction that starts what is paid for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.consents.models import ConsentTo, PaidConsent
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind


def record_consent(
    session: AsyncSession,
    actor: Actor,
    *,
    key: str,
    of: HoldingKey,
    to: ConsentTo,
    ref: str,
    shown: Mapping[str, Any],
    at: datetime,
) -> None:
    """Keep what the actor agreed to and what they had been shown.

    `key` is the form's, `ref` the code of a tariff or service; `shown` holds every figure of the check page: kopiykas,
    ISO dates, and the language.
    """
    consent = PaidConsent(profile_id=actor.profile_id, key=key, to=to, ref=ref, shown=dict(shown), at=at)
    if of.kind is HoldingKind.LINE:
        consent.line_id = of.id
    else:
        consent.internet_account_id = of.id
    session.add(consent)


async def consent_of(session: AsyncSession, actor: Actor, key: str) -> PaidConsent | None:
    """The actor's consent by the form of this key, if there is one."""
    query = select(PaidConsent).where(col(PaidConsent.key) == key, col(PaidConsent.profile_id) == actor.profile_id)
    return (await session.exec(query)).first()
