"""The proof dialog: opens for want of a proof, and repeats what was refused (O9)."""

import json
from datetime import timedelta
from typing import Any

import pytest

from mykyivstar.domain.identity import passkeys
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.passkey_ceremony import RelyingParty
from mykyivstar.state.proof import ProofState
from mykyivstar.state.refused_events import RefusedEvent, RefusedEvents, refused_events
from mykyivstar.state.security.overview import SecurityState
from mykyivstar.state.security.places import PlacesState
from mykyivstar.state.security.question import QuestionState
from tests.domain.identity.conftest import OLENA, PASSWORD, VISITOR, World
from tests.domain.identity.safety import living, signed_in
from tests.fixtures.authenticator import SoftAuthenticator
from tests.state.tab import Tab, tab_of

QUESTION = {"form": {"question": "Хто ваш перший учитель?", "answer": "Марія"}}


async def a_tab(world: World) -> Tab:
    """Olena, signed in long ago."""
    profile_id = await world.profile(await world.line())
    return tab_of(await signed_in(world, profile_id, proved=False))


async def refuse(tab: Tab) -> ProofState:
    """Olena tries to set a secret question and is asked for a proof."""
    await tab.do(QuestionState, "choose", **QUESTION)
    return await tab.state(ProofState)


async def question(world: World, tab: Tab) -> str | None:
    assert tab.who.actor is not None
    async with world.database.reading() as session:
        return (await session.get_one(Profile, tab.who.actor.profile_id)).secret_question


async def go_on(world: World, tab: Tab, event: Any) -> Any:
    tab.proved(world.clock.now())
    return await tab.repeat(event)


async def test_the_dialog_opens_instead_of_a_refusal(world: World) -> None:
    tab = await a_tab(world)
    dialog = await refuse(tab)
    form = await tab.state(QuestionState)
    assert (dialog.is_open, dialog.way, dialog.has_password, dialog.has_passkey) == (True, "code", True, False)
    assert [phone.value for phone in dialog.phones] == [OLENA.digits]
    assert (form.refusal, form.field_refusals, form.done_at) == ({}, {}, "")
    assert await question(world, tab) is None


async def test_after_the_code_the_refused_event_is_repeated_with_all_that_was_typed(world: World) -> None:
    tab = await a_tab(world)
    dialog = await refuse(tab)
    await tab.do(ProofState, "send_code", to=OLENA.digits)
    assert dialog.sent_to == OLENA.digits
    assert dialog.expires_at == (world.clock.now() + timedelta(minutes=5)).isoformat()
    event = await tab.do(ProofState, "enter_code", form={"proof_code": (await world.sent_codes())[0]})
    assert (dialog.is_open, dialog.sent_to) == (False, "")
    assert event.name == f"{QuestionState.get_full_name()}.choose"
    assert event.payload == QUESTION
    assert await go_on(world, tab, event) == SecurityState.load
    assert await question(world, tab) == "Хто ваш перший учитель?"


async def test_after_the_password_too_and_a_wrong_one_is_said_beside_its_field(world: World) -> None:
    tab = await a_tab(world)
    dialog = await refuse(tab)
    assert await tab.do(ProofState, "enter_password", form={"proof_password": "wrong"}) is None
    assert dialog.is_open
    assert dialog.field_refusals["password"]["uk"].startswith("Це не ваш пароль")
    event = await tab.do(ProofState, "enter_password", form={"proof_password": PASSWORD})
    await go_on(world, tab, event)
    assert await question(world, tab) == "Хто ваш перший учитель?"


async def test_after_a_passkey_too(world: World) -> None:
    tab, device = await a_tab(world), SoftAuthenticator()
    site = RelyingParty("localhost", "My Kyivstar", ("http://localhost:3000",))
    assert tab.who.actor is not None
    about = {"profile_id": tab.who.actor.profile_id, "visitor": VISITOR, "at": world.clock.now()}
    unit_of_work = world.database.unit_of_work
    made = device.create(await passkeys.making_options(unit_of_work, site, **about))
    await passkeys.add(unit_of_work, site, answer=made, name="", address="", **about)
    dialog = await refuse(tab)
    assert dialog.way == "passkey"
    await tab.do(ProofState, "ask_passkey")
    assert json.loads(dialog.passkey_request)["userVerification"] == "required"
    used = device.get(dialog.passkey_request)
    answer = {name: getattr(used, name) for name in used.__slots__}
    event = await tab.do(ProofState, "passkey_used", answer=answer)
    assert dialog.passkey_request == ""
    await go_on(world, tab, event)
    assert await question(world, tab) == "Хто ваш перший учитель?"


