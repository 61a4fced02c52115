"""A forgotten password: A8."""

import asyncio
from typing import Any

import pytest

from mykyivstar.domain.identity import passkeys, passwords, recovery, secret_question, sessions, temporary
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.errors import CodeSpent, FlowLost, NotALogin, WrongCode
from mykyivstar.domain.identity.models import FlowStep, Profile, SignInMethod
from mykyivstar.domain.identity.passkey_ceremony import RelyingParty
from mykyivstar.domain.identity.passwords import PasswordsDiffer, PasswordTooWeak
from mykyivstar.domain.identity.security_errors import (
    AnswerSpent,
    AnswerTooShort,
    AskCoordinator,
    NothingToRecover,
    PasskeyRefused,
    WrongAnswer,
)
from mykyivstar.domain.identity.sign_in import Entered
from mykyivstar.domain.lines.models import Holding, LineState
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.identity.conftest import ACCOUNT, KEY, OLENA, OTHER_VISITOR, STRANGER, VISITOR, World
from tests.domain.identity.safety import HOME, device_row, living, noted, remembered, signed_in, told
from tests.fixtures.authenticator import SoftAuthenticator

SITE = RelyingParty("localhost", "My Kyivstar", ("http://localhost:3000",))
QUESTION, ANSWER = "Як звали вашого першого вчителя?", "Марія Іванівна"
NEW = "Тиха-Вода-7"


async def ask(world: World, typed: str = "067 100 00 01", **changed: Any) -> recovery.Recovery:
    return await recovery.ask_for_code(world.database.unit_of_work, KEY, typed=typed, **(world.asking | changed))


async def with_code(world: World, code: str | None = None, *, visitor: str = VISITOR) -> recovery.Recovery:
    typed = (await world.sent_codes())[0] if code is None else code
    return await recovery.with_code(world.database.unit_of_work, KEY, visitor=visitor, code=typed, at=world.clock.now())


async def answer(world: World, typed: str, *, visitor: str = VISITOR) -> None:
    await recovery.with_answer(
        world.database.unit_of_work, visitor=visitor, answer=typed, address=HOME, at=world.clock.now()
    )


async def finish(world: World, password: str = NEW, again: str = NEW, *, visitor: str = VISITOR) -> Entered:
    return await recovery.finish(
        world.database.unit_of_work,
        visitor=visitor,
        password=password,
        again=again,
        address=HOME,
        at=world.clock.now(),
    )


async def standing(world: World, *, visitor: str = VISITOR) -> recovery.Recovery:
    async with world.database.reading() as session:
        return await recovery.standing(session, visitor=visitor, at=world.clock.now())


async def olena(world: World, *, question: str | None = QUESTION, login: str = "olena") -> int:
    """A profile with a line and, unless told otherwise, a secret question."""
    profile_id = await world.profile(await world.line(), login=login)
    if question is not None:
        prepared = await secret_question.prepare(question, ANSWER)
        async with world.database.unit_of_work() as session:
            secret_question.put(await session.get_one(Profile, profile_id), prepared)
    return profile_id


async def add_passkey(world: World, profile_id: int) -> SoftAuthenticator:
    device, unit_of_work, at = SoftAuthenticator(), world.database.unit_of_work, world.clock.now()
    actor = Actor(profile_id, 1, at)
    options = await passkeys.adding_options(unit_of_work, SITE, actor, visitor=VISITOR, at=at)
    await passkeys.add(
        unit_of_work,
        SITE,
        profile_id=profile_id,
        answer=device.create(options),
        name="Phone",
        visitor=VISITOR,
        address=HOME,
        at=at,
    )
    return device


async def with_passkey(world: World, device: SoftAuthenticator) -> None:
    unit_of_work, at = world.database.unit_of_work, world.clock.now()
    asked = await recovery.passkey_options(unit_of_work, SITE, visitor=VISITOR, at=at)
    await recovery.with_passkey(unit_of_work, SITE, visitor=VISITOR, answer=device.get(asked), at=at)


