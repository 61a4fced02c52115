"""A server started as an operator starts it, in a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

from tests.fixtures.servers import free_port, wait_until

PROJECT = Path(__file__).parents[2]


@dataclass
class Installation:
    """A folder of data, a build of the front end, and the settings that name them."""

    folder: Path
    environment: dict[str, str]

    @property
    def address(self) -> str:
        return f"http://localhost:{self.environment['PORT']}"

    def run(self, *words: str, seconds: float = 120, **more: str) -> subprocess.CompletedProcess[str]:
        """`mykyivstar …` until it ends."""
        command = [sys.executable, "-m", "mykyivstar", *words]
        environment = os.environ | self.environment | more
        return subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=seconds, check=False
        )

    @contextmanager
    def serving(self, **more: str) -> Iterator["Serving"]:
        """`mykyivstar serve` for the length of the block, once it answers."""
        with (self.folder / "serve.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "mykyivstar", "serve"],
                cwd=PROJECT,
                env=os.environ | self.environment | more,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        serving = Serving(process, self)
        try:
            wait_until(lambda: serving.answers() or process.poll() is not None, seconds=120, what="the server")
            assert process.poll() is None, serving.log
            yield serving
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(30)


@dataclass
class Serving:
    """A running `mykyivstar serve`."""

    process: subprocess.Popen[bytes]
    installation: Installation

    @property
    def log(self) -> str:
        return (self.installation.folder / "serve.log").read_text(encoding="utf-8")

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def answers(self) -> bool:
        # Asked ten times a second; httpx reads all certificates each time.
        try:
            with urlopen(self.installation.address + "/health", timeout=2) as answer:
                return int(answer.status) == 200
        except (OSError, HTTPException):
            return False

    def kill_a_worker(self) -> None:
        """As the kernel does when memory runs out."""
        os.kill(self.workers[0], signal.SIGKILL)


def install(folder: Path, web: Path, **more: str) -> Installation:
    """An installation with an up-to-date database, SQLite if nothing else is said; its front end is in `web`."""
    (folder / "data").mkdir()
    installation = installed(folder, web, **more)
    migrated = installation.run("migrate")
    assert migrated.returncode == 0, migrated.stderr
    return installation


def installed(folder: Path, web: Path, **more: str) -> Installation:
    """The installation whose folder of data is there already."""
    environment = {
        "DATA_DIR": str(folder / "data"),
        "PORT": str(free_port()),
        "REFLEX_WEB_WORKDIR": str(web),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        **more,
    }
    return Installation(folder, environment)
