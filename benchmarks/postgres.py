"""A PostgreSQL server of our own, as durable as one in production, for as long as a measurement lasts."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import free_port

# fsync and synchronous_commit stay on: what was acknowledged must survive. Checkpoints by size, not by the clock.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A server in a folder of its own."""

    programs: Path
    data: Path
    port: int

    def url(self, database: str) -> str:
        """The SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def run(self, program: str, *words: str) -> str:
        """Run one of PostgreSQL's client programs against it; what it printed."""
        command = [str(self.programs / program), "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", *words]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout

    def start(self) -> None:
        """Start it and wait until it answers, after whatever recovery a kill has left it."""
        settings = _SETTINGS | {"port": str(self.port), "unix_socket_directories": str(self.data.parent)}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._control("-l", str(self.data.parent / "log"), "-o", options, "-t", "120", "start")

    def stop(self) -> None:
        """Stop it at once."""
        self._control("-m", "immediate", "stop")

    def kill(self) -> None:
        """SIGKILL of the postmaster, and wait until its children have seen that and gone."""
        postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
        children = [int(pid) for pid in Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()]
        os.kill(postmaster, signal.SIGKILL)
        give_up = time.monotonic() + 30
        while any(_lives(pid) for pid in (postmaster, *children)) and time.monotonic() < give_up:
            time.sleep(0.02)

    def _control(self, *words: str) -> None:
        command = _as_nobodys_root([str(self.programs / "pg_ctl"), "-D", str(self.data), "-s", "-w", *words])
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def our_postgres() -> Iterator[Server]:
    """A new server; it is stopped and its files are removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="mykyivstar-bench-postgres-"))
    server = Server(_programs(), folder / "data", free_port())
    try:
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        initdb = [str(server.programs / "initdb"), "-D", str(server.data), "-U", "postgres", "-A", "trust"]
        subprocess.run(
            _as_nobodys_root([*initdb, "--locale=C.UTF-8"]), check=True, stdout=subprocess.DEVNULL, cwd="/"
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder with initdb, postgres and pgbench: Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found and (initdb := shutil.which("initdb")):
        found = [Path(initdb).resolve()]
    if not found:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


def _as_nobodys_root(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _lives(pid: int) -> bool:
    try:
        # A zombie is dead; whoever started it has not looked yet.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
