"""The first visit with a temporary password: A5."""

import asyncio
import dataclasses
from typing import Any

import pytest
from sqlmodel import col, select

from mykyivstar.domain.identity import passwords, secret_question, sessions, temporary, welcome
from mykyivstar.domain.identity.errors import FlowLost, LoginMalformed, LoginTaken, MustAccept, TooManyTries
from mykyivstar.domain.identity.models import Consent, FlowStep, Language, Passkey, Profile, SignInMethod
from mykyivstar.domain.identity.passkey_ceremony import RelyingParty
from mykyivstar.domain.identity.passwords import PasswordsDiffer, PasswordTooWeak
from mykyivstar.domain.identity.security_errors import (
    AccountHasProfile,
    AnswerTooShort,
    PasskeyRefused,
    QuestionMalformed,
    WrongTemporaryPassword,
)
from mykyivstar.domain.identity.sign_in import Entered
from mykyivstar.domain.identity.welcome import ContactPhoneMalformed, FirstVisit, NeedsPasskey, RecoveryChoice
from mykyivstar.domain.lines.models import Holding, HoldingRole
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.identity.conftest import ACCOUNT, OLENA, OTHER_VISITOR, VISITOR, World
from tests.domain.identity.safety import HOME, noted
from tests.fixtures.authenticator import SoftAuthenticator

SITE = RelyingParty("localhost", "My Kyivstar", ("http://localhost:3000",))
QUESTION, ANSWER = "Як звали вашого першого вчителя?", "Марія Іванівна"
NEW = "Тиха-Вода-7"


async def arrive(world: World) -> FirstVisit:
    """Somebody who has typed the login and password of the SMS; what they will fill in."""
    if not await _has_account(world):
        await world.account()
    async with world.database.unit_of_work() as session:
        login, password = await temporary.issue(session, ACCOUNT, world.clock.now())
    await temporary.sign_in(
        world.database.unit_of_work,
        login=login,
        password=password,
        visitor=VISITOR,
        address=HOME,
        at=world.clock.now(),
    )
    return FirstVisit(
        login="",
        contact_phone="",
        recovery=RecoveryChoice.QUESTION,
        question=QUESTION,
        answer=ANSWER,
        temporary_password=password,
        password=NEW,
        again=NEW,
        accepts_terms=True,
        accepts_personal_data=True,
    )


async def _has_account(world: World) -> bool:
    from mykyivstar.domain.internet.models import InternetAccount

    async with world.database.reading() as session:
        return (await session.exec(select(InternetAccount))).first() is not None


async def complete(world: World, visit: FirstVisit, *, visitor: str = VISITOR) -> Entered | NeedsPasskey:
    return await welcome.complete(
        world.database.unit_of_work,
        visitor=visitor,
        visit=visit,
        address=HOME,
        language=Language.UK,
        at=world.clock.now(),
    )


async def profiles(world: World) -> list[Profile]:
    async with world.database.reading() as session:
        return list(await session.exec(select(Profile).order_by(col(Profile.id))))


async def step(world: World) -> FlowStep:
    async with world.database.reading() as session:
        return (await welcome.standing(session, visitor=VISITOR, at=world.clock.now())).step


async def test_the_first_visit_makes_a_profile_that_has_the_account(world: World) -> None:
    entered = await complete(world, await arrive(world))
    assert isinstance(entered, Entered)
    [profile] = await profiles(world)
    assert (profile.login, profile.contact_phone, profile.secret_question) == (ACCOUNT, OLENA, QUESTION)
    assert await passwords.matches(NEW, profile.password_hash)
    assert await secret_question.fits(ANSWER, profile.secret_answer_hash)
    async with world.database.unit_of_work() as session:
        [holding] = await session.exec(select(Holding))
        consents = [consent.agreement.value for consent in await session.exec(select(Consent))]
        opened = await sessions.open_session(
            session, ticket=entered.ticket, visitor=VISITOR, browser="Chrome", address=HOME, at=world.clock.now()
        )
    assert (holding.profile_id, holding.internet_account_id, holding.role) == (profile.id, 1, HoldingRole.OWNER)
    assert holding.line_id is None
    assert sorted(consents) == ["personal_data", "terms"]
    assert opened is not None
    assert (opened.session.method, opened.is_new_here) == (SignInMethod.TEMPORARY_PASSWORD, False)
    assert await noted(world) == ["first_visit"]
    assert await step(world) is FlowStep.IDENTIFY


async def test_login_and_contact_phone_may_be_chosen(world: World) -> None:
    visit = dataclasses.replace(await arrive(world), login="Kovalenko", contact_phone="050 111 22 33")
    await complete(world, visit)
    [profile] = await profiles(world)
    assert (profile.login, profile.login_key) == ("Kovalenko", "kovalenko")
    assert profile.contact_phone == Msisdn("380501112233")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"temporary_password": "AAAAAAAAAA"}, WrongTemporaryPassword),
        ({"temporary_password": ""}, WrongTemporaryPassword),
        ({"password": "weak", "again": "weak"}, PasswordTooWeak),
        ({"password": ACCOUNT + "aB", "again": ACCOUNT + "aB"}, PasswordTooWeak),
        ({"again": "Тиха-Вода-8"}, PasswordsDiffer),
        ({"login": "7"}, LoginMalformed),
        ({"login": "0671000001"}, LoginMalformed),
        ({"contact_phone": "12"}, ContactPhoneMalformed),
        ({"contact_phone": "044 123 45 67"}, ContactPhoneMalformed),
        ({"question": ""}, QuestionMalformed),
        ({"answer": "я"}, AnswerTooShort),
        ({"accepts_terms": False}, MustAccept),
        ({"accepts_personal_data": False}, MustAccept),
    ],
)
async def test_what_is_missing_or_wrong_is_named_and_can_be_mended(
    world: World, changed: dict[str, Any], refusal: type[Exception]
) -> None:
    visit = await arrive(world)
    with pytest.raises(refusal):
        await complete(world, dataclasses.replace(visit, **changed))
    assert await profiles(world) == []
    assert isinstance(await complete(world, visit), Entered)


