"""A conversation from the customer's side: begun, ended, rated (K1, K2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Literal

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.support.access import of_customer
from mykyivstar.domain.support.errors import NothingToRate, RatedAlready
from mykyivstar.domain.support.messages import note, say
from mykyivstar.domain.support.models import Author, Conversation, ConversationState, Message, Note, Specialism
from mykyivstar.domain.support.texts import cleaned
from mykyivstar.kit.errors import NotFound

Stars = Literal[1, 2, 3, 4, 5]
RATING_WORDS_MOST = 500
SILENT_AFTER = timedelta(days=1)
_TRANSCRIPT_MOST = 100


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said before a person was asked for: to the assistant, or by it."""

    author: Author
    text: str
    at: datetime
    # Made where it was said; what is handed over twice is kept once.
    key: str


async def start(
    session: AsyncSession,
    actor: Actor,
    *,
    specialism: Specialism,
    language: Language,
    at: datetime,
    about: str = "",
    transcript: Sequence[Said] = (),
) -> Conversation:
    """Ask for a specialist; the conversation that is running already, when there is one.

    `transcript` is what was said to the assistant before; both sides read it above the first message, or, in a
    conversation that is running, as what came last.
    """
    rows = await session.exec(select(Profile).where(Profile.id == actor.profile_id).with_for_update())
    if (profile := rows.first()) is None:
        raise NotFound
    if (running := await running_of(session, actor)) is not None:
        for said in transcript[-_TRANSCRIPT_MOST:]:
            await say(session, running, said.author, client_key=said.key, text=cleaned(said.text), at=at)
        return running
    conversation = Conversation(
        code=token_urlsafe(18),
        profile_id=actor.profile_id,
        customer_name=profile.name,
        about=about[:40],
        specialism=specialism,
        language=language,
        opened_at=at,
        queued_at=at,
        last_at=at,
    )
    session.add(conversation)
    await session.flush()
    assert conversation.id is not None
    for said in transcript[-_TRANSCRIPT_MOST:]:
        session.add(
            Message(
                conversation_id=conversation.id,
                author=said.author,
                client_key=said.key,
                text=cleaned(said.text),
                at=said.at,
            )
        )
    await session.flush()
    note(session, conversation, Note.STARTED, at=at, about={"specialism": specialism.value})
    return conversation


async def running_of(session: AsyncSession, actor: Actor) -> Conversation | None:
    """The actor's conversation that has not ended."""
    rows = await session.exec(
        select(Conversation)
        .where(Conversation.profile_id == actor.profile_id, Conversation.state != ConversationState.CLOSED)
        .order_by(col(Conversation.id).desc())
        .limit(1)
    )
    return rows.first()


async def leave(session: AsyncSession, actor: Actor, code: str, *, at: datetime) -> None:
    """The customer ends it, or goes from the queue. Raises NotFound; one that has ended stays as it is."""
    await end(session, await of_customer(session, actor, code), Note.CLOSED_BY_CUSTOMER, at=at)


async def end(session: AsyncSession, conversation: Conversation, why: Note, *, at: datetime) -> bool:
    """End it once; False when it had ended already. For those who have looked up whose it is."""
    won = await session.execute(
        update(Conversation)
        .where(col(Conversation.id) == conversation.id, col(Conversation.state) != ConversationState.CLOSED)
        .values(state=ConversationState.CLOSED, closed_at=at)
        .returning(col(Conversation.id))
    )
    if won.scalar_one_or_none() is None:
        return False
    note(session, conversation, why, at=at)
    return True


async def rate(session: AsyncSession, actor: Actor, code: str, *, stars: Stars, words: str = "", at: datetime) -> None:
    """K2: one to five, exactly once. Raises NotFound, NothingToRate, RatedAlready."""
    conversation = await of_customer(session, actor, code)
    if conversation.state.is_running or conversation.answered_at is None:
        raise NothingToRate
    won = await session.execute(
        update(Conversation)
        .where(col(Conversation.id) == conversation.id, col(Conversation.rating).is_(None))
        .values(rating=stars, rating_words=cleaned(words)[:RATING_WORDS_MOST], rated_at=at)
        .returning(col(Conversation.id))
    )
    if won.scalar_one_or_none() is None:
        raise RatedAlready
    assert conversation.id is not None
    changed(session, Subject(Topic.CONVERSATION, conversation.id))


async def close_the_silent(session: AsyncSession, *, at: datetime) -> int:
    """End conversations in which the customer has left the consultant's last word unanswered for a day; how many."""
    rows = await session.exec(
        select(Conversation)
        .where(
            Conversation.state == ConversationState.OPEN,
            Conversation.last_author == Author.STAFF,
            col(Conversation.last_at) < at - SILENT_AFTER,
        )
        .limit(500)
    )
    return sum([await end(session, conversation, Note.CLOSED_SILENT, at=at) for conversation in rows.all()])
