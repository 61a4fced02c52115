"""Passkeys: A11."""

import asyncio
import dataclasses
import json
from datetime import timedelta

import pytest
from sqlmodel import col, select

from mykyivstar.domain.identity import passkeys, sessions
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.errors import FlowLost, SignInRefused, TooManyTries
from mykyivstar.domain.identity.models import Passkey, PasskeyChallenge, Profile, SecurityEvent, SignInMethod
from mykyivstar.domain.identity.passkey_ceremony import (
    Assertion,
    Attestation,
    RelyingParty,
)
from mykyivstar.domain.identity.passkey_challenges import user_handle
from mykyivstar.domain.identity.security_errors import (
    NameMalformed,
    PasskeyExpired,
    PasskeyKnown,
    PasskeyRefused,
    ProofNeeded,
    TooManyPasskeys,
)
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.kit.errors import NotFound
from tests.domain.identity.conftest import OTHER_VISITOR, VISITOR, World
from tests.fixtures.authenticator import SoftAuthenticator

SITE = RelyingParty("localhost", "My Kyivstar", ("http://localhost:3000",))
HOME = "203.0.113.7"


async def an_owner(world: World, login: str = "olena", *, proved: bool = True) -> Actor:
    profile_id = await world.profile(login=login)
    return Actor(profile_id, session_id=1, proved_at=world.clock.now() if proved else None)


async def add(world: World, actor: Actor, device: SoftAuthenticator, *, visitor: str = VISITOR, name: str = "Phone"):
    options = await passkeys.adding_options(
        world.database.unit_of_work, SITE, actor, visitor=visitor, at=world.clock.now()
    )
    return await keep(world, actor, device.create(options), visitor=visitor, name=name)


async def keep(world: World, actor: Actor, answer: Attestation, *, visitor: str = VISITOR, name: str = "Phone"):
    return await passkeys.add(
        world.database.unit_of_work,
        SITE,
        profile_id=actor.profile_id,
        answer=answer,
        name=name,
        visitor=visitor,
        address=HOME,
        at=world.clock.now(),
    )


async def options(world: World, *, visitor: str = VISITOR, address: str = HOME) -> str:
    return await passkeys.sign_in_options(
        world.database.unit_of_work, SITE, visitor=visitor, address=address, at=world.clock.now()
    )


async def sign_in(world: World, answer: Assertion, *, visitor: str = VISITOR) -> str:
    return await passkeys.sign_in(
        world.database.unit_of_work, SITE, answer=answer, visitor=visitor, at=world.clock.now()
    )


async def stored(world: World) -> list[Passkey]:
    async with world.database.reading() as session:
        return list(await session.exec(select(Passkey).order_by(col(Passkey.id))))


async def test_a_passkey_made_here_signs_in_without_a_number(world: World) -> None:
    actor, device = await an_owner(world), SoftAuthenticator()
    await add(world, actor, device)
    ticket = await sign_in(world, device.get(await options(world)))
    async with world.database.unit_of_work() as session:
        opened = await sessions.open_session(
            session, ticket=ticket, visitor=VISITOR, browser="Chrome", address=HOME, at=world.clock.now()
        )
    assert opened is not None
    assert (opened.session.profile_id, opened.session.method) == (actor.profile_id, SignInMethod.PASSKEY)
    assert opened.session.proved_at == world.clock.now()
    [passkey] = await stored(world)
    assert (passkey.sign_count, passkey.last_used_at, passkey.name) == (1, world.clock.now(), "Phone")


