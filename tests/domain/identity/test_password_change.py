"""Changing one's password: A7."""

import pytest

from mykyivstar.domain.identity import password_change, passwords
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.passwords import PasswordsDiffer, PasswordTooWeak
from mykyivstar.domain.identity.security_errors import ProofNeeded, WrongCurrentPassword
from mykyivstar.kit.secret import token_hash
from tests.domain.identity.conftest import OLENA, PASSWORD, VISITOR, World
from tests.domain.identity.safety import HOME, device_row, living, noted, remembered, signed_in, told

NEW = "Тиха-Вода-7"


async def change(world: World, actor: Actor, *, current: str = PASSWORD, new: str = NEW, repeated: str = NEW) -> int:
    return await password_change.change_password(
        world.database.unit_of_work,
        actor,
        current=current,
        new=new,
        again=repeated,
        device_hash=token_hash("device"),
        visitor=VISITOR,
        address=HOME,
        at=world.clock.now(),
    )


async def test_a_changed_password_ends_other_sessions_and_codes_of_other_devices(world: World) -> None:
    profile_id = await world.profile(await world.line())
    here, elsewhere = await remembered(world, profile_id), await remembered(world, profile_id, token="elsewhere")
    async with world.database.unit_of_work() as session:
        for device in (here, elsewhere):
            (await session.get_one(type(device), device.id)).access_code_hash = "hash"
    actor = await signed_in(world, profile_id)
    await signed_in(world, profile_id)
    strangers = await signed_in(world, await world.profile(login="andrii"))
    assert await change(world, actor) == 1
    assert await living(world) == [actor.session_id, strangers.session_id]
    assert (await device_row(world, here)).access_code_hash == "hash"
    assert (await device_row(world, elsewhere)).access_code_hash is None
    async with world.database.reading() as session:
        profile = await session.get_one(Profile, profile_id)
    assert await passwords.matches(NEW, profile.password_hash)
    assert profile.password_changed_at == world.clock.now()
    assert await noted(world) == ["password_changed"]
    assert await told(world) == [("password_changed", OLENA.digits)]


async def test_changing_the_password_takes_a_fresh_proof_and_the_old_one(world: World) -> None:
    profile_id = await world.profile(await world.line())
    with pytest.raises(ProofNeeded):
        await change(world, await signed_in(world, profile_id, proved=False))
    with pytest.raises(WrongCurrentPassword):
        await change(world, await signed_in(world, profile_id), current="Kobzar-1841")
    assert await told(world) == []


@pytest.mark.parametrize(
    ("new", "repeated", "refusal"),
    [("weak", "weak", PasswordTooWeak), ("olena", "olena", PasswordTooWeak), (NEW, "Тиха-Вода-8", PasswordsDiffer)],
)
async def test_a_bad_new_password_is_refused_before_the_old_one_counts_as_a_try(
    world: World, new: str, repeated: str, refusal: type[Exception]
) -> None:
    actor = await signed_in(world, await world.profile())
    for _ in range(11):
        with pytest.raises(refusal):
            await change(world, actor, new=new, repeated=repeated)
    assert await change(world, actor) == 0


async def test_a_profile_without_a_password_gets_its_first_one_by_the_fresh_proof_alone(world: World) -> None:
    profile_id = await world.profile(password=None)
    await change(world, await signed_in(world, profile_id), current="")
    async with world.database.reading() as session:
        assert await passwords.matches(NEW, (await session.get_one(Profile, profile_id)).password_hash)
