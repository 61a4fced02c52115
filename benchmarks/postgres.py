"""A PostgreSQL server of our own, as durable as one in production, for as long as a measurement lasts."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import free_port

# fsync and synchronous_commit stay on: what was acknowledged must survive. Checkpoints by size, not by the clock.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
}


class Server:
    """A server in a folder of its own; the postmaster is our child, so that a killed one is gone at once."""

    def __init__(self, programs: Path, data: Path) -> None:
        self._programs = programs
        self._data = data
        self._port = free_port()
        self._postmaster: subprocess.Popen[bytes] | None = None

    def url(self, database: str) -> str:
        """The SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/{database}"

    def run(self, program: str, *words: str) -> str:
        """Run one of PostgreSQL's client programs against it; what it printed."""
        command = [str(self._programs / program), "-h", "127.0.0.1", "-p", str(self._port), "-U", "postgres", *words]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout

    def initialise(self) -> None:
        """Make its files."""
        command = [str(self._programs / "initdb"), "-D", str(self._data), "-U", "postgres", "-A", "trust"]
        user = _somebody_harmless()
        subprocess.run([*command, "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd="/", user=user)

    def start(self) -> None:
        """Start it and wait until it answers, after whatever recovery a kill has left it."""
        settings = _SETTINGS | {"port": str(self._port), "unix_socket_directories": str(self._data.parent)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(self._programs / "postgres"), "-D", str(self._data), *options]
        with (self._data.parent / "log").open("ab") as log:
            self._postmaster = subprocess.Popen(
                command, cwd="/", user=_somebody_harmless(), stdout=log, stderr=subprocess.STDOUT
            )
        give_up = time.monotonic() + 120
        while not self._answers():
            if time.monotonic() > give_up or self._postmaster.poll() is not None:
                raise SystemExit(f"PostgreSQL did not start:\n{(self._data.parent / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it at once."""
        if self._postmaster is not None:
            self._postmaster.send_signal(signal.SIGQUIT)
            self._postmaster.wait(60)

    def kill(self) -> None:
        """SIGKILL of the postmaster, and wait until its children have seen that and gone."""
        assert self._postmaster is not None
        children = Path(f"/proc/{self._postmaster.pid}/task/{self._postmaster.pid}/children").read_text().split()
        self._postmaster.kill()
        self._postmaster.wait()
        give_up = time.monotonic() + 30
        while any(_lives(pid) for pid in children) and time.monotonic() < give_up:
            time.sleep(0.02)

    def _answers(self) -> bool:
        asking = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self._port)]
        return subprocess.run(asking, check=False).returncode == 0


@contextmanager
def our_postgres() -> Iterator[Server]:
    """A new server; it is stopped and its files are removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="mykyivstar-bench-postgres-"))
    server = Server(_programs(), folder / "data")
    try:
        if user := _somebody_harmless():
            shutil.chown(folder, user)
        server.initialise()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder with initdb, postgres and pgbench: Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found and (initdb := shutil.which("initdb")):
        found = [Path(initdb).resolve()]
    if not found:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


def _somebody_harmless() -> str | None:
    """PostgreSQL refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None


def _lives(pid: str) -> bool:
    try:
        # A zombie is dead; whoever started it has not looked yet.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