async def test_the_browser_is_asked_for_a_verified_person_and_no_list_of_passkeys(world: World) -> None:
    actor, device = await an_owner(world), SoftAuthenticator()
    asked = json.loads(
        await passkeys.adding_options(world.database.unit_of_work, SITE, actor, visitor=VISITOR, at=world.clock.now())
    )
    assert asked["rp"] == {"name": "My Kyivstar", "id": "localhost"}
    wanted = asked["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    await add(world, actor, device)
    asked = json.loads(await options(world))
    assert (asked["userVerification"], asked["allowCredentials"]) == ("required", [])


async def test_a_passkey_is_added_only_after_a_fresh_proof_and_its_owner_is_told(world: World) -> None:
    await world.line()
    actor = await an_owner(world, proved=False)
    with pytest.raises(ProofNeeded):
        await add(world, actor, SoftAuthenticator())
    await add(world, dataclasses.replace(actor, proved_at=world.clock.now()), SoftAuthenticator())
    async with world.database.reading() as session:
        [event] = await session.exec(select(SecurityEvent))
    assert (event.kind, event.detail, event.address) == ("passkey_added", "Phone", HOME)


async def test_the_notice_of_a_new_passkey_goes_to_the_owners_phone(world: World) -> None:
    profile_id = await world.profile(await world.line())
    await add(world, Actor(profile_id, 1, world.clock.now()), SoftAuthenticator())
    async with world.database.reading() as session:
        [sms] = await session.exec(select(SmsMessage))
    assert (sms.template, sms.to.digits) == ("passkey_added", "380671000001")


@pytest.mark.parametrize(
    "bent",
    [
        {"origin": "http://localhost:3001"},
        {"origin": "https://localhost:3000"},
        {"origin": "http://evil.example"},
        {"rp_id": "evil.example"},
        {"is_verified": False},
    ],
    ids=str,
)
async def test_another_site_or_an_unverified_person_is_refused(world: World, bent: dict) -> None:
    actor = await an_owner(world)
    with pytest.raises(PasskeyRefused):
        await add(world, actor, SoftAuthenticator(**bent))
    assert await stored(world) == []
    device = SoftAuthenticator()
    await add(world, actor, device)
    for name, value in bent.items():
        setattr(device, name, value)
    with pytest.raises(PasskeyRefused):
        await sign_in(world, device.get(await options(world)))


async def test_an_answer_works_once(world: World) -> None:
    actor, device = await an_owner(world), SoftAuthenticator(step=0)
    await add(world, actor, device)
    answer = device.get(await options(world))
    await sign_in(world, answer)
    with pytest.raises(PasskeyExpired):
        await sign_in(world, answer)


async def test_of_ten_copies_of_one_answer_at_once_one_gets_in(world: World) -> None:
    actor, device = await an_owner(world), SoftAuthenticator(step=0)
    await add(world, actor, device)
    answer = device.get(await options(world))
    done = await asyncio.gather(*[sign_in(world, answer) for _ in range(10)], return_exceptions=True)
    assert sum(isinstance(result, str) for result in done) == 1
    assert sum(isinstance(result, PasskeyExpired) for result in done) == 9


@pytest.mark.parametrize(("seconds", "is_late"), [(299.999, False), (300, True)])
async def test_a_challenge_lives_five_minutes(world: World, seconds: float, is_late: bool) -> None:
    actor, device = await an_owner(world), SoftAuthenticator()
    await add(world, actor, device)
    answer = device.get(await options(world))
    world.later(seconds=seconds)
    if is_late:
        with pytest.raises(PasskeyExpired):
            await sign_in(world, answer)
    else:
        assert await sign_in(world, answer)


async def test_an_answer_taken_to_another_browser_is_refused(world: World) -> None:
    actor, device = await an_owner(world), SoftAuthenticator()
    await add(world, actor, device)
    answer = device.get(await options(world))
    with pytest.raises(PasskeyExpired):
        await sign_in(world, answer, visitor=OTHER_VISITOR)
    assert await sign_in(world, answer)


async def test_without_a_visitor_cookie_there_is_no_challenge(world: World) -> None:
    with pytest.raises(FlowLost):
        await options(world, visitor="")


async def test_a_wrong_answer_uses_its_challenge_up(world: World) -> None:
    actor, device = await an_owner(world), SoftAuthenticator()
    await add(world, actor, device)
    answer = device.get(await options(world))
    with pytest.raises(PasskeyRefused):
        await sign_in(world, dataclasses.replace(answer, signature=answer.client_data))
    with pytest.raises(PasskeyExpired):
        await sign_in(world, answer)


async def test_a_made_up_challenge_is_refused(world: World) -> None:
    actor, device = await an_owner(world), SoftAuthenticator()
    await add(world, actor, device)
    with pytest.raises(PasskeyExpired):
        await sign_in(world, device.get(json.dumps({"challenge": "AAAA"})))


async def test_a_copied_passkey_is_refused_and_noted(world: World) -> None:
    actor, device = await an_owner(world), SoftAuthenticator()
    await add(world, actor, device)
    thief = dataclasses.replace(device)
    for _ in range(2):
        await sign_in(world, device.get(await options(world)))
    with pytest.raises(PasskeyRefused):
        await sign_in(world, thief.get(await options(world)))
    async with world.database.reading() as session:
        kinds = [event.kind for event in await session.exec(select(SecurityEvent))]
    assert kinds == ["passkey_added", "passkey_copied"]
    assert [passkey.sign_count for passkey in await stored(world)] == [2]


async def test_a_synced_passkey_never_counts_and_works_every_time(world: World) -> None:
    actor, device = await an_owner(world), SoftAuthenticator(step=0)
    await add(world, actor, device)
    for _ in range(3):
        assert await sign_in(world, device.get(await options(world)))
    assert [passkey.sign_count for passkey in await stored(world)] == [0]


async def test_an_unknown_a_removed_and_a_closed_persons_passkey_are_refused(world: World) -> None:
    actor, device = await an_owner(world), SoftAuthenticator()
    with pytest.raises(PasskeyRefused):
        await sign_in(world, device.get(await options(world)))
    passkey = await add(world, actor, device)
    async with world.database.unit_of_work() as session:
        (await session.get_one(Profile, actor.profile_id)).closed_at = world.clock.now()
    with pytest.raises(SignInRefused):
        await sign_in(world, device.get(await options(world)))
    async with world.database.unit_of_work() as session:
        await passkeys.remove(session, actor, passkey.id or 0, world.clock.now())
    with pytest.raises(PasskeyRefused):
        await sign_in(world, device.get(await options(world)))


async def test_somebody_elses_user_handle_is_refused(world: World) -> None:
    actor, device = await an_owner(world), SoftAuthenticator()
    await add(world, actor, device)
    device.user_handle = user_handle(actor.profile_id + 1)
    with pytest.raises(PasskeyRefused):
        await sign_in(world, device.get(await options(world)))


async def test_a_challenge_for_one_profile_takes_no_passkey_of_another(world: World) -> None:
    olena, andrii = await an_owner(world), await an_owner(world, "andrii")
    device = SoftAuthenticator()
    await add(world, andrii, device)
    asked = await passkeys.assertion_options(
        world.database.unit_of_work, SITE, visitor=VISITOR, profile_id=olena.profile_id, at=world.clock.now()
    )
    with pytest.raises(PasskeyRefused):
        await passkeys.check(
            world.database.unit_of_work,
            SITE,
            visitor=VISITOR,
            profile_id=olena.profile_id,
            answer=device.get(asked),
            at=world.clock.now(),
        )


async def test_an_answer_to_one_question_does_not_answer_another(world: World) -> None:
    olena, andrii = await an_owner(world), await an_owner(world, "andrii")
    device = SoftAuthenticator()
    asked = await passkeys.adding_options(
        world.database.unit_of_work, SITE, olena, visitor=VISITOR, at=world.clock.now()
    )
    with pytest.raises(PasskeyExpired):
        await keep(world, andrii, device.create(asked))
    await add(world, olena, device)
    proof = await passkeys.assertion_options(
        world.database.unit_of_work, SITE, visitor=VISITOR, profile_id=olena.profile_id, at=world.clock.now()
    )
    with pytest.raises(PasskeyExpired):
        await sign_in(world, device.get(proof))


async def test_the_question_who_it_is_makes_no_passkey(world: World) -> None:
    """Anybody with a session may ask it, without a fresh proof; a passkey made by it would outlive the session."""
    olena, finder = await an_owner(world, proved=False), SoftAuthenticator()
    asked = await passkeys.assertion_options(
        world.database.unit_of_work, SITE, visitor=VISITOR, profile_id=olena.profile_id, at=world.clock.now()
    )
    with pytest.raises(PasskeyExpired):
        await keep(world, olena, finder.create(json.dumps({**json.loads(asked), "user": {"id": "AAAA"}})))
    assert await stored(world) == []


async def test_a_known_passkey_is_not_added_again_by_anybody(world: World) -> None:
    olena, andrii = await an_owner(world), await an_owner(world, "andrii")
    device = SoftAuthenticator()
    await add(world, olena, device)
    for actor in (olena, andrii):
        with pytest.raises(PasskeyKnown):
            await add(world, actor, device)
    assert [passkey.profile_id for passkey in await stored(world)] == [olena.profile_id]


async def test_a_profile_has_at_most_ten_passkeys(world: World) -> None:
    actor = await an_owner(world)
    for _ in range(10):
        await add(world, actor, SoftAuthenticator())
    with pytest.raises(TooManyPasskeys) as refused:
        await add(world, actor, SoftAuthenticator())
    assert refused.value.params == {"most": 10}


async def test_a_stranger_can_neither_rename_nor_remove_a_passkey(world: World) -> None:
    olena, andrii = await an_owner(world), await an_owner(world, "andrii")
    passkey_id = (await add(world, olena, SoftAuthenticator())).id or 0
    for foreign in (passkey_id, passkey_id + 1, -1):
        async with world.database.unit_of_work() as session:
            with pytest.raises(NotFound):
                await passkeys.rename(session, andrii, foreign, name="Mine")
            with pytest.raises(NotFound):
                await passkeys.remove(session, andrii, foreign, world.clock.now())
    assert [(passkey.name, passkey.removed_at) for passkey in await stored(world)] == [("Phone", None)]


async def test_removing_a_passkey_needs_a_fresh_proof(world: World) -> None:
    actor = await an_owner(world)
    passkey_id = (await add(world, actor, SoftAuthenticator())).id or 0
    world.later(minutes=10, seconds=1)
    async with world.database.unit_of_work() as session:
        with pytest.raises(ProofNeeded):
            await passkeys.remove(session, actor, passkey_id, world.clock.now())


@pytest.mark.parametrize(("typed", "kept"), [("  Мій   телефон ", "Мій телефон"), ("x", "x"), ("я" * 60, "я" * 60)])
async def test_a_passkey_is_renamed(world: World, typed: str, kept: str) -> None:
    actor = await an_owner(world)
    passkey_id = (await add(world, actor, SoftAuthenticator())).id or 0
    async with world.database.unit_of_work() as session:
        await passkeys.rename(session, actor, passkey_id, name=typed)
    assert [passkey.name for passkey in await stored(world)] == [kept]


@pytest.mark.parametrize("typed", ["", "   ", "я" * 61, "a\u202eb"])
async def test_a_name_that_cannot_be_read_is_refused(world: World, typed: str) -> None:
    actor = await an_owner(world)
    passkey_id = (await add(world, actor, SoftAuthenticator())).id or 0
    async with world.database.unit_of_work() as session:
        with pytest.raises(NameMalformed):
            await passkeys.rename(session, actor, passkey_id, name=typed)


async def test_sixty_tries_of_one_address_in_a_quarter_of_an_hour_are_enough(world: World) -> None:
    for _ in range(60):
        await options(world)
    with pytest.raises(TooManyTries):
        await options(world)
    assert await options(world, address="203.0.113.8")


async def test_late_challenges_of_a_browser_are_cleared_away(world: World) -> None:
    for _ in range(3):
        await options(world)
    world.clock.moment += timedelta(minutes=5)
    await options(world)
    async with world.database.reading() as session:
        assert len((await session.exec(select(PasskeyChallenge))).all()) == 1
