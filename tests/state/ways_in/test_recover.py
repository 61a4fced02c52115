"""The recovery screen: A8."""

from typing import Any

import pytest

from mykyivstar import routes
from mykyivstar.domain.identity import secret_question
from mykyivstar.domain.identity.models import Profile
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.state.recover import RecoverState
from mykyivstar.state.session import SessionState
from tests.domain.identity.conftest import OTHER_VISITOR, World
from tests.domain.identity.safety import signed_in
from tests.state.tab import Tab, tab_of

QUESTION, ANSWER = "Як звали вашого першого вчителя?", "Марія Іванівна"
NEW = "Тиха-Вода-7"


async def a_tab(world: World, *, question: bool = True, **profile: Any) -> Tab:
    """Somebody who has forgotten the password of Olena's profile."""
    profile_id = await world.profile(await world.line())
    prepared = await secret_question.prepare(QUESTION, ANSWER)
    async with world.database.unit_of_work() as session:
        stored = await session.get_one(Profile, profile_id)
        if question:
            secret_question.put(stored, prepared)
        for name, value in profile.items():
            setattr(stored, name, value)
    tab = tab_of(None)
    await tab.do(RecoverState, "load")
    return tab


async def prove_number(world: World, tab: Tab) -> RecoverState:
    await tab.do(RecoverState, "send_code", form={"number": "067 100 00 01"})
    await tab.do(RecoverState, "enter_code", form={"code": (await world.sent_codes())[0]})
    return await tab.state(RecoverState)


async def test_the_screen_goes_step_by_step_to_a_ticket(world: World) -> None:
    tab = await a_tab(world)
    screen = await tab.state(RecoverState)
    assert (screen.ready, screen.step) == (True, "identify")
    await tab.do(RecoverState, "send_code", form={"number": "067 100 00 01"})
    assert (screen.step, screen.typed, screen.question) == ("code", "067 100 00 01", "")
    await tab.do(RecoverState, "enter_code", form={"code": (await world.sent_codes())[0]})
    assert (screen.step, screen.question, screen.is_at_end) == ("second_proof", QUESTION, False)
    await tab.do(RecoverState, "answer_question", form={"answer": ANSWER})
    assert screen.step == "new_password"
    await tab.do(RecoverState, "finish", form={"password": NEW, "password_again": NEW})
    assert (await tab.state(SessionState)).ticket
    assert (await tab.state(SessionState)).next_path == routes.HOME


async def test_a_tab_that_lost_everything_finds_its_step_and_another_browser_does_not(world: World) -> None:
    tab = await a_tab(world)
    await prove_number(world, tab)
    lost, foreign = Tab(tab.who), tab_of(None, visitor=OTHER_VISITOR)
    for other, step in ((lost, "second_proof"), (foreign, "identify")):
        await other.do(RecoverState, "load")
        assert (await other.state(RecoverState)).step == step


async def test_who_has_no_second_proof_is_told_where_to_go(world: World) -> None:
    screen = await prove_number(world, await a_tab(world, question=False))
    assert (screen.step, screen.is_at_end) == ("second_proof", True)


async def test_who_gives_up_is_told_too_and_may_begin_again(world: World) -> None:
    tab = await a_tab(world)
    screen = await prove_number(world, tab)
    await tab.do(RecoverState, "give_up")
    assert screen.is_at_end
    await tab.do(RecoverState, "start_over")
    assert (screen.step, screen.is_at_end, screen.typed) == ("identify", False, "067 100 00 01")


async def test_after_five_wrong_answers_the_screen_says_where_to_go(world: World) -> None:
    tab = await a_tab(world)
    screen = await prove_number(world, tab)
    for left in (4, 3, 2, 1):
        await tab.do(RecoverState, "answer_question", form={"answer": "Марія"})
        assert screen.field_refusals["answer"]["en"].endswith(f"Tries left: {left}.")
    await tab.do(RecoverState, "answer_question", form={"answer": "Марія"})
    assert (screen.question, screen.is_at_end) == ("", True)
    assert screen.refusal["en"].startswith("The secret question is locked.")


@pytest.mark.parametrize(("profile", "outcome"), [({"is_employee": True}, "employee"), (None, "no_profile")])
async def test_an_employee_and_a_number_without_a_profile_are_told_after_the_code(
    world: World, profile: dict[str, Any] | None, outcome: str
) -> None:
    if profile is None:
        await world.line()
        tab = tab_of(None)
    else:
        tab = await a_tab(world, **profile)
    screen = await prove_number(world, tab)
    assert (screen.step, screen.outcome) == ("identify", outcome)
    assert set(screen.refusal) == {"uk", "en", "ru"}


async def test_a_stranger_number_gets_the_same_screen(world: World) -> None:
    tab = await a_tab(world)
    screens = []
    for typed in (Msisdn("380671000001").e164, "+380931234567"):
        await tab.do(RecoverState, "send_code", form={"number": typed})
        state = (await tab.state(RecoverState)).dict()[RecoverState.get_full_name()]
        screens.append({name: value for name, value in state.items() if not name.startswith("typed")})
        world.later(seconds=0)
    assert screens[0] == screens[1]


async def test_whoever_is_signed_in_goes_to_security_instead(world: World) -> None:
    tab = tab_of(await signed_in(world, await world.profile()))
    spec = await tab.do(RecoverState, "load")
    assert routes.PROFILE_SECURITY in str(spec.args)


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        ("send_code", {"form": {"number": 5}}),
        ("enter_code", {"form": {}}),
        ("answer_question", {"form": {"answer": None}}),
        ("passkey_used", {"answer": {"id": "x"}}),
        ("passkey_failed", {"reason": "because"}),
        ("finish", {"form": {"password": NEW}}),
    ],
)
async def test_arguments_of_another_shape_are_refused(world: World, handler: str, arguments: dict[str, Any]) -> None:
    tab = await a_tab(world)
    await tab.do(RecoverState, handler, **arguments)
    assert (await tab.state(RecoverState)).refusal["en"].startswith("This request could not be understood.")


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        ("answer_question", {"form": {"answer": ANSWER}}),
        ("ask_passkey", {}),
        ("finish", {"form": {"password": NEW, "password_again": NEW}}),
    ],
)
async def test_no_step_can_be_jumped_to(world: World, handler: str, arguments: dict[str, Any]) -> None:
    tab = await a_tab(world)
    await tab.do(RecoverState, handler, **arguments)
    screen = await tab.state(RecoverState)
    assert (screen.step, screen.passkey_request) == ("identify", "")
    assert screen.refusal["en"].startswith("This took too long")
    assert (await tab.state(SessionState)).ticket == ""
