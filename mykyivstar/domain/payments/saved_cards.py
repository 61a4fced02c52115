"""Cards that were kept at the acquirer (D8): we hold its token, the mask and a name, never the number."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import UnitOfWork, changed
from mykyivstar.db.jobs import enqueue
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.payments.errors import CardNameMalformed
from mykyivstar.domain.payments.models import Payment, SavedCard
from mykyivstar.kit.errors import NotFound
from mykyivstar.ports.acquiring import Acquirer, Card

NAME_MAX = 40
FORGET_JOB = "payment.forget_card"


async def saved_cards(session: AsyncSession, actor: Actor) -> Sequence[SavedCard]:
    """The actor's cards, the newest first."""
    query = select(SavedCard).where(SavedCard.profile_id == actor.profile_id, col(SavedCard.removed_at).is_(None))
    return (await session.exec(query.order_by(col(SavedCard.id).desc()))).all()


async def own_card(session: AsyncSession, profile_id: int | None, card_id: int) -> SavedCard:
    """One of this profile's cards. Raises NotFound, for a stranger's and a removed one too."""
    query = select(SavedCard).where(
        SavedCard.id == card_id, SavedCard.profile_id == profile_id, col(SavedCard.removed_at).is_(None)
    )
    if (card := (await session.exec(query)).first()) is None:
        raise NotFound
    return card


async def rename(session: AsyncSession, actor: Actor, card_id: int, *, name: str) -> None:
    """Call a card by a name; nothing typed: by its mask again. Raises NotFound, CardNameMalformed."""
    card = await own_card(session, actor.profile_id, card_id)
    card.name = _checked(name)
    session.add(card)
    changed(session, Subject(Topic.PROFILE, actor.profile_id))


async def remove(session: AsyncSession, actor: Actor, card_id: int, *, at: datetime) -> None:
    """Forget a card, here at once and at the acquirer by a job. Raises NotFound."""
    card = await own_card(session, actor.profile_id, card_id)
    card.removed_at = at
    session.add(card)
    named = {"card_id": card.id, "acquirer": card.acquirer}
    await enqueue(session, FORGET_JOB, named, run_at=at, dedup=f"{FORGET_JOB}:{card.id}")
    changed(session, Subject(Topic.PROFILE, actor.profile_id))


async def forget(unit_of_work: UnitOfWork, acquirer: Acquirer, *, card_id: int) -> None:
    """Have the acquirer forget a removed card, and its token here with it. Raises AcquirerUnavailable."""
    async with unit_of_work() as session:
        card = await session.get_one(SavedCard, card_id)
    if card.removed_at is None or not card.token:
        return
    await acquirer.forget(card.token)
    async with unit_of_work() as session:
        (await session.get_one(SavedCard, card_id)).token = ""


async def keep(session: AsyncSession, payment: Payment, card: Card, *, at: datetime) -> None:
    """Keep the card of this payment when its payer wanted it and the acquirer gave a token; once for a token."""
    if not (payment.saves_card and payment.profile_id is not None and card.token):
        return
    known = select(SavedCard).where(
        SavedCard.profile_id == payment.profile_id,
        SavedCard.acquirer == payment.acquirer,
        SavedCard.token == card.token,
        col(SavedCard.removed_at).is_(None),
    )
    if (await session.exec(known)).first() is not None:
        return
    kept = SavedCard(
        profile_id=payment.profile_id,
        acquirer=payment.acquirer,
        token=card.token,
        mask=card.mask,
        brand=card.brand,
        saved_at=at,
    )
    session.add(kept)
    changed(session, Subject(Topic.PROFILE, payment.profile_id))


def _checked(typed: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if len(name) > NAME_MAX or any(unicodedata.category(sign).startswith("C") for sign in name):
        raise CardNameMalformed
    return name
