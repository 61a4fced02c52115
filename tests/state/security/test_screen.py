"""The security screen: what it shows, and what a stranger or a strange argument can do there."""

from datetime import timedelta
from typing import Any

import pytest
import reflex as rx
from sqlmodel import select

from mykyivstar.domain.identity.models import Passkey, Profile, RememberedDevice
from mykyivstar.kit.secret import token_hash
from mykyivstar.state.proof import ProofState
from mykyivstar.state.security.access_code import AccessCodeState
from mykyivstar.state.security.overview import DeviceRow, EventRow, PasskeyRow, SecurityState, SessionRow
from mykyivstar.state.security.passkeys import PasskeysState
from mykyivstar.state.security.password import PasswordState
from mykyivstar.state.security.places import PlacesState
from mykyivstar.state.security.question import QuestionState
from mykyivstar.state.security.sms import SmsSwitchState
from mykyivstar.state.session import SessionState
from tests.domain.identity.conftest import OLENA, PASSWORD, World
from tests.domain.identity.safety import living, remembered, signed_in
from tests.fixtures.authenticator import SoftAuthenticator
from tests.state.tab import Tab, tab_of

CHROME = "Mozilla/5.0 (Linux; Android 15) Chrome/140 Safari/537"
NEW = "Тиха-Вода-7"


async def olena(world: World, *, device: str = "") -> Tab:
    profile_id = await world.profile(await world.line())
    return tab_of(await signed_in(world, profile_id), device=device, browser=CHROME)


async def shown(tab: Tab) -> SecurityState:
    await tab.do(SecurityState, "load")
    return await tab.state(SecurityState)


async def add_passkey(tab: Tab, device: SoftAuthenticator) -> Any:
    await tab.do(PasskeysState, "add")
    form = await tab.state(PasskeysState)
    made = device.create(form.passkey_request)
    return await tab.do(PasskeysState, "made", answer={name: getattr(made, name) for name in made.__slots__})


async def test_the_screen_shows_what_opens_the_profile(world: World) -> None:
    tab = await olena(world, device=token_hash("device"))
    assert tab.who.actor is not None
    profile_id, iso = tab.who.actor.profile_id, world.clock.now().isoformat()
    device = await remembered(world, profile_id)
    await add_passkey(tab, SoftAuthenticator())
    other = await signed_in(world, profile_id, device_id=device.id)
    screen = await shown(tab)
    here = tab.who.actor.session_id
    assert screen.sessions == [
        SessionRow(here, "Chrome, Android", "", iso, is_here=True),
        SessionRow(other.session_id, "Chrome, Android", "", iso, is_here=False),
    ]
    assert screen.devices == [DeviceRow(device.id, "Chrome, Android", iso, has_access_code=False, is_here=True)]
    assert screen.passkeys == [PasskeyRow(1, "Chrome, Android", iso, "")]
    assert screen.events == [EventRow("passkey_added", "Chrome, Android", iso)]
    assert (screen.has_password, screen.sms_on, screen.question) == (True, True, "")
    assert (screen.is_remembered, screen.has_access_code) == (True, False)


async def test_this_browser_is_remembered_once_it_is_proved_whose_it_is(world: World) -> None:
    tab = await olena(world)
    await tab.do(PlacesState, "remember")
    gate = await tab.state(SessionState)
    assert (gate.remembering, gate.next_path) == (True, "/profile/security")
    later = tab_of(await signed_in(world, await world.profile(login="andrii"), proved=False), browser=CHROME)
    await later.do(PlacesState, "remember")
    assert not (await later.state(SessionState)).remembering
    assert (await later.state(ProofState)).is_open


async def test_nothing_of_a_stranger_is_shown(world: World) -> None:
    stranger_id = await world.profile(login="andrii")
    await remembered(world, stranger_id)
    await signed_in(world, stranger_id)
    tab = await olena(world, device=token_hash("device"))
    screen = await shown(tab)
    assert len(screen.sessions) == 1
    assert (screen.devices, screen.is_remembered) == ([], False)


