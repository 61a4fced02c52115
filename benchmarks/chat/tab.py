"""One browser tab in a conversation: it does what `frontend/js/kit/chat.jsx` and the framework's page do.

It sends a message until it is told that it is kept, loads the page anew whenever its connection was lost, says what it
has seen and, now and then, what it shows. See benchmarks/events/client.py for the frames.
"""

import asyncio
import json
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import websockets

from benchmarks.chat.cast import Pair
from benchmarks.chat.judge import Notebook, Side, Typed
from benchmarks.events.plan import ROOT, event_name
from mykyivstar import routes

_NAMESPACE = "/_event"
_MARK = "_rx_state_"
_STATES = {
    "customer": ("mykyivstar.state.support.chat", "chat_state"),
    "desk": ("mykyivstar.state.desk.chats", "desk_chats_state"),
}
# As in chat.jsx: when a message is sent again, each time after twice as long, and how often the server is asked
# whether there is more.
AGAIN_S, _AGAIN_MOST_S = 3.0, 24.0
_SYNC_S = 25.0
_BEAT_S = 30.0
# As the framework's page: how long after a lost connection, or one that did not come about, the next is tried.
_RECONNECT_S = 0.5


@dataclass(slots=True)
class Waiting:
    """A message that the server has not said to be kept."""

    text: str
    tried_at: float = 0.0
    # How long after the last try the next one is due.
    again: float = 0.0