async def test_code_then_answer_then_a_new_password_lead_in(world: World) -> None:
    profile_id = await olena(world)
    assert (await ask(world)).standing.step is FlowStep.CODE
    reached = await with_code(world)
    assert (reached.standing.step, reached.question, reached.has_passkey) == (FlowStep.SECOND_PROOF, QUESTION, False)
    await answer(world, " марія ІВАНІВНА ")
    assert (await standing(world)).standing.step is FlowStep.NEW_PASSWORD
    entered = await finish(world)
    async with world.database.unit_of_work() as session:
        opened = await sessions.open_session(
            session, ticket=entered.ticket, visitor=VISITOR, browser="Chrome", address=HOME, at=world.clock.now()
        )
        profile = await session.get_one(Profile, profile_id)
    assert opened is not None
    assert (opened.session.profile_id, opened.session.method) == (profile_id, SignInMethod.RECOVERY)
    assert await passwords.matches(NEW, profile.password_hash)
    assert await noted(world) == ["secret_question_used", "access_restored"]


async def test_a_passkey_is_a_second_proof_and_nobody_hears_of_a_question(world: World) -> None:
    profile_id = await olena(world, question=None)
    device = await add_passkey(world, profile_id)
    await ask(world)
    reached = await with_code(world)
    assert (reached.question, reached.has_passkey) == ("", True)
    await with_passkey(world, device)
    await finish(world)
    assert await noted(world) == ["passkey_added", "access_restored"]


async def test_somebody_elses_passkey_is_no_second_proof(world: World) -> None:
    await olena(world)
    device = await add_passkey(world, await world.profile(login="andrii"))
    await ask(world)
    await with_code(world)
    with pytest.raises(PasskeyRefused):
        await with_passkey(world, device)
    with pytest.raises(FlowLost):
        await finish(world)


async def test_no_single_proof_is_enough(world: World) -> None:
    await olena(world)
    with pytest.raises(FlowLost):
        await answer(world, ANSWER)
    await ask(world)
    for attempt in (answer(world, ANSWER), finish(world)):
        with pytest.raises(FlowLost):
            await attempt
    await with_code(world)
    with pytest.raises(FlowLost):
        await finish(world)
    assert await noted(world) == []


async def test_everything_else_ends_and_every_contact_hears_of_it(world: World) -> None:
    contact, second, contract = Msisdn("380501112233"), Msisdn("380671000002"), Msisdn("380681000009")
    profile_id = await olena(world)
    line_id, account_id = await world.line(second), await world.account(contract_phone=contract)
    async with world.database.unit_of_work() as session:
        (await session.get_one(Profile, profile_id)).contact_phone = contact
        at = world.clock.now()
        session.add(Holding(profile_id=profile_id, line_id=line_id, proved_at=at, position=1))
        session.add(Holding(profile_id=profile_id, internet_account_id=account_id, proved_at=at, position=2))
    device = await remembered(world, profile_id)
    await signed_in(world, profile_id, device_id=device.id)
    await signed_in(world, profile_id)
    strangers = await signed_in(world, await world.profile(login="andrii"))
    await ask(world)
    await with_code(world)
    await answer(world, ANSWER)
    await finish(world)
    assert await living(world) == [strangers.session_id]
    assert (await device_row(world, device)).forgotten_at == world.clock.now()
    everybody = [contact.digits, OLENA.digits, second.digits, contract.digits]
    assert await told(world) == [
        *(("secret_question_used", phone) for phone in everybody),
        *(("password_changed", phone) for phone in everybody),
    ]


