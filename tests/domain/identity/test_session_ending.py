"""Ending sessions: A11."""

import dataclasses

import pytest

from mykyivstar.domain.identity import session_ending
from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.kit.errors import NotFound
from tests.domain.identity.conftest import World
from tests.domain.identity.safety import living, noted, signed_in


async def test_other_sessions_end_only_after_a_fresh_proof_and_this_one_at_any_time(world: World) -> None:
    profile_id = await world.profile()
    actor = await signed_in(world, profile_id)
    other = await signed_in(world, profile_id)
    stale = dataclasses.replace(actor, proved_at=None)
    async with world.database.unit_of_work() as session:
        for ending in (
            session_ending.end_one(session, stale, other.session_id, world.clock.now()),
            session_ending.end_others(session, stale, world.clock.now()),
        ):
            with pytest.raises(ProofNeeded):
                await ending
        await session_ending.end_one(session, stale, stale.session_id, world.clock.now())
    assert await living(world) == [other.session_id]


async def test_a_stranger_cannot_end_a_session_and_nobody_twice(world: World) -> None:
    actor = await signed_in(world, await world.profile())
    stranger = await signed_in(world, await world.profile(login="andrii"))
    async with world.database.unit_of_work() as session:
        for foreign in (actor.session_id, 999, -1):
            with pytest.raises(NotFound):
                await session_ending.end_one(session, stranger, foreign, world.clock.now())
    assert await living(world) == [actor.session_id, stranger.session_id]


async def test_all_other_sessions_end_at_once(world: World) -> None:
    profile_id = await world.profile()
    actor = await signed_in(world, profile_id)
    await signed_in(world, profile_id)
    await signed_in(world, profile_id)
    for expected in (2, 0):
        async with world.database.unit_of_work() as session:
            assert await session_ending.end_others(session, actor, world.clock.now()) == expected
    assert await living(world) == [actor.session_id]
    assert await noted(world) == ["sessions_ended"]
