"""The screens of signing in and registration together: A1, A2, A9."""

import dataclasses

import pytest

from mykyivstar import routes
from mykyivstar.state.login import LoginState
from mykyivstar.state.register import RegisterState
from mykyivstar.state.session import SessionState
from tests.domain.identity.conftest import PASSWORD, World
from tests.state.tab import Tab, tab_of

DETAILS = {"login": "", "password": "Kobzar-1840", "password_again": "Kobzar-1840", "terms": "on"}


def leads_to(answer: object, path: str) -> bool:
    return f'"{path}"' in str(answer)


async def led_to_details(world: World) -> Tab:
    """Somebody who came to sign in with a number that has no profile yet."""
    await world.line()
    tab = tab_of(None)
    await tab.do(LoginState, "send_code", form={"number": "067 100 00 01"})
    assert leads_to(
        await tab.do(LoginState, "enter_code", form={"code": (await world.sent_codes())[0]}), routes.REGISTER
    )
    await tab.do(RegisterState, "load")
    assert (await tab.state(RegisterState)).step == "details"
    return tab


async def test_who_is_led_to_registration_can_still_sign_in_with_another_number(world: World) -> None:
    tab = await led_to_details(world)
    assert leads_to(await tab.do(LoginState, "load"), routes.REGISTER)
    assert leads_to(await tab.do(RegisterState, "rather_sign_in"), routes.LOGIN)
    assert await tab.do(LoginState, "load") is None
    assert (await tab.state(LoginState)).step == "identify"


async def test_another_number_can_be_registered_instead(world: World) -> None:
    tab = await led_to_details(world)
    await tab.do(RegisterState, "start_over")
    await tab.do(RegisterState, "load")
    assert (await tab.state(RegisterState)).step == "identify"


async def test_a_refused_last_step_can_be_mended_and_ends_in_one_ticket(world: World) -> None:
    tab = await led_to_details(world)
    screen = await tab.state(RegisterState)
    await tab.do(RegisterState, "complete", form=DETAILS)
    assert list(screen.field_refusals) == ["agreements"]
    await tab.do(RegisterState, "complete", form=DETAILS | {"personal_data": "on"})
    assert (await tab.state(SessionState)).ticket
    await tab.do(RegisterState, "complete", form=DETAILS | {"personal_data": "on"})
    assert "started again" in screen.refusal["en"]


@pytest.mark.parametrize("typed", ["", " ", "K7", "Код: K7MD, нікому не кажіть"])
async def test_what_is_no_whole_code_is_said_beside_the_field_and_costs_nothing(world: World, typed: str) -> None:
    await world.line()
    tab = tab_of(None)
    await tab.do(RegisterState, "send_code", form={"number": "67 100 00 01"})
    for _ in range(6):
        await tab.do(RegisterState, "enter_code", form={"code": typed})
    screen = await tab.state(RegisterState)
    assert screen.field_refusals["code"]["uk"] == "Код має 4 літери або цифри. Введіть їх усі."
    await tab.do(RegisterState, "enter_code", form={"code": (await world.sent_codes())[0]})
    assert screen.step == "details"


async def test_a_number_of_another_network_is_told_what_it_is(world: World) -> None:
    tab = tab_of(None)
    tab.who = dataclasses.replace(tab.who, network_msisdn="380501234567")
    await tab.do(LoginState, "load")
    await tab.do(LoginState, "enter_by_network")
    screen = await tab.state(LoginState)
    assert screen.refusal["en"] == "This number is not active with us. Sign in with another one."
    assert screen.network_number == ""


async def test_an_empty_password_is_said_beside_its_field(world: World) -> None:
    await world.profile(await world.line())
    tab = tab_of(None)
    await tab.do(LoginState, "enter_password", form={"login": "olena", "password": ""})
    screen = await tab.state(LoginState)
    assert screen.field_refusals["password"]["uk"] == "Введіть пароль."
    await tab.do(LoginState, "enter_password", form={"login": " ", "password": PASSWORD})
    assert screen.field_refusals["login"]["uk"] == "Введіть логін, номер або рахунок."
