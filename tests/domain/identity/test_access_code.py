"""The access code: A6."""

import asyncio
from datetime import timedelta

import pytest

from mykyivstar.domain.identity import access_code, devices, sessions
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile, RememberedDevice, SignInMethod
from mykyivstar.domain.identity.security_errors import (
    AccessCodeLocked,
    AccessCodeMalformed,
    AccessCodesDiffer,
    AccessCodeTooSimple,
    DeviceNotRemembered,
    ProofNeeded,
    WrongAccessCode,
)
from mykyivstar.kit.secret import token_hash
from tests.domain.identity.conftest import VISITOR, World
from tests.domain.identity.safety import HOME, device_row, noted, remembered, signed_in

DEVICE = token_hash("device")
CODE = "7294"


async def choose(world: World, actor: Actor, code: str = CODE, again: str | None = None, *, device: str = DEVICE):
    await access_code.set_code(
        world.database.unit_of_work,
        actor,
        device_hash=device,
        code=code,
        again=code if again is None else again,
        address=HOME,
        at=world.clock.now(),
    )


async def unlock(world: World, code: str = CODE, *, device: str = DEVICE) -> str:
    return await access_code.unlock(
        world.database.unit_of_work, device_hash=device, code=code, visitor=VISITOR, at=world.clock.now()
    )


async def a_device_with_a_code(world: World) -> tuple[Actor, RememberedDevice]:
    profile_id = await world.profile()
    device = await remembered(world, profile_id)
    actor = await signed_in(world, profile_id)
    await choose(world, actor)
    return actor, device


async def offered(world: World, device: str = DEVICE) -> bool:
    async with world.database.reading() as session:
        return await access_code.is_offered(session, device)


async def test_the_code_opens_the_app_on_its_device(world: World) -> None:
    actor, device = await a_device_with_a_code(world)
    assert await offered(world)
    ticket = await unlock(world)
    async with world.database.unit_of_work() as session:
        opened = await sessions.open_session(
            session, ticket=ticket, visitor=VISITOR, browser="Chrome", address=HOME, at=world.clock.now()
        )
    assert opened is not None
    assert (opened.session.profile_id, opened.session.device_id) == (actor.profile_id, device.id)
    assert opened.session.method is SignInMethod.ACCESS_CODE
    # Four digits are no fresh proof (O9).
    assert opened.session.proved_at is None


async def test_the_code_is_kept_as_a_hash_only(world: World) -> None:
    _, device = await a_device_with_a_code(world)
    stored = (await device_row(world, device)).access_code_hash
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert CODE not in stored.split("$")[-1]


@pytest.mark.parametrize("code", ["", "123", "1234567", "72a4", "72 94", "٧٢٩٤", "７２９４", "-729", "7294\n"])
async def test_what_is_not_4_to_6_digits_is_refused(world: World, code: str) -> None:
    with pytest.raises(AccessCodeMalformed):
        access_code.require_good(code, code)


SIMPLE = [
    "1111",
    "000000",
    "1234",
    "123456",
    "4321",
    "0123",
    "7890",
    "0987",
    "1212",
    "123123",
    "1122",
    "112233",
    "2580",
]


@pytest.mark.parametrize("code", SIMPLE)
def test_the_first_guesses_of_anybody_are_refused(code: str) -> None:
    with pytest.raises(AccessCodeTooSimple):
        access_code.require_good(code, code)


@pytest.mark.parametrize("code", ["7294", "1984", "12435", "905172", "1123", "1221"])
def test_other_codes_are_accepted(code: str) -> None:
    access_code.require_good(code, code)


def test_few_of_all_codes_are_refused() -> None:
    refused = 0
    for number in range(10_000):
        try:
            access_code.require_good(f"{number:04}", f"{number:04}")
        except AccessCodeTooSimple:
            refused += 1
    # Equal digits, repeated pairs, doubled digits, rows up and down, patterns of the keypad.
    assert refused == 10 + 90 + 90 + 16 + 7


def test_the_code_is_typed_twice() -> None:
    with pytest.raises(AccessCodesDiffer):
        access_code.require_good("7294", "7249")


