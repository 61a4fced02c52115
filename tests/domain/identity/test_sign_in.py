"""Signing in: A2, A3, A9."""

from typing import Any

import pytest

from mykyivstar.domain.identity import flow_codes, sessions, sign_in
from mykyivstar.domain.identity.errors import (
    CodeSpent,
    CookiesOff,
    FlowLost,
    LoginMissing,
    NotALogin,
    NotInRegister,
    PasswordMissing,
    SignInRefused,
    TooManyTries,
    WrongCode,
    WrongCredentials,
)
from mykyivstar.domain.identity.models import FlowKind, FlowStep, Profile, RememberedDevice
from mykyivstar.domain.identity.sign_in import Entered, NeedsCode, NotRegistered
from mykyivstar.domain.lines.models import LineState
from tests.domain.identity.conftest import ACCOUNT, KEY, OLENA, OTHER_VISITOR, PASSWORD, STRANGER, VISITOR, World


async def ask(world: World, typed: str = "067 100 00 01", **changed: Any):
    arguments = world.asking | {"next_path": ""} | changed
    return await sign_in.ask_for_code(world.database.unit_of_work, KEY, typed=typed, **arguments)


async def enter(world: World, code: str, *, visitor: str = VISITOR, remember: bool = False):
    return await sign_in.with_code(
        world.database.unit_of_work, KEY, visitor=visitor, code=code, remember=remember, at=world.clock.now()
    )


async def by_password(world: World, login: str = "olena", password: str = PASSWORD, *, device: str = ""):
    arguments = world.asking | {"next_path": "", "device": device}
    return await sign_in.with_password(world.database.unit_of_work, KEY, login=login, password=password, **arguments)


async def open_session(world: World, ticket: str, *, visitor: str = VISITOR):
    async with world.database.unit_of_work() as session:
        return await sessions.open_session(
            session, ticket=ticket, visitor=visitor, browser="Chrome", address="203.0.113.7", at=world.clock.now()
        )


@pytest.mark.parametrize(
    "typed",
    ["+380671000001", "067-100-00-01", "(067) 100 00 01", "80671000001", "380671000001", "67 100 00 01", "671000001"],
)
async def test_a_number_in_any_writing_and_its_code_lead_in(world: World, typed: str) -> None:
    await world.profile(await world.line())
    reached = await ask(world, typed)
    assert (reached.step, reached.typed) == (FlowStep.CODE, typed)
    entered = await enter(world, (await world.sent_codes())[0])
    assert isinstance(entered, Entered)
    opened = await open_session(world, entered.ticket)
    assert opened is not None
    assert not opened.is_remembered


@pytest.mark.parametrize(
    "typed", ["0004477622", " 000 447 7622 ", "000–447–7622", "№ 0004477622", "\u202a０００４４７７６２２"]
)
async def test_an_account_number_keeps_its_zeros_and_its_code_goes_to_the_contract_phone(
    world: World, typed: str
) -> None:
    await world.account()
    await ask(world, typed)
    assert len(await world.sent_codes(OLENA)) == 1


@pytest.mark.parametrize(
    "typed", ["", "   ", "olena", "12345", "0671000", "067100000", "+48123456789", "067 100 00 0l", "𝟎67"]
)
async def test_what_is_no_number_is_refused_with_a_sentence(world: World, typed: str) -> None:
    with pytest.raises(NotALogin):
        await ask(world, typed)


@pytest.mark.parametrize("kind", ["customer", "inactive", "nobody"])
async def test_every_number_gets_the_same_answer(world: World, kind: str) -> None:
    await world.line()
    await world.line(STRANGER, state=LineState.INACTIVE)
    typed = {"customer": str(OLENA), "inactive": str(STRANGER), "nobody": "0931234567"}[kind]
    reached = await ask(world, typed)
    assert reached.step is FlowStep.CODE
    assert (reached.expires_at - world.clock.now()).total_seconds() == 300
    assert len(await world.sent_codes(STRANGER)) == 0
    with pytest.raises(WrongCode) as refused:
        await enter(world, "????")
    assert refused.value.params == {"tries_left": 4}


