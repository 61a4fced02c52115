"""The passkey button and the access code of the sign-in screen: A6, A11."""

from typing import Any

import pytest

from mykyivstar import routes
from mykyivstar.domain.identity import access_code
from mykyivstar.kit.secret import token_hash
from mykyivstar.state.other_ways import AccessCodeLoginState, PasskeyLoginState
from mykyivstar.state.security.passkeys import PasskeysState
from mykyivstar.state.session import SessionState
from tests.domain.identity.conftest import OTHER_VISITOR, World
from tests.domain.identity.safety import HOME, remembered, signed_in
from tests.fixtures.authenticator import SoftAuthenticator
from tests.state.tab import Tab, tab_of

DEVICE = token_hash("device")


def texts(answer: Any) -> dict[str, str]:
    return {name: getattr(answer, name) for name in answer.__slots__}


async def a_passkey(world: World) -> SoftAuthenticator:
    device = SoftAuthenticator()
    tab = tab_of(await signed_in(world, await world.profile()))
    await tab.do(PasskeysState, "add")
    made = device.create((await tab.state(PasskeysState)).passkey_request)
    await tab.do(PasskeysState, "made", answer=texts(made))
    return device


async def test_a_passkey_earns_a_ticket(world: World) -> None:
    device, tab = await a_passkey(world), tab_of(None)
    await tab.do(PasskeyLoginState, "ask")
    state = await tab.state(PasskeyLoginState)
    await tab.do(PasskeyLoginState, "used", answer=texts(device.get(state.passkey_request)))
    assert (await tab.state(SessionState)).ticket
    assert (await tab.state(SessionState)).next_path == routes.HOME
    assert (state.passkey_request, state.busy) == ("", True)


async def test_an_answer_carried_to_another_browser_earns_nothing(world: World) -> None:
    device, tab, thief = await a_passkey(world), tab_of(None), tab_of(None, visitor=OTHER_VISITOR)
    await tab.do(PasskeyLoginState, "ask")
    answer = texts(device.get((await tab.state(PasskeyLoginState)).passkey_request))
    await thief.do(PasskeyLoginState, "used", answer=answer)
    assert (await thief.state(SessionState)).ticket == ""
    assert (await thief.state(PasskeyLoginState)).refusal["en"].startswith("This took too long.")


async def test_a_device_with_an_access_code_is_offered_it_and_no_other_is(world: World) -> None:
    tab = await a_device_with_a_code(world)
    state = await tab.state(AccessCodeLoginState)
    assert state.is_offered
    await tab.do(AccessCodeLoginState, "another_way")
    assert not state.is_offered
    for device in ("", token_hash("other")):
        other = tab_of(None, device=device)
        await other.do(AccessCodeLoginState, "load")
        assert not (await other.state(AccessCodeLoginState)).is_offered
        await other.do(AccessCodeLoginState, "unlock", form={"access_code": "7294"})
        assert (await other.state(SessionState)).ticket == ""


async def test_the_access_code_earns_a_ticket_and_a_wrong_one_says_what_is_left(world: World) -> None:
    tab = await a_device_with_a_code(world)
    await tab.do(AccessCodeLoginState, "unlock", form={"access_code": "0000"})
    state = await tab.state(AccessCodeLoginState)
    assert state.field_refusals["access_code"]["en"] == "This is not the access code. Tries left: 4."
    await tab.do(AccessCodeLoginState, "unlock", form={"access_code": "7294"})
    assert (await tab.state(SessionState)).ticket


@pytest.mark.parametrize("typed", [7294, None, ["7294"], "7" * 2001])
async def test_a_code_of_another_shape_is_no_try(world: World, typed: Any) -> None:
    tab = await a_device_with_a_code(world)
    for _ in range(6):
        await tab.do(AccessCodeLoginState, "unlock", form={"access_code": typed})
    state = await tab.state(AccessCodeLoginState)
    assert state.refusal["en"].startswith("This request could not be understood.")
    await tab.do(AccessCodeLoginState, "unlock", form={"access_code": "7294"})
    assert (await tab.state(SessionState)).ticket


async def a_device_with_a_code(world: World) -> Tab:
    profile_id = await world.profile()
    await remembered(world, profile_id)
    await access_code.set_code(
        world.database.unit_of_work,
        await signed_in(world, profile_id),
        device_hash=DEVICE,
        code="7294",
        again="7294",
        address=HOME,
        at=world.clock.now(),
    )
    tab = tab_of(None, device=DEVICE)
    await tab.do(AccessCodeLoginState, "load")
    return tab
