"""A browser whose server is slow: what it says is held back from a moment on, until it is let go."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, WebSocketRoute

_SOCKET = re.compile(r"/_event")
# What a connection lives by, and no page: without these it would be taken for lost.
_PULSE = {"2", "3"}


@dataclass
class Held:
    """What the server says to one tab; `after` it has said a message with these words, all of it is held back."""

    after: str = ""
    is_holding: bool = False
    _held: list[str] = field(default_factory=list)
    _socket: WebSocketRoute | None = None

    def let_go(self) -> None:
        """Let the browser hear all of it, and whatever follows at once."""
        self.after, self.is_holding = "", False
        assert self._socket is not None
        for message in self._held:
            self._socket.send(message)
        self._held.clear()

    def _between(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(self._said)

    def _said(self, message: str | bytes) -> None:
        text = str(message)
        if self.is_holding and text not in _PULSE:
            self._held.append(text)
            return
        assert self._socket is not None
        self._socket.send(text)
        if self.after and self.after in text:
            self.is_holding = True


def hold_back(page: Page) -> Held:
    """Stand between this tab and its server; to be called before the tab is opened anywhere."""
    held = Held()
    page.route_web_socket(_SOCKET, held._between)
    return held
