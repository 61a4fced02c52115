"""What running processes use, as Linux counts it."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def tree(pid: int) -> Iterator[int]:
    """A process and everything it has started that still runs."""
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from tree(int(child))


def cpu_seconds(pid: int) -> float:
    """Processor time of the tree so far: what it took, however many others wanted the processor too."""
    return sum(_ticks(each) for each in tree(pid)) / _TICKS_PER_SECOND


def memory_kib(pid: int) -> int:
    """Memory of the tree; what processes share is counted once (PSS)."""
    rolled_up = (Path(f"/proc/{each}/smaps_rollup").read_text() for each in tree(pid))
    return sum(int(line.split()[1]) for text in rolled_up for line in text.splitlines() if line.startswith("Pss:"))


def _ticks(pid: int) -> int:
    # The name stands in brackets and may hold anything; user and system time are the 12th and 13th after it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
