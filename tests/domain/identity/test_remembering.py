"""A browser that is remembered later than at its sign-in: A4."""

import pytest

from mykyivstar.domain.identity import devices
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import AuthSession
from mykyivstar.domain.identity.remembering import remember_here
from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.domain.identity.sessions import REMEMBERED_LONGEST
from mykyivstar.kit.secret import token_hash
from tests.domain.identity.conftest import World
from tests.domain.identity.safety import HOME, noted, remembered, signed_in

CHROME = "Chrome, Android"


async def remember(world: World, actor: Actor, *, cookie: str = "") -> str | None:
    async with world.database.unit_of_work() as session:
        return await remember_here(
            session,
            actor,
            device_hash=token_hash(cookie) if cookie else "",
            browser=CHROME,
            address=HOME,
            at=world.clock.now(),
        )


async def known(world: World, actor: Actor) -> list[str]:
    """Hashes of the cookies of the remembered browsers."""
    async with world.database.reading() as session:
        return [device.token_hash for device in await devices.own(session, actor)]


async def test_the_browser_is_known_from_then_on_and_its_session_lives_longer(world: World) -> None:
    actor = await signed_in(world, await world.profile())
    token = await remember(world, actor)
    assert token is not None
    async with world.database.reading() as session:
        device = await devices.known_device(session, token_hash(token), actor.profile_id)
        auth = await session.get_one(AuthSession, actor.session_id)
    assert device is not None
    assert (device.name, auth.device_id) == (CHROME, device.id)
    assert auth.expires_at == world.clock.now() + REMEMBERED_LONGEST
    assert await noted(world) == ["device_remembered"]


async def test_it_takes_a_fresh_proof(world: World) -> None:
    actor = await signed_in(world, await world.profile(), proved=False)
    with pytest.raises(ProofNeeded):
        await remember(world, actor)
    assert await known(world, actor) == []


async def test_a_browser_that_is_remembered_is_not_remembered_twice(world: World) -> None:
    profile_id = await world.profile()
    device = await remembered(world, profile_id)
    actor = await signed_in(world, profile_id, device_id=device.id)
    assert await remember(world, actor, cookie="device") is None
    assert await known(world, actor) == [token_hash("device")]


async def test_an_answer_that_got_lost_is_asked_for_again_and_it_is_the_same_device(world: World) -> None:
    actor = await signed_in(world, await world.profile())
    await remember(world, actor)
    again = await remember(world, actor)
    assert again is not None
    assert await known(world, actor) == [token_hash(again)]
    assert await noted(world) == ["device_remembered"]


async def test_a_forgotten_browser_can_be_remembered_anew(world: World) -> None:
    profile_id = await world.profile()
    device = await remembered(world, profile_id)
    actor = await signed_in(world, profile_id, device_id=device.id)
    async with world.database.unit_of_work() as session:
        await devices.forget(session, actor, device.id or 0, world.clock.now(), address=HOME)
    token = await remember(world, actor, cookie="device")
    assert token is not None
    assert await known(world, actor) == [token_hash(token)]


async def test_the_cookie_of_somebody_else_in_this_browser_does_not_count(world: World) -> None:
    await remembered(world, await world.profile(login="andrii"))
    actor = await signed_in(world, await world.profile())
    token = await remember(world, actor, cookie="device")
    assert token is not None
    assert await known(world, actor) == [token_hash(token)]