async def test_a_proved_number_without_a_profile_goes_on_to_registration(world: World) -> None:
    await world.line()
    await ask(world)
    assert isinstance(await enter(world, (await world.sent_codes())[0]), NotRegistered)
    async with world.database.reading() as session:
        reached = await flow_codes.standing(session, visitor=VISITOR, kind=FlowKind.SIGN_IN, at=world.clock.now())
    assert reached.step is FlowStep.DETAILS


async def test_a_lost_page_finds_its_step_and_another_browser_does_not(world: World) -> None:
    await world.line()
    reached = await ask(world)
    async with world.database.reading() as session:
        again = await flow_codes.standing(session, visitor=VISITOR, kind=FlowKind.SIGN_IN, at=world.clock.now())
        foreign = await flow_codes.standing(session, visitor=OTHER_VISITOR, kind=FlowKind.SIGN_IN, at=world.clock.now())
    assert again == reached
    assert foreign.step is FlowStep.IDENTIFY


async def test_a_code_read_out_to_a_thief_does_not_work_in_the_thiefs_browser(world: World) -> None:
    await world.profile(await world.line())
    await ask(world)
    with pytest.raises(FlowLost):
        await enter(world, (await world.sent_codes())[0], visitor=OTHER_VISITOR)


async def test_another_code_can_be_asked_for_after_a_minute(world: World) -> None:
    await world.line()
    await ask(world)
    again = {"kind": FlowKind.SIGN_IN}
    await flow_codes.send_again(world.database.unit_of_work, KEY, **again, **world.asking)
    assert len(await world.sent_codes()) == 1
    world.later(seconds=60)
    await flow_codes.send_again(world.database.unit_of_work, KEY, **again, **world.asking)
    assert len(await world.sent_codes()) == 2


async def test_a_spent_code_can_be_replaced_at_once(world: World) -> None:
    await world.line()
    await ask(world)
    for _ in range(5):
        with pytest.raises((WrongCode, CodeSpent)):
            await enter(world, "0000")
    await flow_codes.send_again(world.database.unit_of_work, KEY, kind=FlowKind.SIGN_IN, **world.asking)
    assert isinstance(await enter(world, (await world.sent_codes())[0]), NotRegistered)


async def test_a_way_in_is_forgotten_after_half_an_hour(world: World) -> None:
    await world.line()
    await ask(world)
    world.later(minutes=30)
    with pytest.raises(FlowLost):
        await enter(world, (await world.sent_codes())[0])


@pytest.mark.parametrize("login", ["olena", "Olena", "0671000001", "+380 67 100 00 01"])
async def test_login_or_number_and_password_then_a_code(world: World, login: str) -> None:
    await world.profile(await world.line())
    reached = await by_password(world, login)
    assert isinstance(reached, NeedsCode)
    assert isinstance(await enter(world, (await world.sent_codes())[0]), Entered)


async def test_a_wrong_password_and_an_unknown_login_are_refused_alike(world: World) -> None:
    await world.profile(await world.line())
    refusals = []
    for login, password in (("olena", "Kobzar-1841"), ("nobody", PASSWORD)):
        with pytest.raises(WrongCredentials) as refused:
            await by_password(world, login, password)
        refusals.append((refused.value.code, refused.value.params))
    assert refusals[0] == refusals[1]
    assert await world.sent_codes() == []


async def test_the_tenth_wrong_password_is_the_last_for_a_quarter_of_an_hour(world: World) -> None:
    await world.profile(await world.line())
    for _ in range(10):
        with pytest.raises(WrongCredentials):
            await by_password(world, password="Kobzar-1841")
    with pytest.raises(TooManyTries):
        await by_password(world)
    world.later(minutes=15)
    assert isinstance(await by_password(world), NeedsCode)


@pytest.mark.parametrize(
    ("login", "others"),
    [
        ("0004477622", ["000 4477622", "000-447-7622", "0 0 0 4 4 7 7 6 2 2", "№0004477622", "0004477622."]),
        ("0671000001", ["+380 67 100 00 01", "(067) 1000001", "671000001", "067-1000001", "8 067 1000001"]),
    ],
)
async def test_another_writing_of_a_login_gives_no_further_tries(world: World, login: str, others: list[str]) -> None:
    for typed in others * 2:
        with pytest.raises(WrongCredentials):
            await by_password(world, typed, password="wrong")
    with pytest.raises(TooManyTries):
        await by_password(world, login)


