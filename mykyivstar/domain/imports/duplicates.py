"""Which keys a file has had so far: a million of them in little memory."""

import sqlite3
from types import TracebackType
from typing import Self


class Seen:
    """Remembers in which line a key stood first. It keeps to the disk, in a file that nobody sees."""

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("", isolation_level=None)
        self._scratch.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")
        # Never committed: nothing of it shall outlive us.
        self._scratch.execute("BEGIN")

    def earlier(self, key: str, line: int) -> int | None:
        """The line in which the key stood before; None, and remembered, when this is the first time."""
        if self._scratch.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, line)).rowcount:
            return None
        (first,) = self._scratch.execute("SELECT line FROM seen WHERE key = ?", (key,)).fetchone()
        return int(first)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scratch.close()
