"""The secret question: A8."""

import pytest
from sqlmodel import select

from mykyivstar.domain.identity import secret_question
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.security_errors import (
    AnswerInQuestion,
    AnswerTooShort,
    ProofNeeded,
    QuestionMalformed,
)
from tests.domain.identity.conftest import World
from tests.domain.identity.safety import HOME, noted, signed_in


async def set_question(world: World, actor: Actor, question: str, answer: str) -> None:
    await secret_question.set_question(
        world.database.unit_of_work, actor, question=question, answer=answer, address=HOME, at=world.clock.now()
    )


async def test_a_secret_question_is_kept_with_a_hashed_answer_and_five_tries(world: World) -> None:
    profile_id = await world.profile()
    actor = await signed_in(world, profile_id)
    async with world.database.unit_of_work() as session:
        (await session.get_one(Profile, profile_id)).secret_tries_left = 0
    await set_question(world, actor, "  Як звали  вашого першого вчителя? ", "Марія Іванівна")
    async with world.database.reading() as session:
        [profile] = await session.exec(select(Profile))
    assert profile.secret_question == "Як звали вашого першого вчителя?"
    assert (profile.secret_answer_hash or "").startswith("$argon2id$")
    assert profile.secret_tries_left == 5
    assert await noted(world) == ["secret_question_set"]
    for typed in ("марія іванівна", " МАРІЯ  ІВАНІВНА! ", "Марія-Іванівна"):
        assert await secret_question.fits(typed, profile.secret_answer_hash)
    for typed in ("", "Марія", "Марія Іванівна Коваль"):
        assert not await secret_question.fits(typed, profile.secret_answer_hash)


@pytest.mark.parametrize(
    ("question", "answer", "refusal"),
    [
        ("", "Марія", QuestionMalformed),
        ("Хто?", "Марія", QuestionMalformed),
        ("я" * 201, "Марія", QuestionMalformed),
        ("Хто\u202e ваш учитель?", "Марія", QuestionMalformed),
        ("Хто ваш перший учитель?", "", AnswerTooShort),
        ("Хто ваш перший учитель?", " м а ", AnswerTooShort),
        ("Хто ваш перший учитель?", "???", AnswerTooShort),
        ("Хто ваша вчителька Марія?", "марія", AnswerInQuestion),
    ],
)
async def test_a_question_that_helps_nobody_is_refused(
    world: World, question: str, answer: str, refusal: type[Exception]
) -> None:
    actor = await signed_in(world, await world.profile())
    with pytest.raises(refusal):
        await set_question(world, actor, question, answer)


@pytest.mark.parametrize("question", ["Хто ?", "я" * 200])
async def test_the_shortest_and_the_longest_question_are_taken(world: World, question: str) -> None:
    await set_question(world, await signed_in(world, await world.profile()), question, "Мак")
    assert await noted(world) == ["secret_question_set"]


async def test_a_question_is_set_only_after_a_fresh_proof(world: World) -> None:
    actor = await signed_in(world, await world.profile(), proved=False)
    with pytest.raises(ProofNeeded):
        await set_question(world, actor, "Хто ваш перший учитель?", "Марія")