async def test_a_profile_that_was_closed_meanwhile_gets_no_new_password(world: World) -> None:
    profile_id = await olena(world)
    await ask(world)
    await with_code(world)
    await answer(world, ANSWER)
    async with world.database.unit_of_work() as session:
        profile = await session.get_one(Profile, profile_id)
        profile.closed_at, before = world.clock.now(), profile.password_hash
    with pytest.raises(FlowLost):
        await finish(world)
    async with world.database.reading() as session:
        assert (await session.get_one(Profile, profile_id)).password_hash == before


async def test_a_temporary_password_that_was_given_out_stops_with_recovery(world: World) -> None:
    profile_id = await olena(world)
    async with world.database.unit_of_work() as session:
        given = await temporary.issue_for_profile(
            session, await session.get_one(Profile, profile_id), world.clock.now()
        )
    await ask(world)
    await with_code(world)
    await answer(world, ANSWER)
    await finish(world)
    begun = await temporary.try_sign_in(
        world.database.unit_of_work, login="olena", password=given, visitor=VISITOR, at=world.clock.now()
    )
    assert begun is None


@pytest.mark.parametrize("typed", [ACCOUNT, "+380671000001", "(067) 1000001"])
async def test_recovery_begins_with_a_number_or_an_account(world: World, typed: str) -> None:
    await world.account()
    await olena(world)
    assert (await ask(world, typed)).standing.typed == typed
    assert len(await world.sent_codes()) == 1


@pytest.mark.parametrize("typed", ["", "  ", "olena", "123", "+48123456789"])
async def test_what_is_no_number_is_refused(world: World, typed: str) -> None:
    with pytest.raises(NotALogin):
        await ask(world, typed)


@pytest.mark.parametrize("kind", ["registered", "customer", "inactive", "nobody"])
async def test_every_number_gets_the_same_answer_until_the_code(world: World, kind: str) -> None:
    numbers = {"registered": OLENA, "customer": Msisdn("380671000002"), "inactive": STRANGER}
    await olena(world)
    await world.line(numbers["customer"])
    await world.line(STRANGER, state=LineState.INACTIVE)
    typed = numbers.get(kind, Msisdn("380931234567"))
    reached = await ask(world, str(typed))
    assert (reached.question, reached.has_passkey, reached.login) == ("", False, "")
    assert (reached.standing.step, reached.standing.typed) == (FlowStep.CODE, str(typed))
    assert len(await world.sent_codes(typed)) == (1 if kind in {"registered", "customer"} else 0)
    with pytest.raises(WrongCode) as refused:
        await with_code(world, "????")
    assert refused.value.params == {"tries_left": 4}
    assert (await standing(world)).question == ""


async def test_a_customer_without_a_profile_is_told_after_the_code(world: World) -> None:
    await world.line()
    await ask(world)
    with pytest.raises(NothingToRecover):
        await with_code(world)
    assert (await standing(world)).standing.step is FlowStep.IDENTIFY


async def test_an_employee_is_sent_to_the_coordinator_after_the_code(world: World) -> None:
    profile_id = await olena(world)
    async with world.database.unit_of_work() as session:
        (await session.get_one(Profile, profile_id)).is_employee = True
    await ask(world)
    with pytest.raises(AskCoordinator):
        await with_code(world)
    with pytest.raises(FlowLost):
        await answer(world, ANSWER)


async def test_who_has_neither_passkey_nor_question_learns_it(world: World) -> None:
    await olena(world, question=None)
    await ask(world)
    reached = await with_code(world)
    assert (reached.standing.step, reached.question, reached.has_passkey) == (FlowStep.SECOND_PROOF, "", False)
    with pytest.raises(AnswerSpent):
        await answer(world, ANSWER)


async def test_five_wrong_answers_close_the_question_for_good(world: World) -> None:
    await olena(world)
    await ask(world)
    await with_code(world)
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongAnswer) as refused:
            await answer(world, "Марія")
        assert refused.value.params == {"tries_left": left}
    for typed in ("Марія", ANSWER):
        with pytest.raises(AnswerSpent):
            await answer(world, typed)
    world.later(days=1)
    await ask(world)
    assert (await with_code(world)).question == ""
    with pytest.raises(AnswerSpent):
        await answer(world, ANSWER)
    assert await noted(world) == ["secret_question_locked"]


