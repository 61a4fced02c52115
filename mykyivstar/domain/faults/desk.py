"""Requests as the operator sees them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.faults.models import FaultRequest, RequestState, TechnicianSlot
from mykyivstar.domain.internet.models import InternetAccount

LISTED_MAX = 500


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A request with the account's number and address and the visit that was chosen."""

    request: FaultRequest
    number: str
    address: str
    slot: TechnicianSlot | None


async def requests(session: AsyncSession, *, with_over: bool = False) -> Sequence[DeskRow]:
    """Requests that are not over (or all of them), the oldest first; at most LISTED_MAX."""
    query = (
        select(FaultRequest, InternetAccount, TechnicianSlot)
        .join(InternetAccount, col(InternetAccount.id) == col(FaultRequest.internet_account_id))
        .outerjoin(TechnicianSlot, col(TechnicianSlot.id) == col(FaultRequest.slot_id))
        .order_by(col(FaultRequest.id))
        .limit(LISTED_MAX)
    )
    if not with_over:
        query = query.where(col(FaultRequest.state).in_([state for state in RequestState if not state.is_over]))
    return [
        DeskRow(request, account.number, account.address, slot)
        for request, account, slot in (await session.exec(query)).all()
    ]
