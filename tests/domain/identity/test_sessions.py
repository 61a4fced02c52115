"""Sessions: tickets, cookies' lives, revoking (A11)."""

import asyncio
from datetime import timedelta

import pytest

from mykyivstar.domain.identity import living_sessions, sessions
from mykyivstar.domain.identity.models import Profile, SignInMethod
from mykyivstar.kit.errors import NotFound
from tests.domain.identity.conftest import OTHER_VISITOR, VISITOR, World


async def ticket(
    world: World, profile_id: int, *, remember: bool = False, method: SignInMethod = SignInMethod.CODE
) -> str:
    async with world.database.unit_of_work() as session:
        return await sessions.issue_ticket(
            session, profile_id=profile_id, visitor=VISITOR, method=method, at=world.clock.now(), remember=remember
        )


async def exchange(world: World, earned: str, *, visitor: str = VISITOR) -> sessions.Opened | None:
    async with world.database.unit_of_work() as session:
        return await sessions.open_session(
            session, ticket=earned, visitor=visitor, browser="Chrome", address="203.0.113.7", at=world.clock.now()
        )


async def sign_in(world: World, profile_id: int, *, remember: bool = False) -> sessions.Opened:
    opened = await exchange(world, await ticket(world, profile_id, remember=remember))
    assert opened is not None
    return opened


async def lives(world: World, token: str) -> living_sessions.Living | None:
    async with world.database.reading() as session:
        return await living_sessions.by_token(session, token, world.clock.now())


async def test_of_ten_exchanges_of_one_ticket_exactly_one_wins(world: World) -> None:
    earned = await ticket(world, await world.profile())
    outcomes = await asyncio.gather(*(exchange(world, earned) for _ in range(10)))
    assert sum(outcome is not None for outcome in outcomes) == 1


async def test_a_ticket_is_worthless_in_another_browser(world: World) -> None:
    earned = await ticket(world, await world.profile())
    assert await exchange(world, earned, visitor=OTHER_VISITOR) is None
    assert await exchange(world, earned) is not None


async def test_a_ticket_lives_thirty_seconds(world: World) -> None:
    profile_id = await world.profile()
    late = await ticket(world, profile_id)
    world.later(seconds=30)
    assert await exchange(world, late) is None
    timely = await ticket(world, profile_id)
    world.later(seconds=29)
    assert await exchange(world, timely) is not None


async def test_the_database_holds_no_token(world: World) -> None:
    opened = await sign_in(world, await world.profile(), remember=True)
    stored = opened.session.model_dump_json()
    assert opened.token not in stored
    assert opened.device_token
    assert opened.device_token not in stored


@pytest.mark.parametrize(
    ("remember", "silence"), [(False, timedelta(minutes=30)), (True, timedelta(days=30))], ids=["plain", "remembered"]
)
async def test_silence_ends_a_session(world: World, remember: bool, silence: timedelta) -> None:
    opened = await sign_in(world, await world.profile(), remember=remember)
    world.clock.moment += silence - timedelta(seconds=1)
    assert await lives(world, opened.token)
    world.clock.moment += timedelta(seconds=1)
    assert await lives(world, opened.token) is None


async def test_being_here_keeps_a_session_for_twelve_hours_at_most(world: World) -> None:
    opened = await sign_in(world, await world.profile())
    for _ in range(12 * 3 - 1):
        world.later(minutes=20)
        async with world.database.unit_of_work() as session:
            await sessions.touch(session, {opened.session.id or 0: world.clock.now()})
        assert await lives(world, opened.token)
    world.later(minutes=20)
    assert await lives(world, opened.token) is None


async def test_a_remembered_browser_is_signed_out_after_ninety_days_however_often_it_is_used(world: World) -> None:
    opened = await sign_in(world, await world.profile(), remember=True)
    for _ in range(89):
        world.later(days=1)
        async with world.database.unit_of_work() as session:
            await sessions.touch(session, {opened.session.id or 0: world.clock.now()})
    world.later(days=1, seconds=-1)
    assert await lives(world, opened.token)
    world.later(seconds=1)
    assert await lives(world, opened.token) is None


async def test_a_revoked_session_is_dead_at_once_and_others_live(world: World) -> None:
    profile_id = await world.profile()
    first, second = await sign_in(world, profile_id), await sign_in(world, profile_id)
    async with world.database.unit_of_work() as session:
        await sessions.revoke(session, sessions.actor_of(second.session), first.session.id or 0, world.clock.now())
    assert await lives(world, first.token) is None
    assert await lives(world, second.token)


async def test_nobody_revokes_a_strangers_session(world: World) -> None:
    mine = await sign_in(world, await world.profile())
    theirs = await sign_in(world, await world.profile(login="andrii"))
    with pytest.raises(NotFound):
        async with world.database.unit_of_work() as session:
            await sessions.revoke(session, sessions.actor_of(mine.session), theirs.session.id or 0, world.clock.now())
    assert await lives(world, theirs.token)


async def test_a_closed_profile_has_no_sessions(world: World) -> None:
    profile_id = await world.profile()
    opened = await sign_in(world, profile_id)
    async with world.database.unit_of_work() as session:
        (await session.get_one(Profile, profile_id)).closed_at = world.clock.now()
    assert await lives(world, opened.token) is None


async def test_the_networks_word_is_no_fresh_proof_and_a_code_is_one_for_ten_minutes(world: World) -> None:
    profile_id = await world.profile()
    by_network = await exchange(world, await ticket(world, profile_id, method=SignInMethod.NETWORK))
    by_code = await sign_in(world, profile_id)
    assert by_network is not None
    assert not sessions.actor_of(by_network.session).has_fresh_proof(world.clock.now())
    actor = sessions.actor_of(by_code.session)
    assert actor.has_fresh_proof(world.clock.now() + timedelta(minutes=10))
    assert not actor.has_fresh_proof(world.clock.now() + timedelta(minutes=10, seconds=1))


async def test_a_first_visit_needs_no_notice_and_a_new_browser_does(world: World) -> None:
    profile_id = await world.profile()
    registered = await exchange(world, await ticket(world, profile_id, method=SignInMethod.REGISTRATION))
    assert registered is not None
    assert not registered.is_new_here
    assert (await sign_in(world, profile_id)).is_new_here
