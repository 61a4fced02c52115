"""A member's passkeys on their own page, and at the door."""

from dataclasses import asdict
from typing import Any

import pytest

from mykyivstar import wiring
from mykyivstar.domain.identity import passwords
from mykyivstar.domain.identity.passkey_ceremony import RelyingParty
from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.state.desk import account, session
from mykyivstar.state.desk.account import DeskAccountState
from mykyivstar.state.desk.session import DeskLoginState, DeskState
from tests.fixtures.authenticator import SoftAuthenticator
from tests.state.rooms import Rooms

SITE = RelyingParty("localhost", "My Kyivstar", ("http://localhost:3000",))
PASSWORD = {"password": "Kobzar-1840"}


@pytest.fixture(autouse=True)
async def door(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    async def matches(typed: str, stored: str | None) -> bool:
        return typed == stored

    monkeypatch.setattr(passwords, "matches", matches)
    monkeypatch.setattr(wiring, "secret_key", lambda: b"k" * 32)
    for module in (account, session):
        monkeypatch.setattr(module, "relying_party", lambda: SITE)
    async with rooms.database.unit_of_work() as work:
        member = await work.get_one(StaffMember, rooms.solomiia.staff_id)
        member.password_hash, member.phone = PASSWORD["password"], Msisdn("380678000001")


async def added(rooms: Rooms) -> tuple[Any, SoftAuthenticator]:
    desk, device = rooms.tab("/desk/account", staff=rooms.solomiia), SoftAuthenticator()
    shown = await desk.state(DeskAccountState)
    await desk.do(DeskAccountState, "load")
    await desk.do(DeskAccountState, "ask_password")
    await desk.do(DeskAccountState, "add", form=PASSWORD)
    answer = asdict(device.create(shown.passkey_request))
    await desk.do(DeskAccountState, "made", answer=answer)
    await desk.do(DeskAccountState, "made", answer=answer)
    return desk, device


async def test_a_passkey_is_made_once_and_removed_once(rooms: Rooms) -> None:
    desk, _ = await added(rooms)
    shown = await desk.state(DeskAccountState)
    assert (len(shown.passkeys), shown.is_adding, shown.passkey_request) == (1, False, "")
    await desk.do(DeskAccountState, "ask_before_removing", passkey_id=shown.passkeys[0].id)
    await desk.do(DeskAccountState, "put_away")
    await desk.do(DeskAccountState, "remove")
    assert len(shown.passkeys) == 1
    await desk.do(DeskAccountState, "ask_before_removing", passkey_id=shown.passkeys[0].id)
    stranger = rooms.tab("/desk/account", staff=rooms.bohdan)
    await stranger.do(DeskAccountState, "ask_before_removing", passkey_id=shown.passkeys[0].id)
    await stranger.do(DeskAccountState, "remove")
    assert (await stranger.state(DeskAccountState)).refusal
    await desk.do(DeskAccountState, "remove")
    await desk.do(DeskAccountState, "remove")
    assert (shown.passkeys, shown.done) == ([], 2)


async def test_a_wrong_password_asks_the_browser_for_nothing(rooms: Rooms) -> None:
    desk = rooms.tab("/desk/account", staff=rooms.solomiia)
    shown = await desk.state(DeskAccountState)
    await desk.do(DeskAccountState, "ask_password")
    await desk.do(DeskAccountState, "add", form={"password": "x"})
    assert (list(shown.field_refusals), shown.passkey_request, shown.is_adding) == (["password"], "", True)
    await desk.do(DeskAccountState, "failed", reason="cancelled")
    assert shown.refusal


async def test_at_the_door_the_passkey_comes_after_the_password_and_a_code_in_its_place(rooms: Rooms) -> None:
    _, device = await added(rooms)
    door = rooms.tab("/desk/login")
    shown = await door.state(DeskLoginState)
    await door.do(DeskLoginState, "use_passkey")
    assert (shown.passkey_request, bool(shown.refusal)) == ("", True)
    await door.do(DeskLoginState, "enter_password", form={"login": "solomiia", **PASSWORD})
    assert shown.step == "passkey"
    await door.do(DeskLoginState, "failed", reason="cancelled")
    assert (shown.step, bool(shown.refusal)) == ("passkey", True)
    await door.do(DeskLoginState, "use_passkey")
    await door.do(DeskLoginState, "used", answer=asdict(device.get(shown.passkey_request)))
    assert (await door.state(DeskState)).ticket
    again = rooms.tab("/desk/login")
    shown = await again.state(DeskLoginState)
    await again.do(DeskLoginState, "enter_password", form={"login": "solomiia", **PASSWORD})
    await again.do(DeskLoginState, "send_code")
    assert shown.step == "code"
    await again.do(DeskLoginState, "start_over")
    assert shown.step == "identify"


@pytest.mark.parametrize(
    "handler", ["load", "ask_password", "add", "made", "failed", "ask_before_removing", "remove", "put_away"]
)
async def test_a_customer_and_nobody_are_sent_away(rooms: Rooms, handler: str) -> None:
    for tab in (rooms.tab("/desk/account", actor=rooms.olena), rooms.tab("/desk/account")):
        with pytest.raises(AssertionError, match="send this caller away"):
            await tab.do(DeskAccountState, handler)