async def test_a_stranger_can_neither_end_nor_forget_nor_rename_nor_remove(world: World) -> None:
    tab = await olena(world)
    assert tab.who.actor is not None
    await add_passkey(tab, SoftAuthenticator())
    device = await remembered(world, tab.who.actor.profile_id)
    stranger = tab_of(await signed_in(world, await world.profile(login="andrii")))
    await stranger.do(PlacesState, "end", session_id=tab.who.actor.session_id)
    await stranger.do(PlacesState, "forget", device_id=device.id)
    await stranger.do(PasskeysState, "remove", passkey_id=1)
    await stranger.do(PasskeysState, "begin_renaming", passkey_id=1, name="")
    await stranger.do(PasskeysState, "rename", form={"name": "Mine"})
    for form in (PlacesState, PasskeysState):
        state: Any = await stranger.state(form)
        assert state.refusal["en"].startswith("We could not find this.")
    async with world.database.reading() as session:
        [passkey] = await session.exec(select(Passkey))
        [stored] = await session.exec(select(RememberedDevice))
    assert (passkey.name, passkey.removed_at, stored.forgotten_at) == ("Chrome, Android", None, None)
    assert tab.who.actor.session_id in await living(world)


@pytest.mark.parametrize(
    ("form", "handler", "arguments"),
    [
        (PlacesState, "end", {"session_id": "1"}),
        (PlacesState, "end", {"session_id": 1.5}),
        (PlacesState, "forget", {"device_id": None}),
        (PlacesState, "forget", {"device_id": True}),
        (PasskeysState, "made", {"answer": {"id": 1, "client_data": "", "attestation": ""}}),
        (PasskeysState, "remove", {"passkey_id": [1]}),
        (PasskeysState, "rename", {"form": {"name": {"$ne": ""}}}),
        (PasswordState, "change", {"form": {"password": 5}}),
        (AccessCodeState, "choose", {"form": {"access_code": 7294, "access_code_again": 7294}}),
        (QuestionState, "choose", {"form": {"question": "Хто ваш перший учитель?"}}),
        (SmsSwitchState, "switch_off", {"form": {}}),
        (SmsSwitchState, "switch_off", {"form": {"switch_off_code": "x" * 2001}}),
    ],
)
async def test_arguments_of_another_shape_are_refused(
    world: World, form: type[rx.State], handler: str, arguments: dict[str, Any]
) -> None:
    tab = await olena(world)
    await tab.do(form, handler, **arguments)
    state: Any = await tab.state(form)
    assert state.refusal["en"].startswith("This request could not be understood.")
    assert state.done_at == ""


async def test_each_form_says_that_it_is_done_and_brings_the_screen_up_to_date(world: World) -> None:
    tab = await olena(world, device=token_hash("device"))
    assert tab.who.actor is not None
    await remembered(world, tab.who.actor.profile_id)
    done: list[tuple[type[rx.State], str, dict[str, Any]]] = [
        (
            PasswordState,
            "change",
            {"form": {"current": PASSWORD, "password": NEW, "password_again": NEW}},
        ),
        (AccessCodeState, "choose", {"form": {"access_code": " 7294 ", "access_code_again": "7294"}}),
        (AccessCodeState, "remove", {}),
        (QuestionState, "choose", {"form": {"question": "Хто ваш перший учитель?", "answer": "Марія"}}),
        (PlacesState, "end_others", {}),
        (PlacesState, "forget_all", {}),
        (SmsSwitchState, "switch_on", {}),
    ]
    for form, handler, arguments in done:
        world.later(seconds=1)
        assert await tab.do(form, handler, **arguments) == SecurityState.load, handler
        state: Any = await tab.state(form)
        assert (state.done_at, state.refusal, state.field_refusals) == (world.clock.now().isoformat(), {}, {}), handler


