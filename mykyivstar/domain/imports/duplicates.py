"""Which keys a file has had so far: a million of them in little memory."""

import sqlite3
from collections.abc import Sequence
from types import TracebackType
from typing import Self


class Seen:
    """Remembers in which line a key stood first. It keeps to the disk, in a file that nobody sees."""

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("", isolation_level=None)
        self._scratch.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")
        # Never committed: nothing of it shall outlive us.
        self._scratch.execute("BEGIN")

    def earlier(self, keys: Sequence[tuple[str, int]]) -> dict[int, int]:
        """Which of these keys, given with their lines, stood before: their line, and the line in which it was first.

        All are remembered. Nearly always none stood before, and how many rows were written says so.
        """
        written = self._scratch.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", keys).rowcount
        return (
            {} if written == len(keys) else {line: first for key, line in keys if (first := self._first(key)) != line}
        )

    def _first(self, key: str) -> int:
        (first,) = self._scratch.execute("SELECT line FROM seen WHERE key = ?", (key,)).fetchone()
        return int(first)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scratch.close()
