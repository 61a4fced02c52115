"""The production server, for sockets alone: started, killed with all its workers, started again on the same port."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from benchmarks.events.sides import held
from benchmarks.processes import cpu_seconds, free_port, memory_kib, tree
from benchmarks.site import NOT_OURS, PROJECT
from mykyivstar.serving.environment import framework_variables
from mykyivstar.settings import Settings

_STARTS_WITHIN_S = 90


class Server:
    """`mykyivstar serve` of one installation; inside the block it answers, unless it was killed."""

    def __init__(self, folder: Path, database: str, *, processes: int = 1, redis: tuple[str, int] = ("", 0)) -> None:
        """`folder` is empty and takes the data; `database` is the address of an empty database.

        More processes than one need Redis: its address and its process id. What that uses counts as the server's.
        """
        address, self._redis = redis
        self._log = folder / "log"
        self._port = free_port()
        environment = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
        self._environment = environment | {
            "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": database,
            "HOST": "127.0.0.1",
            "PORT": str(self._port),
            # Nothing but those who talk shall move.
            "DEMO_LIFE": "false",
            "WORKERS": str(processes),
            "REDIS_URL": address,
            "REFLEX_WEB_WORKDIR": str(_front_end_of_nothing(folder / "web")),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def front_end_holds(self) -> Sequence[str]:
        """What a browser holds that has loaded the front end."""
        variables = framework_variables(Settings(port=self._port, redis_url=""))
        return held("mykyivstar.mykyivstar", PROJECT, self._environment | variables)

    def migrate(self) -> None:
        """Make the tables."""
        subprocess.run(self._ours("migrate"), cwd=PROJECT, env=self._environment, check=True, stdout=subprocess.DEVNULL)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def start(self) -> float:
        """Start it; how many seconds passed before it answered."""
        began = time.monotonic()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._ours("serve"), cwd=PROJECT, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() - began > _STARTS_WITHIN_S:
                raise SystemExit(f"The server did not start:\n{self.log[-4000:]}")
            time.sleep(0.1)
        return time.monotonic() - began

    def kill(self) -> None:
        """SIGKILL of the supervisor and of every worker at once: nobody says goodbye to anybody."""
        assert self._process is not None
        for pid in list(tree(self._process.pid)):
            os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def cpu_seconds(self) -> float:
        """Processor time so far, of all its processes."""
        assert self._process is not None
        return cpu_seconds(self._process.pid) + (cpu_seconds(self._redis) if self._redis else 0.0)

    def memory_kib(self) -> int:
        """Memory, of all its processes."""
        assert self._process is not None
        return memory_kib(self._process.pid) + (memory_kib(self._redis) if self._redis else 0)

    @property
    def log(self) -> str:
        """What it printed."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def _ours(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "mykyivstar", *words]


def _front_end_of_nothing(folder: Path) -> Path:
    """A build with one empty page: only sockets are driven here, so nobody has to compile anything before."""
    for path in ("build/client", "backend"):
        (folder / path).mkdir(parents=True)
    for page in ("index.html", "404.html"):
        (folder / "build" / "client" / page).write_text("<!doctype html><title>-</title>", encoding="utf-8")
    (folder / "backend" / "stateful_pages.json").write_text(json.dumps([]), encoding="utf-8")
    return folder
