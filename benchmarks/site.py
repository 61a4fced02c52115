"""A production server of ours with the demo world, for as long as a measurement lasts."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import free_port

PROJECT = Path(__file__).parents[1]
# What somebody may have set for their own installation must not lead a measurement there.
NOT_OURS = {"DATABASE_URL", "REDIS_URL", "ENVIRONMENT", "PUBLIC_ORIGINS", "WORKERS", "SMS_GATEWAY"}


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: where, as which process, with which database."""

    address: str
    pid: int
    database: str = ""
    # What a browser holds that has loaded its front end.
    holds: Sequence[str] = ()


@contextmanager
def our_site() -> Iterator[Running]:
    """`mykyivstar serve` on a new demo world, without the limit on events; the front end must be built."""
    with TemporaryDirectory(prefix="mykyivstar-bench-") as folder:
        port = free_port()
        environment = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
        environment |= {"DATA_DIR": folder, "HOST": "127.0.0.1", "PORT": str(port), "EVENTS_PER_SECOND": "0"}
        for words in (["migrate"], ["demo"]):
            subprocess.run(_ours(*words), cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)
        with serving(_ours("serve"), PROJECT, environment, port, "/health") as pid:
            database = f"sqlite+aiosqlite:///{folder}/mykyivstar.db"
            yield Running(f"http://127.0.0.1:{port}", pid, database)


@contextmanager
def serving(command: list[str], folder: Path, environment: dict[str, str], port: int, probe: str) -> Iterator[int]:
    """Run a server for the length of the block, once it answers at `probe`; its process id."""
    with TemporaryDirectory() as logs:
        log = Path(logs) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"http://127.0.0.1:{port}{probe}", process, log)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def _ours(*words: str) -> list[str]:
    return [sys.executable, "-m", "mykyivstar", *words]


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + 90
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"The server did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
