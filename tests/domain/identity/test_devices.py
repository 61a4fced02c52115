"""Remembered devices and the switch for SMS: A4."""

import pytest

from mykyivstar.domain.identity import devices
from mykyivstar.domain.identity.errors import CodeSpent, TooManyTries, WrongCode
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.secret import token_hash
from tests.domain.identity.conftest import KEY, OLENA, OTHER_VISITOR, STRANGER, VISITOR, World
from tests.domain.identity.safety import HOME, device_row, living, noted, remembered, signed_in, told


async def ask_to_switch_off(world: World, actor, *, to: str = OLENA.digits):
    return await devices.send_switch_off_code(
        world.database.unit_of_work,
        KEY,
        actor,
        to=to,
        visitor=VISITOR,
        address=HOME,
        language=Language.UK,
        at=world.clock.now(),
    )


async def switch_off(world: World, actor, code: str, *, visitor: str = VISITOR):
    await devices.switch_sms_off(
        world.database.unit_of_work, KEY, actor, code=code, visitor=visitor, address=HOME, at=world.clock.now()
    )


async def is_sms_on(world: World, profile_id: int) -> bool:
    async with world.database.reading() as session:
        return (await session.get_one(Profile, profile_id)).sms_confirmation


async def test_a_device_is_known_to_its_own_profile_only(world: World) -> None:
    profile_id, strangers_id = await world.profile(), await world.profile(login="andrii")
    device = await remembered(world, profile_id)
    async with world.database.reading() as session:
        known = await devices.known_device(session, token_hash("device"), profile_id)
        assert known is not None
        assert known.id == device.id
        assert await devices.known_device(session, token_hash("device"), strangers_id) is None
        assert await devices.known_device(session, "", profile_id) is None


async def test_devices_are_listed_the_last_used_first_and_nobody_elses(world: World) -> None:
    profile_id, strangers_id = await world.profile(), await world.profile(login="andrii")
    for token in ("a", "b"):
        await remembered(world, profile_id, token=token)
        world.later(minutes=1)
    await remembered(world, strangers_id, token="c")
    async with world.database.reading() as session:
        listed = await devices.own(session, await signed_in(world, profile_id))
    assert [device.token_hash for device in listed] == [token_hash("b"), token_hash("a")]


async def test_a_forgotten_device_loses_its_sessions_but_not_the_one_that_asks(world: World) -> None:
    profile_id = await world.profile()
    device, other = await remembered(world, profile_id), await remembered(world, profile_id, token="other")
    here = await signed_in(world, profile_id, device_id=device.id)
    await signed_in(world, profile_id, device_id=device.id)
    elsewhere = await signed_in(world, profile_id, device_id=other.id)
    async with world.database.unit_of_work() as session:
        await devices.forget(session, here, device.id or 0, world.clock.now(), address=HOME)
    assert await living(world) == [here.session_id, elsewhere.session_id]
    assert (await device_row(world, device)).forgotten_at == world.clock.now()
    assert (await device_row(world, other)).forgotten_at is None
    assert await noted(world) == ["device_forgotten"]


async def test_a_stranger_cannot_forget_a_device_and_nobody_twice(world: World) -> None:
    profile_id, strangers_id = await world.profile(), await world.profile(login="andrii")
    device = await remembered(world, profile_id)
    actor, stranger = await signed_in(world, profile_id), await signed_in(world, strangers_id)
    async with world.database.unit_of_work() as session:
        for foreign in (device.id or 0, 999, -1):
            with pytest.raises(NotFound):
                await devices.forget(session, stranger, foreign, world.clock.now())
        await devices.forget(session, actor, device.id or 0, world.clock.now())
        with pytest.raises(NotFound):
            await devices.forget(session, actor, device.id or 0, world.clock.now())


async def test_forgetting_needs_a_fresh_proof(world: World) -> None:
    profile_id = await world.profile()
    device = await remembered(world, profile_id)
    actor = await signed_in(world, profile_id, proved=False)
    async with world.database.unit_of_work() as session:
        with pytest.raises(ProofNeeded):
            await devices.forget(session, actor, device.id or 0, world.clock.now())
        with pytest.raises(ProofNeeded):
            await devices.forget_all(session, actor, world.clock.now())


