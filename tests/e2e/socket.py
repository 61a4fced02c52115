"""A browser's socket without a browser: for what no page of ours would ever send."""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from websockets.sync.client import ClientConnection, connect

ROOT = "reflex___state____state"
_NAMESPACE = "/_event"
_MARK = "_rx_state_"


@dataclass
class Socket:
    """One connection; what the server said is kept in `seen`, newest value of each var in `vars`."""

    connection: ClientConnection
    token: str
    path: str
    seen: list[str] = field(default_factory=list)
    vars: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    new_token: str = ""

    def send(
        self, handler: str, payload: dict[str, Any] | None = None, *, headers: dict[str, str] | None = None
    ) -> None:
        """Call a handler, "state.login.login_state.send_code", with anything."""
        router: dict[str, Any] = {"pathname": self.path, "asPath": self.path}
        if headers:
            router["headers"] = headers
        name = handler if handler.startswith(ROOT) else full_name(handler)
        self._frame({"name": name, "payload": payload or {}, "router_data": router})

    def listen(self, seconds: float = 1.0) -> "Socket":
        """Take in what comes until nothing has come for so long."""
        while True:
            try:
                message = self.connection.recv(timeout=seconds)
            except TimeoutError:
                return self
            self._take(str(message))

    def until(self, condition: Callable[[], Any], seconds: float = 30.0) -> "Socket":
        """Take in what comes until this is so, and what follows at once."""
        deadline = time.monotonic() + seconds
        while not condition():
            left = deadline - time.monotonic()
            assert left > 0, "the server never said what was waited for"
            with suppress(TimeoutError):
                self._take(str(self.connection.recv(timeout=left)))
        return self.listen(0.3)

    def until_all_is_dealt_with(self) -> "Socket":
        """Take in all that answers what was sent: what is asked last and may be asked by anybody is answered last."""
        seen = len(self.seen)
        self.send("login.LoginState.choose_way", {"way": "password"})
        return self.until(lambda: any("login_state" in message for message in self.seen[seen:]))

    def _frame(self, event: dict[str, Any]) -> None:
        self.connection.send(f"42{_NAMESPACE},{json.dumps(['event', event])}")

    def _take(self, message: str) -> None:
        if message == "2":
            self.connection.send("3")
            return
        self.seen.append(message)
        if not message.startswith("42"):
            return
        kind, body = json.loads(message[message.index("[") :])[:2]
        if kind == "new_token":
            self.new_token = body
        if kind == "event":
            for state, values in body.get("delta", {}).items():
                for name, value in values.items():
                    self.vars[f"{state.rpartition('.')[2]}.{name.removesuffix(_MARK)}"] = value
            self.events += body.get("events", [])


def full_name(handler: str) -> str:
    """ "login.LoginState.send_code" of mykyivstar.state as Reflex names it."""
    module, state, name = handler.rsplit(".", 2)
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in state).removeprefix("_")
    return f"{ROOT}.mykyivstar___state___{module.replace('.', '___')}____{snake}.{name}"


@contextmanager
def socket(
    base_url: str,
    *,
    path: str = "/",
    token: str = "",
    cookies: dict[str, str] | None = None,
    origin: str | None = None,
    headers: dict[str, str] | None = None,
) -> Iterator[Socket]:
    """Connect as a page at `path` would, load it, and listen."""
    host = urlsplit(base_url).netloc
    token = token or str(uuid.uuid4())
    query = urlencode({"EIO": 4, "transport": "websocket", "token": token})
    extra = dict(headers or {})
    if cookies:
        extra["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    with connect(
        f"ws://{host}{_NAMESPACE}/?{query}",
        origin=origin or base_url,
        additional_headers=extra,
        max_size=None,
    ) as connection:
        opened = Socket(connection, token, path)
        opened._take(str(connection.recv(timeout=30)))
        boot = {
            "name": f"{ROOT}.hydrate_and_load",
            "payload": {"vars": {}, "hashes": None},
            "router_data": {"pathname": path, "asPath": path},
        }
        connection.send(f"40{_NAMESPACE},{json.dumps({'event': boot, 'state_schema': None})}")
        yield opened.until(lambda: opened.vars.get(f"{ROOT}.is_hydrated") or bool(opened.events))