@pytest.mark.parametrize(
    ("login", "password", "refused"),
    [("olena", "", PasswordMissing), ("", "Kobzar-1840", LoginMissing), ("  ", "", LoginMissing)],
)
async def test_an_empty_field_is_named_and_is_no_try(
    world: World, login: str, password: str, refused: type[Exception]
) -> None:
    await world.profile(await world.line())
    for _ in range(11):
        with pytest.raises(refused):
            await by_password(world, login, password=password)
    assert isinstance(await by_password(world, "olena"), NeedsCode)


async def test_a_browser_without_cookies_is_told_so(world: World) -> None:
    with pytest.raises(CookiesOff):
        await ask(world, "0671000001", visitor="")


async def test_a_remembered_device_is_not_asked_for_a_code_and_a_foreign_one_is(world: World) -> None:
    mine = await world.profile(await world.line())
    other = await world.profile(login="andrii")
    async with world.database.unit_of_work() as session:
        for profile_id, token in ((mine, "m" * 64), (other, "o" * 64)):
            session.add(
                RememberedDevice(
                    profile_id=profile_id,
                    token_hash=token,
                    name="Chrome",
                    created_at=world.clock.now(),
                    last_used_at=world.clock.now(),
                )
            )
    assert isinstance(await by_password(world, device="m" * 64), Entered)
    assert isinstance(await by_password(world, device="o" * 64), NeedsCode)


async def test_confirmation_switched_off_needs_no_code_anywhere(world: World) -> None:
    profile_id = await world.profile(await world.line())
    async with world.database.unit_of_work() as session:
        (await session.get_one(Profile, profile_id)).sms_confirmation = False
    assert isinstance(await by_password(world), Entered)


async def test_a_closed_profile_is_not_entered(world: World) -> None:
    profile_id = await world.profile(await world.line())
    await ask(world)
    async with world.database.unit_of_work() as session:
        (await session.get_one(Profile, profile_id)).closed_at = world.clock.now()
    with pytest.raises(SignInRefused):
        await enter(world, (await world.sent_codes())[0])


async def test_the_network_vouches_for_active_numbers_only(world: World) -> None:
    await world.profile(await world.line())
    await world.line(STRANGER, state=LineState.INACTIVE)

    async def go(msisdn: Any):
        return await sign_in.by_network(
            world.database.unit_of_work, msisdn=msisdn, visitor=VISITOR, next_path="", at=world.clock.now()
        )

    assert isinstance(await go(OLENA), Entered)
    with pytest.raises(NotInRegister):
        await go(STRANGER)


async def test_a_used_code_does_not_lead_in_twice(world: World) -> None:
    await world.profile(await world.line())
    await ask(world)
    code = (await world.sent_codes())[0]
    await enter(world, code)
    with pytest.raises((FlowLost, CodeSpent)):
        await enter(world, code)


async def test_account_numbers_and_mobile_numbers_are_told_apart(world: World) -> None:
    await world.account(ACCOUNT)
    reached = await ask(world, ACCOUNT)
    assert reached.step is FlowStep.CODE
    assert (await world.codes())[0].subject == f"internet:{ACCOUNT}"
    await ask(world, "0671000001")
    assert (await world.codes())[1].subject == "line:380671000001"


async def test_codes_go_to_ones_own_line_before_the_contact_phone_that_was_typed(world: World) -> None:
    profile_id, alone_id = await world.profile(await world.line()), await world.profile(login="andrii")
    async with world.database.unit_of_work() as session:
        for each in (profile_id, alone_id):
            profile = await session.get_one(Profile, each)
            profile.contact_phone = STRANGER
    async with world.database.reading() as session:
        own = await sign_in.confirmation_phone(session, await session.get_one(Profile, profile_id))
        alone = await sign_in.confirmation_phone(session, await session.get_one(Profile, alone_id))
    assert (own, alone) == (OLENA, STRANGER)