class Tab:
    """One side of a conversation. `careless` tabs are the known-bad ones: see `_careless`."""

    def __init__(
        self, address: str, pair: Pair, side: Side, book: Notebook, *, holds: Sequence[str] = (), careless: bool = False
    ) -> None:
        """`holds` is what a page has from its build when it connects for the first time."""
        self.pair, self.side, self._holds = pair, side, list(holds)
        self._address, self._book, self._careless = address, book, careless
        self._from_build = self._holds
        self._state = _STATES[side]
        self._prefix = event_name(*self._state, "").removesuffix(".")
        self._path = routes.DESK if side == "desk" else routes.SUPPORT_CHAT.replace("[code]", pair.code)
        self._token = str(uuid.uuid4())
        self._socket: websockets.ClientConnection | None = None
        self._vars: dict[str, Any] = {}
        self._waiting: dict[str, Waiting] = {}
        self._said: list[tuple[float, str]] = []
        # Set while the page is loaded and shows the conversation.
        self.ready = asyncio.Event()
        self._online = asyncio.Event()
        self._online.set()
        self.loads = 0

    @property
    def is_settled(self) -> bool:
        """Whether everything that was said here is kept."""
        return not self._waiting

    async def live(self) -> None:
        """Be there until cancelled."""
        beside = [asyncio.create_task(self._again()), asyncio.create_task(self._ask())]
        try:
            while True:
                await self._online.wait()
                with suppress(OSError, TimeoutError, websockets.WebSocketException):
                    await self._connect()
                    await self._listen()
                self._socket = None
                self.ready.clear()
                for item in self._waiting.values():
                    item.again = min(item.again, AGAIN_S)
                await asyncio.sleep(_RECONNECT_S)
        finally:
            for task in beside:
                task.cancel()
            if self._socket is not None:
                self._socket.transport.abort()

    async def say(self, text: str) -> None:
        """Type a message and send it; while there is no connection it waits."""
        now = time.perf_counter()
        self._book.type(Typed(text, self.pair.id, self.side, now))
        self._said.append((now, text))
        key = uuid.uuid4().hex[:24]
        if self._careless and self.side == "desk":
            await self._send("say", key=key, text=text, code=self.pair.code)
            return
        self._waiting[key] = Waiting(text)
        await self._send("typing")
        await self._try(key)

    def cut(self) -> None:
        """Lose the connection without a word, and get none until `restore`."""
        self._online.clear()
        if self._socket is not None:
            self._socket.transport.abort()

    def restore(self, *, as_new: bool = False) -> None:
        """Have a connection again; `as_new` after the browser was killed: it brings its tabs back, not its state."""
        if as_new:
            self._token, self._holds = str(uuid.uuid4()), self._from_build
        self._online.set()

    async def sync(self) -> None:
        """Say what is shown, to be sent what is missing."""
        await self._send("sync", have=self._vars.get("newest", 0))

    async def _connect(self) -> None:
        query = urlencode({"EIO": 4, "transport": "websocket", "token": self._token})
        cookie = self.pair.consultant if self.side == "desk" else self.pair.customer
        self._socket = await websockets.connect(
            f"ws://{urlsplit(self._address).netloc}{_NAMESPACE}/?{query}",
            origin=websockets.Origin(self._address),
            additional_headers={"Cookie": cookie},
            compression=None,
            ping_interval=None,
            max_size=None,
            open_timeout=30,
        )
        await self._socket.recv()
        self._vars = {}
        boot = self._event(f"{ROOT}.hydrate_and_load", {"vars": {}, "hashes": self._holds or None})
        self._holds = []
        await self._socket.send(f"40{_NAMESPACE}," + json.dumps({"event": boot, "state_schema": None}))

    async def _listen(self) -> None:
        assert self._socket is not None
        async for message in self._socket:
            frame = str(message)
            if frame == "2":
                await self._socket.send("3")
            elif frame.startswith("42"):
                kind, body = json.loads(frame[frame.index("[") :])[:2]
                if kind == "event":
                    await self._take(body.get("delta") or {})

    async def _take(self, delta: dict[str, dict[str, Any]]) -> None:
        values = {name.removesuffix(_MARK): value for name, value in delta.get(self._prefix, {}).items()}
        self._vars |= values
        if values.keys() & {"settled", "fresh"}:
            rows = [*self._vars.get("settled", []), *self._vars.get("fresh", [])]
            shown = [(row["id"], row["text"]) for row in rows]
            self._book.show(self.pair.id, self.side, shown, time.perf_counter())
        for key in values.get("kept", []):
            self._waiting.pop(key, None)
        self._book.refused += len(self._waiting.keys() & values.get("declined", {}).keys())
        if values.get("newest_theirs"):
            await self._send("saw", message_id=values["newest_theirs"])
        if delta.get(ROOT, {}).get(f"is_hydrated{_MARK}"):
            await self._loaded()

    async def _loaded(self) -> None:
        self.loads += 1
        if self.side == "desk" and self._vars.get("code") != self.pair.code:
            # The consultant picks it from the list.
            await self._send("open", code=self.pair.code)
        self.ready.set()
        if self._careless and self.side == "customer" and self.loads > 1:
            await self._say_it_all_again()

    async def _say_it_all_again(self) -> None:
        """Known to be bad: after a lost connection a chat without keys cannot know what has arrived."""
        since = time.perf_counter() - 2 * AGAIN_S
        for text in [text for at, text in self._said if at > since]:
            await self._send("say", key=uuid.uuid4().hex[:24], text=text, code=self.pair.code)

    async def _again(self) -> None:
        while True:
            await asyncio.sleep(1)
            if self.ready.is_set():
                for key in [key for key, item in self._waiting.items() if _is_due(item)]:
                    await self._try(key)

    async def _ask(self) -> None:
        beat = _BEAT_S
        while True:
            await asyncio.sleep(_SYNC_S)
            if self.ready.is_set():
                await self.sync()
                beat += _SYNC_S
                if self.side == "desk" and beat >= _BEAT_S:
                    await self._send("beat")
                    beat = 0.0

    async def _try(self, key: str) -> None:
        if not self.ready.is_set() or key not in self._waiting:
            return
        item = self._waiting[key]
        item.tried_at, item.again = time.perf_counter(), min(2 * item.again, _AGAIN_MOST_S) or AGAIN_S
        await self._send("say", key=key, text=item.text, code=self.pair.code)

    async def _send(self, handler: str, **payload: Any) -> None:
        if self._socket is None:
            return
        event = self._event(event_name(*self._state, handler), payload)
        with suppress(websockets.WebSocketException, OSError):
            await self._socket.send(f"42{_NAMESPACE}," + json.dumps(["event", event], separators=(",", ":")))

    def _event(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        where = {"pathname": self._path, "asPath": self._path, "query": {}}
        return {"name": name, "payload": payload, "router_data": where}


def _is_due(item: Waiting) -> bool:
    return time.perf_counter() - item.tried_at >= item.again
