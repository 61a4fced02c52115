"""What somebody can try who has no page of ours: raw sockets, copied tokens, spoofed headers, foreign sites."""

import time

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page
from websockets.exceptions import InvalidStatus

from mykyivstar.settings import settings
from tests.e2e.socket import ROOT, full_name, socket

pytestmark = pytest.mark.e2e

PRIVATE = ("380671000001", "0004477622", "Olena", "Олена")


def cookies_of(context: BrowserContext) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}


def client_token(page: Page) -> str:
    return str(page.evaluate("sessionStorage.getItem('token')"))


def test_the_session_cookie_cannot_be_read_by_a_script(olena: Page) -> None:
    assert "session" not in olena.evaluate("document.cookie")
    names = {cookie["name"]: cookie for cookie in olena.context.cookies()}
    assert names["mk_session"]["httpOnly"]
    assert names["mk_session"]["sameSite"] == "Lax"


def test_the_owner_sees_the_dashboard_on_a_raw_socket_and_a_stranger_nothing(as_olena: Page, base_url: str) -> None:
    with socket(base_url, path="/home", cookies=cookies_of(as_olena.context)) as own:
        own.until(lambda: any(number in "".join(own.seen) for number in PRIVATE))
    with socket(base_url, path="/home") as stranger:
        stranger.until_all_is_dealt_with()
        assert not any(number in "".join(stranger.seen) for number in PRIVATE)
        assert any("/login?next=%2Fhome" in str(event) for event in stranger.events)


def test_a_copied_client_token_opens_nothing_without_the_cookie(olena: Page, base_url: str) -> None:
    olena.get_by_role("heading", level=1).wait_for()
    token = client_token(olena)
    olena.close()  # while the owner is connected, Reflex itself hands out another token
    with socket(base_url, path="/login", token=token) as thief:
        thief.send("home.HomeState.refresh")
        thief.send("shell.ShellState.load")
        thief.until_all_is_dealt_with()
        assert not any(number in "".join(thief.seen) for number in PRIVATE)


def test_headers_of_ours_sent_from_outside_are_not_believed(as_olena: Page, base_url: str) -> None:
    forged = {"X-Session-Ref": "1", "X-Visitor-Ref": "v", "X-Device-Ref": "d", "X-Client-Ref": "10.0.0.1"}
    with socket(base_url, path="/home", headers=forged) as thief:
        thief.send("shell.ShellState.load", headers={"x-session-ref": "1"})
        thief.until_all_is_dealt_with()
        assert not any(number in "".join(thief.seen) for number in PRIVATE)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost.evil.example"])
def test_another_sites_page_cannot_open_the_socket(base_url: str, origin: str) -> None:
    with pytest.raises((InvalidStatus, ConnectionError)), socket(base_url, origin=origin):
        pass


@pytest.mark.parametrize("path", ["/api/session", "/api/session/close", "/api/session/remember"])
def test_another_sites_page_cannot_post(base_url: str, path: str) -> None:
    answer = httpx.post(base_url + path, json={"ticket": "x"}, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403


def test_a_handler_without_a_policy_does_not_run(base_url: str) -> None:
    with socket(base_url, path="/login") as thief:
        setvar = full_name("login.LoginState.setvar")
        thief.send(setvar, {"var_name": "step", "value": "details"})
        thief.send(f"{ROOT}.setvar", {"var_name": "is_hydrated", "value": False})
        thief.until_all_is_dealt_with()
        assert thief.vars.get("mykyivstar___state___login____login_state.step") != "details"


def test_handlers_survive_wrong_types(base_url: str) -> None:
    with socket(base_url, path="/login") as thief:
        for payload in ({"form": 5}, {"form": {"number": ["x"]}}, {"form": {"number": "x" * 5000}}, {}, {"evil": 1}):
            thief.send("login.LoginState.send_code", payload)
        thief.until(lambda: thief.vars.get("mykyivstar___state___login____login_state.refusal"))
        refusal = thief.vars["mykyivstar___state___login____login_state.refusal"]
        assert refusal["en"].startswith("This request could not be understood")
        thief.until_all_is_dealt_with()
        assert thief.vars.get("mykyivstar___state___login____login_state.step", "identify") == "identify"


def test_a_ticket_of_another_browser_is_worthless(base_url: str) -> None:
    own = httpx.get(base_url + "/login")
    answer = httpx.post(
        base_url + "/api/session", json={"ticket": "guess"}, cookies=dict(own.cookies), headers={"Origin": base_url}
    )
    assert answer.status_code == 401
    assert "mk_session" not in answer.cookies


def test_a_flood_of_events_is_cut(base_url: str) -> None:
    with socket(base_url, path="/login") as flooder:
        began, before = time.monotonic(), len(flooder.seen)
        for _ in range(400):
            flooder.send("login.LoginState.choose_way", {"way": "password"})
        flooder.listen(2.0)
        took = time.monotonic() - began
        answered = sum("login_state" in message for message in flooder.seen[before:])
        # Whatever time the server takes for them, no more than so many a second.
        assert answered <= min(399, settings().events_burst + settings().events_per_second * took + 1)


def test_no_page_shows_the_socket_headers_of_ours(as_olena: Page, base_url: str) -> None:
    with socket(base_url, path="/home", cookies=cookies_of(as_olena.context)) as own:
        said = "".join(own.seen).lower()
        assert "x-session-ref" not in said
        assert "x-visitor-ref" not in said
        assert cookies_of(as_olena.context)["mk_session"] not in said
