"""What a page is told when it connects."""

import json
from typing import Any

from playwright.sync_api import Page, WebSocket, expect

_UPDATE = '42/_event,["event",'
_HYDRATED = "is_hydrated_rx_state_"


def told(page: Page) -> list[dict[str, Any]]:
    """The updates that come to this page from now on, state by state under their last names."""
    updates: list[dict[str, Any]] = []

    def take(frame: str | bytes) -> None:
        text = str(frame)
        if text.startswith(_UPDATE):
            delta = json.loads(text[text.index("[") :])[1]["delta"]
            updates.append({state.rpartition("____")[2]: values for state, values in delta.items()})

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", take)

    page.on("websocket", listen)
    return updates


def test_a_new_tab_is_told_what_is_loaded_and_nothing_that_its_build_holds(olena: Page) -> None:
    tab = olena.context.new_page()
    updates = told(tab)
    tab.goto("/home")
    expect(tab.get_by_test_id("balance")).to_be_visible()
    first = updates[0]
    assert first["state"][_HYDRATED] is True
    assert set(first) >= {"state", "shell_state", "home_state"}
    assert "login_state" not in first


def test_a_tab_that_is_loaded_again_gets_what_it_had(olena: Page) -> None:
    expect(olena.get_by_test_id("balance")).to_be_visible()
    updates = told(olena)
    olena.reload()
    expect(olena.get_by_test_id("balance")).to_be_visible()
    assert updates[0]["home_state"]["hero_rx_state_"]["number"]
    assert "login_state" not in updates[0]
