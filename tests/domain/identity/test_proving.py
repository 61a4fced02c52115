"""Fresh proofs: O9."""

import pytest

from mykyivstar.domain.identity import (
    living_sessions,
    passkeys,
    proof,
    proving,
    sessions,
)
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.errors import CodeExpired, CodeSpent, TooManyTries, WrongCode
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.identity.passkey_ceremony import RelyingParty
from mykyivstar.domain.identity.security_errors import (
    PasskeyExpired,
    PasskeyRefused,
    ProofNeeded,
    WrongPassword,
)
from mykyivstar.domain.lines.models import Holding, LineState
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.identity.conftest import ACCOUNT, KEY, OLENA, OTHER_VISITOR, PASSWORD, STRANGER, VISITOR, World
from tests.domain.identity.safety import HOME, signed_in
from tests.fixtures.authenticator import SoftAuthenticator

SITE = RelyingParty("localhost", "My Kyivstar", ("http://localhost:3000",))


async def ask(world: World, actor: Actor, *, to: str = OLENA.digits):
    return await proving.send_code(
        world.database.unit_of_work,
        KEY,
        actor,
        to=to,
        visitor=VISITOR,
        address=HOME,
        language=Language.UK,
        at=world.clock.now(),
    )


async def prove(world: World, actor: Actor, code: str, *, visitor: str = VISITOR) -> None:
    await proving.with_code(world.database.unit_of_work, KEY, actor, visitor=visitor, code=code, at=world.clock.now())


async def by_password(world: World, actor: Actor, password: str) -> None:
    await proving.with_password(
        world.database.unit_of_work, actor, password=password, visitor=VISITOR, address=HOME, at=world.clock.now()
    )


async def again(world: World, actor: Actor) -> Actor:
    """The actor as the next event has it."""
    async with world.database.reading() as session:
        auth = await living_sessions.by_id(session, actor.session_id, world.clock.now())
    assert auth is not None
    return sessions.actor_of(auth)


@pytest.mark.parametrize(("seconds", "is_fresh"), [(0, True), (600, True), (600.001, False)])
def test_a_proof_is_fresh_for_ten_minutes(world: World, seconds: float, is_fresh: bool) -> None:
    actor = Actor(1, 1, proved_at=world.clock.now())
    world.later(seconds=seconds)
    if is_fresh:
        proof.require_fresh(actor, world.clock.now())
    else:
        with pytest.raises(ProofNeeded):
            proof.require_fresh(actor, world.clock.now())


def test_without_any_proof_there_is_no_fresh_one(world: World) -> None:
    with pytest.raises(ProofNeeded):
        proof.require_fresh(Actor(1, 1), world.clock.now())


async def test_a_code_is_a_fresh_proof_for_this_session_only(world: World) -> None:
    profile_id = await world.profile(await world.line())
    actor = await signed_in(world, profile_id, proved=False)
    other = await signed_in(world, profile_id, proved=False)
    await ask(world, actor)
    await prove(world, actor, (await world.sent_codes())[0])
    proof.require_fresh(await again(world, actor), world.clock.now())
    with pytest.raises(ProofNeeded):
        proof.require_fresh(await again(world, other), world.clock.now())


async def test_a_wrong_late_foreign_or_used_code_proves_nothing(world: World) -> None:
    actor = await signed_in(world, await world.profile(await world.line()), proved=False)
    with pytest.raises(CodeSpent):
        await prove(world, actor, "K7MD")
    await ask(world, actor)
    with pytest.raises(WrongCode) as refused:
        await prove(world, actor, "0000")
    assert refused.value.params == {"tries_left": 4}
    with pytest.raises(CodeSpent):
        await prove(world, actor, (await world.sent_codes())[0], visitor=OTHER_VISITOR)
    world.later(minutes=5)
    with pytest.raises(CodeExpired):
        await prove(world, actor, (await world.sent_codes())[0])
    assert (await again(world, actor)).proved_at is None