async def test_all_devices_are_forgotten_at_once_and_a_repeat_notes_nothing(world: World) -> None:
    profile_id, strangers_id = await world.profile(), await world.profile(login="andrii")
    device = await remembered(world, profile_id)
    await remembered(world, profile_id, token="other")
    strangers = await remembered(world, strangers_id, token="strangers")
    here = await signed_in(world, profile_id, device_id=device.id)
    not_remembered = await signed_in(world, profile_id)
    await signed_in(world, profile_id, device_id=device.id)
    for expected in (2, 0):
        async with world.database.unit_of_work() as session:
            assert await devices.forget_all(session, here, world.clock.now()) == expected
    assert await living(world) == [here.session_id, not_remembered.session_id]
    assert (await device_row(world, strangers)).forgotten_at is None
    assert await noted(world) == ["devices_forgotten"]


async def test_sms_is_switched_off_by_its_own_code_and_the_owner_is_told(world: World) -> None:
    profile_id = await world.profile(await world.line())
    actor = await signed_in(world, profile_id)
    sent = await ask_to_switch_off(world, actor)
    assert sent.sent_to == OLENA
    assert (sent.expires_at - world.clock.now()).total_seconds() == 300
    await switch_off(world, actor, (await world.sent_codes())[0])
    assert not await is_sms_on(world, profile_id)
    assert await noted(world) == ["sms_switched_off"]
    assert await told(world) == [("sms_switched_off", OLENA.digits)]


async def test_switching_off_takes_a_fresh_proof_beside_the_code(world: World) -> None:
    profile_id = await world.profile(await world.line())
    actor = await signed_in(world, profile_id)
    await ask_to_switch_off(world, actor)
    stale = await signed_in(world, profile_id, proved=False)
    with pytest.raises(ProofNeeded):
        await ask_to_switch_off(world, stale)
    with pytest.raises(ProofNeeded):
        await switch_off(world, stale, (await world.sent_codes())[0])
    assert await is_sms_on(world, profile_id)


async def test_a_wrong_used_or_foreign_code_switches_nothing_off(world: World) -> None:
    profile_id = await world.profile(await world.line())
    actor = await signed_in(world, profile_id)
    with pytest.raises(CodeSpent):
        await switch_off(world, actor, "K7MD")
    await ask_to_switch_off(world, actor)
    with pytest.raises(WrongCode) as refused:
        await switch_off(world, actor, "????")
    assert refused.value.params == {"tries_left": 4}
    code = (await world.sent_codes())[0]
    with pytest.raises(CodeSpent):
        await switch_off(world, actor, code, visitor=OTHER_VISITOR)
    assert await is_sms_on(world, profile_id)
    await switch_off(world, actor, code)
    with pytest.raises(CodeSpent):
        await switch_off(world, actor, code)


@pytest.mark.parametrize("to", [STRANGER.digits, "", "380", "x" * 400])
async def test_a_code_goes_to_no_phone_but_ones_own(world: World, to: str) -> None:
    actor = await signed_in(world, await world.profile(await world.line()))
    with pytest.raises(NotFound):
        await ask_to_switch_off(world, actor, to=to)
    assert await world.codes() == []


async def test_a_second_code_comes_after_a_minute_and_the_sixth_in_an_hour_not_at_all(world: World) -> None:
    actor = await signed_in(world, await world.profile(await world.line()))
    first = await ask_to_switch_off(world, actor)
    assert await ask_to_switch_off(world, actor) == first
    assert len(await world.sent_codes()) == 1
    for count in (2, 3, 4, 5):
        world.later(seconds=61)
        await ask_to_switch_off(world, actor)
        assert len(await world.sent_codes()) == count
    world.later(seconds=61)
    with pytest.raises(TooManyTries):
        await ask_to_switch_off(world, actor)


async def test_sms_is_switched_on_again_without_ado(world: World) -> None:
    profile_id = await world.profile(await world.line())
    actor = await signed_in(world, profile_id)
    await ask_to_switch_off(world, actor)
    await switch_off(world, actor, (await world.sent_codes())[0])
    for _ in range(2):
        async with world.database.unit_of_work() as session:
            await devices.switch_sms_on(session, actor, world.clock.now())
    assert await is_sms_on(world, profile_id)
    assert await noted(world) == ["sms_switched_off", "sms_switched_on"]