async def test_a_login_that_is_taken_is_refused_and_the_way_stays_open(world: World) -> None:
    await world.profile(login="kovalenko")
    visit = await arrive(world)
    with pytest.raises(LoginTaken):
        await complete(world, dataclasses.replace(visit, login="Kovalenko"))
    assert isinstance(await complete(world, visit), Entered)


async def test_a_double_submit_makes_one_profile(world: World) -> None:
    visit = await arrive(world)
    done = await asyncio.gather(complete(world, visit), complete(world, visit), return_exceptions=True)
    assert sorted(type(result).__name__ for result in done) == ["Entered", "FlowLost"]
    assert len(await profiles(world)) == 1
    with pytest.raises(FlowLost):
        await complete(world, visit)


async def test_another_browser_cannot_finish_the_visit(world: World) -> None:
    visit = await arrive(world)
    with pytest.raises(FlowLost):
        await complete(world, visit, visitor=OTHER_VISITOR)
    assert await profiles(world) == []


async def test_the_temporary_password_is_used_up_by_the_visit(world: World) -> None:
    visit = await arrive(world)
    await complete(world, visit)
    assert not await temporary.try_sign_in(
        world.database.unit_of_work,
        login=ACCOUNT,
        password=visit.temporary_password,
        visitor=OTHER_VISITOR,
        at=world.clock.now(),
    )


async def test_a_visit_begun_in_time_may_be_finished_after_it(world: World) -> None:
    visit = await arrive(world)
    world.later(minutes=29)
    assert isinstance(await complete(world, visit), Entered)


async def test_a_visit_is_forgotten_after_half_an_hour(world: World) -> None:
    visit = await arrive(world)
    world.later(minutes=30)
    with pytest.raises(FlowLost):
        await complete(world, visit)


async def test_an_account_that_somebody_registered_meanwhile_is_not_taken_over(world: World) -> None:
    visit = await arrive(world)
    profile_id = await world.profile(login="andrii")
    async with world.database.unit_of_work() as session:
        session.add(Holding(profile_id=profile_id, internet_account_id=1, proved_at=world.clock.now()))
    with pytest.raises(AccountHasProfile):
        await complete(world, visit)
    assert len(await profiles(world)) == 1


async def test_guessing_the_temporary_password_again_is_limited_too(world: World) -> None:
    visit = await arrive(world)
    for _ in range(9):
        with pytest.raises(WrongTemporaryPassword):
            await complete(world, dataclasses.replace(visit, temporary_password="wrong"))
    with pytest.raises(TooManyTries):
        await complete(world, visit)


async def with_passkey_chosen(world: World) -> FirstVisit:
    visit = await arrive(world)
    return dataclasses.replace(visit, recovery=RecoveryChoice.PASSKEY, question="", answer="")


async def finish_with_passkey(world: World, device: SoftAuthenticator) -> Entered:
    unit_of_work, at = world.database.unit_of_work, world.clock.now()
    options = await welcome.passkey_options(unit_of_work, SITE, visitor=VISITOR, at=at)
    return await welcome.finish_with_passkey(
        unit_of_work, SITE, visitor=VISITOR, answer=device.create(options), name="Chrome", address=HOME, at=at
    )


async def test_a_passkey_chosen_for_recovery_is_made_before_going_in(world: World) -> None:
    assert isinstance(await complete(world, await with_passkey_chosen(world)), NeedsPasskey)
    assert await step(world) is FlowStep.SECOND_PROOF
    entered = await finish_with_passkey(world, SoftAuthenticator())
    assert entered.ticket
    async with world.database.reading() as session:
        [passkey] = await session.exec(select(Passkey))
    assert passkey.profile_id == (await profiles(world))[0].id
    assert await noted(world) == ["first_visit", "passkey_added"]
    assert await step(world) is FlowStep.IDENTIFY


async def test_a_passkey_that_fails_can_be_tried_again_or_replaced_by_a_question(world: World) -> None:
    await complete(world, await with_passkey_chosen(world))
    with pytest.raises(PasskeyRefused):
        await finish_with_passkey(world, SoftAuthenticator(origin="http://evil.example"))
    entered = await welcome.finish_with_question(
        world.database.unit_of_work, visitor=VISITOR, question=QUESTION, answer=ANSWER, at=world.clock.now()
    )
    assert entered.ticket
    assert (await profiles(world))[0].secret_question == QUESTION
    with pytest.raises(FlowLost):
        await finish_with_passkey(world, SoftAuthenticator())


async def test_no_step_can_be_jumped_to(world: World) -> None:
    with pytest.raises(FlowLost):
        await finish_with_passkey(world, SoftAuthenticator())
    await arrive(world)
    with pytest.raises(FlowLost):
        await finish_with_passkey(world, SoftAuthenticator())
    with pytest.raises(FlowLost):
        await welcome.finish_with_question(
            world.database.unit_of_work, visitor=VISITOR, question=QUESTION, answer=ANSWER, at=world.clock.now()
        )