async def test_the_page_finds_a_code_that_is_out(world: World) -> None:
    actor = await signed_in(world, await world.profile(await world.line()), proved=False)
    sent = await ask(world, actor)
    async with world.database.reading() as session:
        at = world.clock.now()
        assert await proving.pending_code(session, actor, visitor=VISITOR, at=at) == sent
        assert await proving.pending_code(session, actor, visitor=OTHER_VISITOR, at=at) is None
        assert await proving.pending_code(session, actor, visitor=VISITOR, at=sent.expires_at) is None


async def test_codes_go_to_own_lines_then_contract_phones_and_nowhere_else(world: World) -> None:
    second, contract = Msisdn("380671000002"), Msisdn("380681000009")
    await world.account(contract_phone=contract)
    viewed = await world.line(STRANGER)
    inactive = await world.line(Msisdn("380671000003"), state=LineState.INACTIVE)
    profile_id = await world.profile(await world.line(), await world.line(second), inactive)
    async with world.database.unit_of_work() as session:
        at = world.clock.now()
        session.add(Holding(profile_id=profile_id, line_id=viewed, role="viewer", proved_at=at))
        session.add(Holding(profile_id=profile_id, internet_account_id=1, proved_at=at))
    actor = await signed_in(world, profile_id, proved=False)
    async with world.database.reading() as session:
        ways = await proving.ways(session, actor)
    assert (list(ways.phones), ways.has_password, ways.has_passkey) == ([OLENA, second, contract], True, False)
    for stranger in (STRANGER.digits, "380671000003", "", ACCOUNT):
        with pytest.raises(NotFound):
            await ask(world, actor, to=stranger)


async def test_the_contact_phone_is_used_where_nothing_is_held(world: World) -> None:
    profile_id = await world.profile(password=None)
    async with world.database.unit_of_work() as session:
        (await session.get_one(Profile, profile_id)).contact_phone = STRANGER
    async with world.database.reading() as session:
        ways = await proving.ways(session, await signed_in(world, profile_id))
    assert (list(ways.phones), ways.has_password) == ([STRANGER], False)


async def test_the_password_is_a_fresh_proof_and_another_is_none(world: World) -> None:
    actor = await signed_in(world, await world.profile(), proved=False)
    with pytest.raises(WrongPassword):
        await by_password(world, actor, "Kobzar-1841")
    assert (await again(world, actor)).proved_at is None
    await by_password(world, actor, PASSWORD)
    assert (await again(world, actor)).proved_at == world.clock.now()


async def test_the_eleventh_password_in_a_quarter_of_an_hour_is_not_looked_at(world: World) -> None:
    actor = await signed_in(world, await world.profile(), proved=False)
    for _ in range(10):
        with pytest.raises(WrongPassword):
            await by_password(world, actor, "wrong")
    with pytest.raises(TooManyTries):
        await by_password(world, actor, PASSWORD)


async def test_a_passkey_of_ones_own_is_a_fresh_proof(world: World) -> None:
    profile_id = await world.profile()
    actor, device = await signed_in(world, profile_id), SoftAuthenticator()
    unit_of_work, at = world.database.unit_of_work, world.clock.now()
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
    stale = await signed_in(world, profile_id, proved=False)
    stranger = await signed_in(world, await world.profile(login="andrii"), proved=False)
    asked = await proving.passkey_options(unit_of_work, SITE, stranger, visitor=VISITOR, at=at)
    with pytest.raises(PasskeyRefused):
        await proving.with_passkey(unit_of_work, SITE, stranger, visitor=VISITOR, answer=device.get(asked), at=at)
    asked = await proving.passkey_options(unit_of_work, SITE, stale, visitor=VISITOR, at=at)
    answer = device.get(asked)
    await proving.with_passkey(unit_of_work, SITE, stale, visitor=VISITOR, answer=answer, at=at)
    assert (await again(world, stale)).proved_at == at
    with pytest.raises(PasskeyExpired):
        await proving.with_passkey(unit_of_work, SITE, stale, visitor=VISITOR, answer=answer, at=at)