async def test_a_code_is_set_only_after_a_fresh_proof_on_a_remembered_device_of_ones_own(world: World) -> None:
    profile_id, strangers_id = await world.profile(), await world.profile(login="andrii")
    await remembered(world, profile_id)
    with pytest.raises(ProofNeeded):
        await choose(world, await signed_in(world, profile_id, proved=False))
    for device in ("", token_hash("unknown")):
        with pytest.raises(DeviceNotRemembered):
            await choose(world, await signed_in(world, profile_id), device=device)
    with pytest.raises(DeviceNotRemembered):
        await choose(world, await signed_in(world, strangers_id))
    assert not await offered(world)


async def test_tries_are_counted_down_and_the_fifth_miss_locks(world: World) -> None:
    await a_device_with_a_code(world)
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongAccessCode) as refused:
            await unlock(world, "0000")
        assert refused.value.params == {"tries_left": left}
    with pytest.raises(AccessCodeLocked):
        await unlock(world, "0000")
    with pytest.raises(AccessCodeLocked):
        await unlock(world)
    assert not await offered(world)
    assert await noted(world) == ["access_code_set", "access_code_locked"]


@pytest.mark.parametrize("typed", ["", "  ", "123", "1234567", "12a4"])
async def test_what_is_no_access_code_is_no_miss(world: World, typed: str) -> None:
    _, device = await a_device_with_a_code(world)
    for _ in range(6):
        with pytest.raises(AccessCodeMalformed):
            await unlock(world, typed)
    assert (await device_row(world, device)).access_code_misses == 0


async def test_the_fifth_try_may_still_be_right_and_gives_five_again(world: World) -> None:
    _, device = await a_device_with_a_code(world)
    for _ in range(4):
        with pytest.raises(WrongAccessCode):
            await unlock(world, "0000")
    assert await unlock(world)
    assert (await device_row(world, device)).access_code_misses == 0


async def test_of_twenty_wrong_codes_at_once_five_are_looked_at(world: World) -> None:
    _, device = await a_device_with_a_code(world)
    done = await asyncio.gather(*[unlock(world, f"{n:04}") for n in range(20)], return_exceptions=True)
    assert sorted(error.params["tries_left"] for error in done if isinstance(error, WrongAccessCode)) == [1, 2, 3, 4]
    assert sum(isinstance(error, AccessCodeLocked) for error in done) == 16
    assert (await device_row(world, device)).access_code_misses == 5


async def test_the_last_try_is_had_by_one_of_two_tabs(world: World) -> None:
    _, device = await a_device_with_a_code(world)
    for _ in range(4):
        with pytest.raises(WrongAccessCode):
            await unlock(world, "0000")
    done = await asyncio.gather(unlock(world, "0000"), unlock(world, "0001"), return_exceptions=True)
    assert [type(error) for error in done] == [AccessCodeLocked, AccessCodeLocked]
    assert (await device_row(world, device)).access_code_misses == 5
    assert (await noted(world)).count("access_code_locked") == 1


@pytest.mark.parametrize(
    ("method", "works"),
    [
        (SignInMethod.PASSWORD, True),
        (SignInMethod.CODE, True),
        (SignInMethod.PASSKEY, True),
        (SignInMethod.NETWORK, False),
    ],
)
async def test_a_full_login_makes_a_locked_code_work_again(world: World, method: SignInMethod, works: bool) -> None:
    actor, device = await a_device_with_a_code(world)
    for _ in range(6):
        with pytest.raises((WrongAccessCode, AccessCodeLocked)):
            await unlock(world, "0000")
    at = world.clock.now()
    async with world.database.unit_of_work() as session:
        ticket = await sessions.issue_ticket(
            session, profile_id=actor.profile_id, visitor=VISITOR, method=method, at=at, device_id=device.id
        )
        given = {"visitor": VISITOR, "browser": "Firefox", "address": "203.0.113.7", "at": at, "device": DEVICE}
        assert await sessions.open_session(session, ticket=ticket, **given) is not None
    assert await offered(world) == works
    if works:
        assert await unlock(world)


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_forgotten_device_keeps_no_code(world: World, everywhere: bool) -> None:
    actor, device = await a_device_with_a_code(world)
    proved = Actor(actor.profile_id, actor.session_id, world.clock.now())
    async with world.database.unit_of_work() as session:
        if everywhere:
            await devices.forget_all(session, proved, world.clock.now())
        else:
            await devices.forget(session, proved, device.id or 0, world.clock.now())
    assert (await device_row(world, device)).access_code_hash is None


