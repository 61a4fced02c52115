"""The secret question (A8): the weaker second proof of recovery, never enough alone."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import passwords
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.identity.security_errors import AnswerInQuestion, AnswerTooShort, QuestionMalformed
from mykyivstar.domain.identity.security_events import SecurityEventKind, record
from mykyivstar.kit.text import search_key

TRIES = 5
QUESTION_MIN, QUESTION_MAX = 5, 200
ANSWER_MIN = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer as it is kept."""

    text: str
    answer_hash: str


async def set_question(
    unit_of_work: UnitOfWork, actor: Actor, *, question: str, answer: str, address: str, at: datetime
) -> None:
    """Replace the actor's question, with five tries again.

    Raises ProofNeeded, QuestionMalformed, AnswerTooShort, AnswerInQuestion.
    """
    require_fresh(actor, at)
    prepared = await prepare(question, answer)
    async with unit_of_work() as session:
        put(await session.get_one(Profile, actor.profile_id), prepared)
        record(session, actor.profile_id, SecurityEventKind.SECRET_QUESTION_SET, at, address=address)


async def prepare(question: str, answer: str) -> Question:
    """Check and hash. Raises QuestionMalformed, AnswerTooShort, AnswerInQuestion."""
    text = " ".join(question.split())
    if not QUESTION_MIN <= len(text) <= QUESTION_MAX or not text.isprintable():
        raise QuestionMalformed
    folded = normalised(answer)
    if len(folded) < ANSWER_MIN:
        raise AnswerTooShort
    if folded in normalised(text):
        raise AnswerInQuestion
    return Question(text, await passwords.hash_password(folded))


def put(profile: Profile, question: Question) -> None:
    """Give a profile its question, with all its tries."""
    profile.secret_question, profile.secret_answer_hash = question.text, question.answer_hash
    profile.secret_tries_left = TRIES


def normalised(answer: str) -> str:
    """An answer as it is compared: people remember the word, not its case, commas and spaces."""
    return re.sub(r"[\W_]+", "", search_key(answer))


async def fits(answer: str, stored: str | None) -> bool:
    """Whether this is the answer; takes as long when there is none."""
    return await passwords.matches(normalised(answer), stored)


async def spend_try(session: AsyncSession, profile_id: int) -> int | None:
    """One try fewer, atomically, for a transaction of its own; what is left after it, None when there was none."""
    spent = await session.execute(
        update(Profile)
        .where(
            col(Profile.id) == profile_id,
            col(Profile.secret_answer_hash).is_not(None),
            col(Profile.secret_tries_left) > 0,
        )
        .values(secret_tries_left=col(Profile.secret_tries_left) - 1)
        .returning(col(Profile.secret_tries_left))
    )
    return spent.scalar_one_or_none()
