"""What a socket brings: cookies go no further, and what only we say of a browser, it cannot say itself."""

from types import SimpleNamespace
from typing import Any

import pytest
import reflex as rx
from reflex.state import State

from mykyivstar.guard import handshake
from mykyivstar.guard.binding import BoundState
from mykyivstar.kit.secret import token_hash
from mykyivstar.loading.lazy_states import LazyStates


class NoteState(rx.State):
    """Something of one session."""

    words: str = ""


async def opened(headers: dict[str, str], *, path: str = "/_event", query: str = "") -> dict[str, str]:
    """The headers that the framework gets to see."""
    found: dict[str, str] = {}

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        found.update({key.decode(): value.decode() for key, value in scope["headers"]})

    sent = [(key.encode(), value.encode()) for key, value in headers.items()]
    scope = {"type": "websocket", "path": path, "headers": sent, "query_string": query.encode()}
    await handshake.handshake(app)(scope | {"client": ("192.0.2.1", 5)}, None, None)
    return found


async def test_neither_cookies_nor_what_is_ours_to_say_go_on() -> None:
    found = await opened(
        {
            "host": "my.example.ua",
            "origin": "https://my.example.ua",
            "user-agent": "Firefox",
            "cookie": "other=1; mk_visitor=abc; mk_device=def",
            "authorization": "Bearer secret",
            handshake.SESSION_HEADER: "1",
            handshake.STAFF_HEADER: "1",
            handshake.NETWORK_HEADER: "380671000001",
            handshake.ADDRESS_HEADER: "127.0.0.1",
        }
    )
    assert found == {
        "host": "my.example.ua",
        "origin": "https://my.example.ua",
        "user-agent": "Firefox",
        handshake.VISITOR_HEADER: token_hash("abc"),
        handshake.DEVICE_HEADER: token_hash("def"),
        handshake.ADDRESS_HEADER: "192.0.2.1",
    }


async def test_other_addresses_are_left_alone() -> None:
    assert await opened({"cookie": "a=1"}, path="/home") == {"cookie": "a=1"}


@pytest.mark.parametrize(
    ("belongs_to", "is_connected", "stays"),
    [
        ((7, 0), False, False),
        ((0, 7), False, False),
        # Nobody's: whatever a page had before anybody signed in.
        ((0, 0), False, True),
        # The framework gives a second socket a token of its own.
        ((7, 0), True, True),
    ],
)
async def test_a_tab_that_is_somebody_elses_is_emptied_before_its_socket_is_accepted(
    belongs_to: tuple[int, int], is_connected: bool, stays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = LazyStates()
    async with states.modify_state(rx.BaseStateToken(ident="stolen", cls=State)) as root:
        bound = await root.get_state(BoundState)
        bound._session_id, bound._staff_session_id = belongs_to
        (await root.get_state(NoteState)).words = "a secret"

    async def connected(_token: str) -> bool:
        return is_connected

    tokens = SimpleNamespace(is_token_connected=connected)
    app = SimpleNamespace(event_namespace=SimpleNamespace(_token_manager=tokens), state_manager=states)
    # Only what looks for the app finds this one; states are found as ever.
    registered = SimpleNamespace(get=lambda: SimpleNamespace(app=app))
    monkeypatch.setattr(handshake, "RegistrationContext", registered)
    await opened({}, query="token=stolen&EIO=4")
    root = await states.get_state(rx.BaseStateToken(ident="stolen", cls=State))
    assert (await root.get_state(NoteState)).words == ("a secret" if stays else "")