async def test_a_new_code_replaces_the_old_one_with_all_its_tries(world: World) -> None:
    actor, device = await a_device_with_a_code(world)
    with pytest.raises(WrongAccessCode):
        await unlock(world, "0000")
    await choose(world, actor, "905172")
    assert (await device_row(world, device)).access_code_misses == 0
    with pytest.raises(WrongAccessCode):
        await unlock(world)
    assert await unlock(world, " 905172 ")


@pytest.mark.parametrize("device", ["", token_hash("unknown")])
async def test_an_unknown_device_has_nothing_to_unlock(world: World, device: str) -> None:
    await a_device_with_a_code(world)
    with pytest.raises(AccessCodeLocked):
        await unlock(world, device=device)
    assert not await offered(world, device)


async def test_a_forgotten_device_and_a_closed_profile_stay_shut(world: World) -> None:
    actor, device = await a_device_with_a_code(world)
    async with world.database.unit_of_work() as session:
        (await session.get_one(Profile, actor.profile_id)).closed_at = world.clock.now()
    with pytest.raises(AccessCodeLocked):
        await unlock(world)
    async with world.database.unit_of_work() as session:
        (await session.get_one(Profile, actor.profile_id)).closed_at = None
        await devices.forget(session, actor, device.id or 0, world.clock.now())
    with pytest.raises(AccessCodeLocked):
        await unlock(world)
    assert not await offered(world)


async def test_the_code_is_removed_once_and_without_a_proof(world: World) -> None:
    actor, _ = await a_device_with_a_code(world)
    world.clock.moment += timedelta(hours=1)
    for _ in range(2):
        async with world.database.unit_of_work() as session:
            await access_code.remove(session, actor, world.clock.now(), device_hash=DEVICE)
    with pytest.raises(AccessCodeLocked):
        await unlock(world)
    assert await noted(world) == ["access_code_set", "access_code_removed"]


async def by_code(world: World, profile_id: int, *, device: str, remember: bool = False) -> sessions.Opened:
    """A full login by a code in the browser with this device cookie."""
    async with world.database.unit_of_work() as session:
        about = {"visitor": VISITOR, "at": world.clock.now()}
        ticket = await sessions.issue_ticket(
            session, profile_id=profile_id, method=SignInMethod.CODE, remember=remember, **about
        )
        opened = await sessions.open_session(
            session, ticket=ticket, browser="Chrome", address=HOME, device=device, **about
        )
    assert opened is not None
    return opened


async def test_any_full_login_on_the_device_makes_its_locked_code_work_again(world: World) -> None:
    actor, device = await a_device_with_a_code(world)
    for _ in range(6):
        with pytest.raises((WrongAccessCode, AccessCodeLocked)):
            await unlock(world, "0000")
    opened = await by_code(world, actor.profile_id, device=DEVICE)
    assert (opened.session.device_id, opened.is_new_here, opened.device_token) == (device.id, False, None)
    assert await unlock(world)


async def test_unlocking_does_not_give_back_tries_by_itself(world: World) -> None:
    _, device = await a_device_with_a_code(world)
    ticket = await unlock(world)
    with pytest.raises(WrongAccessCode):
        await unlock(world, "0000")
    async with world.database.unit_of_work() as session:
        await sessions.open_session(
            session, ticket=ticket, visitor=VISITOR, browser="Chrome", address=HOME, at=world.clock.now()
        )
    assert (await device_row(world, device)).access_code_misses == 1


async def test_a_device_that_is_remembered_is_not_remembered_twice(world: World) -> None:
    actor, device = await a_device_with_a_code(world)
    opened = await by_code(world, actor.profile_id, device=DEVICE, remember=True)
    assert (opened.session.device_id, opened.device_token, opened.is_remembered) == (device.id, None, True)


async def test_a_forgotten_or_foreign_device_is_a_new_one(world: World) -> None:
    actor, device = await a_device_with_a_code(world)
    stranger = await world.profile(login="andrii")
    assert (await by_code(world, stranger, device=DEVICE)).is_new_here
    async with world.database.unit_of_work() as session:
        await devices.forget(session, actor, device.id or 0, world.clock.now())
    opened = await by_code(world, actor.profile_id, device=DEVICE, remember=True)
    assert opened.is_new_here
    assert opened.device_token is not None
    assert opened.session.device_id != device.id
