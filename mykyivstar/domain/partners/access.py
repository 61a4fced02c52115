"""Letting a signed request in, once, and writing down what every request was and what became of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import insert_into
from mykyivstar.domain.identity.models import RateCount
from mykyivstar.domain.partners.errors import NonceUsed, PartnerClosed, TooManyRequests
from mykyivstar.domain.partners.keys import WINDOW, KeyId, Signed, is_signed_by, key_of, may_sign
from mykyivstar.domain.partners.models import Partner, PartnerNonce, PartnerRequest
from mykyivstar.kit.errors import CustomerError

_MINUTE = timedelta(minutes=1)
_RATE_RULE = "partner_requests"
# Signed at the latest moment that we take, a request is taken until the window has passed twice.
_NONCES_LIVE = 2 * WINDOW + _MINUTE
_NOBODY = KeyId("nobody", 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the audit keeps it: `path` without its query, in ASCII, with numbers masked."""

    request_id: str
    method: str
    path: str
    address: str
    at: datetime


async def signer(
    session: AsyncSession, secret: bytes, key_id: KeyId | None, request: Signed, signature: str, *, at: datetime
) -> tuple[Partner | None, bool]:
    """The partner whose key is named, if there is one, and whether the request is signed with a key of its that counts.

    Takes as long for a partner that does not exist: who is one is nobody's business.
    """
    query = select(Partner).where(Partner.code == (key_id or _NOBODY).code)
    partner = (await session.exec(query)).first()
    is_right = is_signed_by(key_of(secret, key_id or _NOBODY), request, signature)
    counts = partner is not None and key_id is not None and may_sign(partner, key_id, at)
    return partner, is_right and counts


async def admit(session: AsyncSession, partner: Partner, nonce: str, asked: Asked) -> tuple[int, CustomerError | None]:
    """Spend the nonce of a request that is rightly signed, count it, and write it down; its id in the audit.

    Returns the refusal instead of raising it, because what was counted must be kept: PartnerClosed, TooManyRequests,
    NonceUsed.
    """
    assert partner.id is not None
    refusal: CustomerError | None = None
    if partner.closed_at is not None:
        refusal = PartnerClosed()
    elif await _hits(session, partner.id, asked.at) > partner.requests_a_minute:
        refusal = TooManyRequests(seconds=seconds_to_next_minute(asked.at))
    elif not await _is_first(session, partner.id, nonce, asked.at):
        refusal = NonceUsed()
    row = _row(asked, partner.id, is_signed=True)
    session.add(row)
    await session.flush()
    assert row.id is not None
    return row.id, refusal


async def note_stranger(
    session: AsyncSession, asked: Asked, *, partner_id: int | None, outcome: str, status: int
) -> None:
    """Write down a request that nobody known has signed; `partner_id` is whom it pretended to be."""
    row = _row(asked, partner_id, is_signed=False)
    row.outcome, row.status = outcome, status
    session.add(row)


async def note_outcome(session: AsyncSession, row_id: int, *, outcome: str, status: int) -> None:
    """Write down what became of an admitted request."""
    done = update(PartnerRequest).where(col(PartnerRequest.id) == row_id)
    await session.exec(done.values(outcome=outcome, status=status))


def seconds_to_next_minute(at: datetime) -> int:
    """When the count of requests begins anew."""
    return 60 - int(at.timestamp()) % 60


def _row(asked: Asked, partner_id: int | None, *, is_signed: bool) -> PartnerRequest:
    return PartnerRequest(
        partner_id=partner_id,
        at=asked.at,
        request_id=asked.request_id,
        address=asked.address[:45],
        method=asked.method[:16],
        path=asked.path[:200],
        is_signed=is_signed,
    )


async def _is_first(session: AsyncSession, partner_id: int, nonce: str, at: datetime) -> bool:
    adding = insert_into(session, PartnerNonce).values(partner_id=partner_id, nonce=nonce, expires_at=at + _NONCES_LIVE)
    added = adding.on_conflict_do_nothing(index_elements=["partner_id", "nonce"]).returning(col(PartnerNonce.id))
    return (await session.exec(added)).scalar_one_or_none() is not None


async def _hits(session: AsyncSession, partner_id: int, at: datetime) -> int:
    """Count this request; how many the minute of the clock has seen."""
    start = datetime.fromtimestamp(int(at.timestamp()) // 60 * 60, UTC)
    adding = insert_into(session, RateCount).values(
        rule=_RATE_RULE, subject=str(partner_id), window_start=start, hits=1
    )
    counted = adding.on_conflict_do_update(
        index_elements=["rule", "subject", "window_start"], set_={"hits": col(RateCount.hits) + 1}
    ).returning(col(RateCount.hits))
    return int((await session.exec(counted)).scalar_one())