async def test_refusals_stand_beside_their_fields(world: World) -> None:
    tab = await olena(world, device=token_hash("device"))
    assert tab.who.actor is not None
    await remembered(world, tab.who.actor.profile_id)
    for form, handler, typed, field in (
        (PasswordState, "change", {"current": "x", "password": NEW, "password_again": NEW}, "current"),
        (PasswordState, "change", {"current": PASSWORD, "password": "x", "password_again": "x"}, "password"),
        (PasswordState, "change", {"current": PASSWORD, "password": NEW, "password_again": ""}, "password_again"),
        (PasswordState, "change", {"current": None, "password": NEW, "password_again": NEW}, "current"),
        (AccessCodeState, "choose", {"access_code": "12", "access_code_again": ""}, "access_code"),
        (AccessCodeState, "choose", {"access_code": "7294", "access_code_again": ""}, "access_code_again"),
        (QuestionState, "choose", {"question": "?", "answer": ""}, "question"),
        (QuestionState, "choose", {"question": "Хто ваш перший учитель?", "answer": ""}, "answer"),
        (SmsSwitchState, "switch_off", {"switch_off_code": ""}, "code"),
    ):
        await tab.do(form, handler, form=typed)
        state: Any = await tab.state(form)
        assert set(state.field_refusals) == {field}, typed


async def test_what_could_hurt_asks_for_a_proof_first(world: World) -> None:
    fresh = await olena(world, device=token_hash("device"))
    assert fresh.who.actor is not None
    profile_id = fresh.who.actor.profile_id
    device = await remembered(world, profile_id)
    for form, handler, arguments in (
        (PasswordState, "change", {"form": {"current": PASSWORD, "password": NEW, "password_again": NEW}}),
        (PasskeysState, "add", {}),
        (PasskeysState, "remove", {"passkey_id": 1}),
        (AccessCodeState, "choose", {"form": {"access_code": "7294", "access_code_again": "7294"}}),
        (QuestionState, "choose", {"form": {"question": "Хто ваш перший учитель?", "answer": "Марія"}}),
        (PlacesState, "end", {"session_id": fresh.who.actor.session_id}),
        (PlacesState, "end_others", {}),
        (PlacesState, "forget", {"device_id": device.id}),
        (PlacesState, "forget_all", {}),
        (SmsSwitchState, "send_code", {}),
        (SmsSwitchState, "switch_off", {"form": {"switch_off_code": "K7MD"}}),
    ):
        tab = tab_of(await signed_in(world, profile_id, proved=False), device=token_hash("device"))
        await tab.do(form, handler, **arguments)
        assert (await tab.state(ProofState)).is_open, handler


async def test_switching_sms_off_is_warned_about_and_takes_a_code(world: World) -> None:
    tab = await olena(world)
    assert tab.who.actor is not None
    form = await tab.state(SmsSwitchState)
    await tab.do(SmsSwitchState, "warn")
    assert (form.is_warned, form.sent_to) == (True, "")
    assert await world.codes() == []
    await tab.do(SmsSwitchState, "send_code")
    assert form.sent_to == OLENA.digits
    assert form.resend_at == (world.clock.now() + timedelta(seconds=60)).isoformat()
    lost = Tab(tab.who)
    await lost.do(SmsSwitchState, "load")
    assert (await lost.state(SmsSwitchState)).sent_to == OLENA.digits
    code = (await world.sent_codes())[0]
    assert await lost.do(SmsSwitchState, "switch_off", form={"switch_off_code": code}) == SecurityState.load
    async with world.database.reading() as session:
        assert not (await session.get_one(Profile, tab.who.actor.profile_id)).sms_confirmation
    await tab.do(SmsSwitchState, "switch_off", form={"switch_off_code": code})
    assert set(form.field_refusals) == {"code"}


async def test_no_secret_is_sent_to_the_browser(world: World) -> None:
    tab = await olena(world, device=token_hash("device"))
    assert tab.who.actor is not None
    await remembered(world, tab.who.actor.profile_id)
    await tab.do(PasswordState, "change", form={"current": PASSWORD, "password": NEW, "password_again": NEW})
    await tab.do(AccessCodeState, "choose", form={"access_code": "729461", "access_code_again": "729461"})
    await tab.do(QuestionState, "choose", form={"question": "Хто ваш перший учитель?", "answer": "Марія"})
    await tab.do(SecurityState, "load")
    public = repr(tab.root.dict())
    for secret in (PASSWORD, NEW, "729461", "Марія", "argon2", token_hash("device"), "token"):
        assert secret not in public.replace("client_token", ""), secret