@pytest.mark.parametrize("typed", ["", "  ", "Ма", "?!"])
async def test_what_is_no_answer_is_no_try(world: World, typed: str) -> None:
    await olena(world)
    await ask(world)
    await with_code(world)
    for _ in range(6):
        with pytest.raises(AnswerTooShort):
            await answer(world, typed)
    await answer(world, ANSWER)


async def test_of_twenty_answers_at_once_five_are_looked_at(world: World) -> None:
    await olena(world)
    await ask(world)
    await with_code(world)
    done = await asyncio.gather(*[answer(world, f"Марія {n}") for n in range(20)], return_exceptions=True)
    assert sorted(error.params["tries_left"] for error in done if isinstance(error, WrongAnswer)) == [1, 2, 3, 4]
    assert sum(isinstance(error, AnswerSpent) for error in done) == 16


async def test_the_fifth_answer_may_still_be_right_and_gives_five_again(world: World) -> None:
    profile_id = await olena(world)
    await ask(world)
    await with_code(world)
    for _ in range(4):
        with pytest.raises(WrongAnswer):
            await answer(world, "Марія")
    await answer(world, ANSWER)
    async with world.database.reading() as session:
        assert (await session.get_one(Profile, profile_id)).secret_tries_left == 5


async def test_a_way_in_another_browser_cannot_be_taken_over(world: World) -> None:
    await olena(world)
    await ask(world)
    with pytest.raises(FlowLost):
        await with_code(world, visitor=OTHER_VISITOR)
    await with_code(world)
    assert (await standing(world, visitor=OTHER_VISITOR)).standing.step is FlowStep.IDENTIFY
    with pytest.raises(FlowLost):
        await answer(world, ANSWER, visitor=OTHER_VISITOR)
    await answer(world, ANSWER)
    with pytest.raises(FlowLost):
        await finish(world, visitor=OTHER_VISITOR)


async def test_a_lost_page_finds_each_step_again(world: World) -> None:
    await olena(world)
    sent = await ask(world)
    assert await standing(world) == sent
    assert await with_code(world) == await standing(world)
    assert (await standing(world)).login == "olena"
    await answer(world, ANSWER)
    assert (await standing(world)).standing.step is FlowStep.NEW_PASSWORD


async def test_the_way_is_forgotten_after_half_an_hour(world: World) -> None:
    await olena(world)
    await ask(world)
    await with_code(world)
    await answer(world, ANSWER)
    world.later(minutes=30)
    with pytest.raises(FlowLost):
        await finish(world)


@pytest.mark.parametrize(
    ("password", "again", "refusal"),
    [("weak", "weak", PasswordTooWeak), (NEW, "Тиха-Вода-8", PasswordsDiffer), ("", "", PasswordTooWeak)],
)
async def test_a_bad_new_password_is_refused_and_can_be_typed_again(
    world: World, password: str, again: str, refusal: type[Exception]
) -> None:
    await olena(world)
    await ask(world)
    await with_code(world)
    await answer(world, ANSWER)
    with pytest.raises(refusal):
        await finish(world, password, again)
    assert (await finish(world)).ticket


async def test_a_double_submit_restores_once(world: World) -> None:
    await olena(world)
    await ask(world)
    await with_code(world)
    await answer(world, ANSWER)
    done = await asyncio.gather(finish(world), finish(world), return_exceptions=True)
    assert sorted(type(result).__name__ for result in done) == ["Entered", "FlowLost"]
    assert (await noted(world)).count("access_restored") == 1


async def test_the_code_is_spent_by_its_step(world: World) -> None:
    await olena(world)
    await ask(world)
    code = (await world.sent_codes())[0]
    await with_code(world, code)
    with pytest.raises(CodeSpent):
        await with_code(world, code)
