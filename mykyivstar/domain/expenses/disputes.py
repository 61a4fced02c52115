"""Saying in one tap that a charge is not right; without a yes on record the money is back at once (O1)."""

from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import changed
from mykyivstar.domain.expenses.consent import Basis, ground_of
from mykyivstar.domain.expenses.errors import NotDisputable, OnlyTheOwnerDisputes
from mykyivstar.domain.expenses.story import dispute_of, is_charge, seen_entry
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.models import Entry, Operation, takes_back
from mykyivstar.domain.ledger.reversal import reverse_entry
from mykyivstar.domain.ledger.service import locked
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.payments.disputes import WORDS_MAX
from mykyivstar.domain.payments.models import Dispute, DisputeState
from mykyivstar.domain.support.tickets.disputes import add_words, ticket_of
from mykyivstar.kit.errors import NotFound

#: The rule by which a charge without a yes goes back.
NO_CONSENT_RULE = "dispute.no_consent"


async def dispute_entry(
    session: AsyncSession, actor: Actor, entry_id: int, *, words: str = "", at: datetime
) -> Dispute:
    """Dispute a charge, or give back the dispute that there is already, whose words then stay.

    A charge that stands only on an explicit yes and has none on record is taken back in the same breath, once, and the
    dispute is closed; any other waits for our answer. Nothing needs to be said.
    Raises NotFound for an entry of somebody else's, OnlyTheOwnerDisputes, NotDisputable.
    """
    seen = await seen_entry(session, actor, entry_id)
    if seen.role is not HoldingRole.OWNER:
        raise OnlyTheOwnerDisputes
    # Whoever disputes or takes back the same at this moment holds it or waits for it.
    await locked(session, [seen.entry.account_id])
    if (known := await dispute_of(session, entry_id)) is not None:
        return known
    if not is_charge(seen.entry) or await _is_taken_back(session, seen.entry):
        raise NotDisputable
    dispute = Dispute(
        entry_id=entry_id, profile_id=actor.profile_id, words=words.strip()[:WORDS_MAX], opened_at=at, state_at=at
    )
    session.add(dispute)
    await session.flush()
    if (await ground_of(session, seen.entry, seen.account)).basis is Basis.NOTHING:
        why = {"rule": NO_CONSENT_RULE, "dispute_id": dispute.id}
        posted = await reverse_entry(session, seen.entry, key=f"dispute:{dispute.id}:back", at=at, explanation=why)
        dispute.refund_id, dispute.state = posted.id, DisputeState.CLOSED
        session.add(dispute)
    else:
        await ticket_of(session, dispute, about=f"№ {entry_id}", at=at)
    changed(session, seen.key.subject)
    await session.flush()
    return dispute


async def say_more(session: AsyncSession, actor: Actor, entry_id: int, *, words: str, at: datetime) -> Dispute:
    """Add what is wrong to a dispute that was opened without a word and is not answered yet; else nothing changes.

    Raises NotFound, also where nothing is disputed.
    """
    seen = await seen_entry(session, actor, entry_id)
    await locked(session, [seen.entry.account_id])
    dispute = await dispute_of(session, entry_id)
    if dispute is None or dispute.profile_id != actor.profile_id:
        raise NotFound
    if dispute.state is DisputeState.OPEN and not dispute.words:
        dispute.words = words.strip()[:WORDS_MAX]
        session.add(dispute)
        await add_words(session, dispute, at=at)
        changed(session, seen.key.subject)
    return dispute


async def _is_taken_back(session: AsyncSession, entry: Entry) -> bool:
    query = select(Operation.id).join(Entry, takes_back(Operation)).where(Entry.id == entry.id)
    return (await session.exec(query)).first() is not None