@pytest.mark.parametrize("reason", ["cancelled", "known", "address", "failed"])
async def test_a_passkey_that_fails_leaves_the_dialog_with_a_sentence(world: World, reason: str) -> None:
    tab = await a_tab(world)
    dialog = await refuse(tab)
    await tab.do(ProofState, "ask_passkey")
    await tab.do(ProofState, "passkey_failed", reason=reason)
    assert dialog.is_open
    assert dialog.passkey_request == ""
    assert set(dialog.refusal) == {"uk", "en", "ru"}


async def test_a_cancelled_dialog_repeats_nothing(world: World) -> None:
    tab = await a_tab(world)
    dialog = await refuse(tab)
    await tab.do(ProofState, "cancel")
    assert not dialog.is_open
    assert await tab.do(ProofState, "enter_password", form={"proof_password": PASSWORD}) is None
    assert await question(world, tab) is None


async def test_the_last_refused_event_is_the_one_repeated_and_only_once(world: World) -> None:
    tab = await a_tab(world)
    assert tab.who.actor is not None
    other = await signed_in(world, tab.who.actor.profile_id)
    await refuse(tab)
    await tab.do(PlacesState, "end", session_id=other.session_id)
    event = await tab.do(ProofState, "enter_password", form={"proof_password": PASSWORD})
    assert event.payload == {"session_id": other.session_id}
    await go_on(world, tab, event)
    assert await living(world) == [tab.who.actor.session_id]
    assert await tab.do(ProofState, "enter_password", form={"proof_password": PASSWORD}) is None


async def test_another_session_of_the_same_person_repeats_nothing(world: World) -> None:
    tab = await a_tab(world)
    await refuse(tab)
    assert tab.who.actor is not None
    elsewhere = tab_of(await signed_in(world, tab.who.actor.profile_id, proved=False))
    assert await elsewhere.do(ProofState, "enter_password", form={"proof_password": PASSWORD}) is None


async def test_nothing_of_a_refused_event_is_in_the_state(world: World) -> None:
    tab = await a_tab(world)
    await refuse(tab)
    stored = (await tab.state(ProofState)).dict() | vars(await tab.state(ProofState))
    assert "Марія" not in repr(stored)


async def test_a_code_that_is_out_is_shown_again_when_the_dialog_comes_back(world: World) -> None:
    tab = await a_tab(world)
    await refuse(tab)
    await tab.do(ProofState, "send_code", to=OLENA.digits)
    lost = Tab(tab.who)
    assert (await refuse(lost)).sent_to == OLENA.digits


async def test_a_strangers_phone_gets_no_code(world: World) -> None:
    tab = await a_tab(world)
    dialog = await refuse(tab)
    await tab.do(ProofState, "send_code", to="380501234567")
    assert dialog.sent_to == ""
    assert await world.codes() == []


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        ("send_code", {"to": 5}),
        ("enter_code", {"form": {"proof_code": None}}),
        ("enter_code", {"form": {}}),
        ("enter_password", {"form": "secret"}),
        ("passkey_used", {"answer": {"id": "x"}}),
        ("passkey_failed", {"reason": "because"}),
        ("choose_way", {"way": "bribe"}),
    ],
)
async def test_arguments_of_another_shape_are_refused(world: World, handler: str, arguments: dict[str, Any]) -> None:
    tab = await a_tab(world)
    dialog = await refuse(tab)
    await tab.do(ProofState, handler, **arguments)
    assert dialog.refusal["en"].startswith("This request could not be understood.")


def test_a_refused_event_waits_ten_minutes_and_no_longer(world: World) -> None:
    waiting, at = RefusedEvents(), world.clock.now()
    for seconds, is_there in ((600, True), (601, False)):
        waiting.keep(1, "tab", RefusedEvent("name", {}, at))
        found = waiting.take(1, "tab", at + timedelta(seconds=seconds))
        assert (found is not None) is is_there
        assert waiting.take(1, "tab", at) is None


def test_ten_thousand_tabs_may_wait_and_then_the_oldest_gives_way(world: World) -> None:
    waiting, at = RefusedEvents(), world.clock.now()
    for session_id in range(10_001):
        waiting.keep(session_id, "tab", RefusedEvent("name", {}, at))
    assert waiting.take(0, "tab", at) is None
    assert waiting.take(1, "tab", at) is not None
    assert refused_events is not waiting
