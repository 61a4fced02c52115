"""The load client, in a process of its own: `python -m benchmarks.events.client <file of the plan> <of the outcome>`.

It says `loaded` when everybody has loaded their page and waits for a line; then `begin` and `end` around what is
measured, so that whoever started it can look at the server at those moments.

It speaks what a page of the framework speaks: Engine.IO and Socket.IO in text frames, the page's first event riding in
the connect packet. Answers are recognised, not decoded: the client should cost as little as it can.

    40/_event,{auth}  connect          42/_event,["event",{…}]  an event, or an update to show
    2 / 3             ping / pong      0{…}                     the server's greeting
"""

import asyncio
import json
import sys
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import websockets

from benchmarks.events.plan import ROOT, Call, Outcome, Plan, Visitor, var

_NAMESPACE = "/_event"
_LOADED = f"{var('is_hydrated')}true"
# A server that takes longer than this for one turn has failed.
_PATIENCE_S = 30.0


class Browser:
    """One tab."""

    def __init__(self, address: str, visitor: Visitor, holds: Sequence[str]) -> None:
        self._address = address
        self._holds = list(holds)
        self._visitor = visitor
        self._frames = [[_frame(call) for call in turn.calls] for turn in visitor.turns]
        self.connecting = 0.0
        # Of each turn: when it was done, how long it took, how many events it had.
        self.done: list[tuple[float, float, int]] = []

    async def open(self) -> None:
        """Connect and load the page."""
        began = time.perf_counter()
        query = urlencode({"EIO": 4, "transport": "websocket", "token": str(uuid.uuid4())})
        self._socket = await websockets.connect(
            f"ws://{urlsplit(self._address).netloc}{_NAMESPACE}/?{query}",
            origin=websockets.Origin(self._address),
            additional_headers={"Cookie": self._visitor.cookie} if self._visitor.cookie else {},
            compression=None,
            ping_interval=None,
            max_size=None,
        )
        await self._socket.recv()
        boot = {
            "name": f"{ROOT}.hydrate_and_load",
            "payload": {"vars": {}, "hashes": self._holds},
            "router_data": _router_data(self._visitor.path),
        }
        await self._socket.send(f"40{_NAMESPACE}," + json.dumps({"event": boot, "state_schema": None}))
        await self._until(_LOADED, 1)
        self.connecting = time.perf_counter() - began

    async def use(self, until: float) -> None:
        """Take one turn after the other."""
        number = 0
        while (sent := time.perf_counter()) < until:
            turn, frames = self._visitor.turns[number], self._frames[number]
            for frame in frames:
                await self._socket.send(frame)
            await self._until(turn.answer, turn.answers)
            now = time.perf_counter()
            self.done.append((now, now - sent, len(frames)))
            number = (number + 1) % len(self._frames)

    async def close(self) -> None:
        """Leave."""
        with suppress(websockets.WebSocketException):
            await self._socket.close()

    async def _until(self, wanted: str, times: int) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            while times:
                message = str(await self._socket.recv())
                times -= wanted in message
                if message == "2":
                    await self._socket.send("3")


def _frame(call: Call) -> str:
    event: dict[str, Any] = {"name": call.event, "payload": call.payload, "router_data": _router_data(call.path)}
    return f"42{_NAMESPACE}," + json.dumps(["event", event], separators=(",", ":"))


def _router_data(path: str) -> dict[str, Any]:
    address = urlsplit(path)
    return {"pathname": address.path, "asPath": path, "query": dict(parse_qsl(address.query))}


async def carry_out(plan: Plan) -> Outcome:
    """Connect everybody, let them work, and count what was done after the first moments."""
    browsers = [Browser(plan.address, visitor, plan.holds) for visitor in plan.visitors]
    gate = asyncio.Semaphore(plan.at_once)

    async def enter(browser: Browser) -> None:
        async with gate:
            await browser.open()

    async def say(moment: float, word: str) -> None:
        await asyncio.sleep(moment - time.perf_counter())
        print(word, flush=True)

    await asyncio.gather(*(enter(browser) for browser in browsers))
    print("loaded", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    begin = time.perf_counter() + plan.warm_up_s
    end = begin + plan.seconds
    if plan.seconds:
        await asyncio.gather(say(begin, "begin"), say(end, "end"), *(browser.use(end) for browser in browsers))
    await asyncio.gather(*(browser.close() for browser in browsers))
    done = [(took, events) for each in browsers for moment, took, events in each.done if begin <= moment <= end]
    turns = [took for took, _ in done]
    return Outcome([each.connecting for each in browsers], turns, sum(events for _, events in done), plan.seconds)


def main() -> None:
    """Read, do, write."""
    # Only here: what the plan's side imports from this package needs no event loop.
    import uvloop

    plan, outcome = (Path(name) for name in sys.argv[1:3])
    done = uvloop.run(carry_out(Plan.from_json(plan.read_text(encoding="utf-8"))))
    outcome.write_text(json.dumps(asdict(done)), encoding="utf-8")


if __name__ == "__main__":
    main()
