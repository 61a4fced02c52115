"""What a teller was asked for and what it was answered, on paper: it outlives the teller."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Self


class Note(StrEnum):
    """What a line says of a transfer."""

    ASKED = "asked"
    POSTED = "posted"
    REFUSED = "refused"
    # Posted before, we were told so, and now a repeat claims to have moved money again.
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Transfer:
    """What was asked for."""

    key: str
    source: int
    target: int
    amount: int


@dataclass(slots=True)
class Notebook:
    """One teller's lines; a line that was being written when the teller died does not count."""

    asked: dict[str, Transfer] = field(default_factory=dict)
    posted: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, *paths: Path) -> Self:
        """Everything in these files."""
        book = cls()
        for path in paths:
            for note, words in _lines(path):
                match note:
                    case Note.ASKED:
                        book.asked[words[0]] = Transfer(words[0], *(int(word) for word in words[1:]))
                    case Note.POSTED:
                        book.posted.add(words[0])
                    case Note.REFUSED:
                        book.refused.add(words[0])
                    case Note.TWICE:
                        book.twice.add(words[0])
        return book

    @property
    def open(self) -> list[Transfer]:
        """Asked for and not answered."""
        answered = self.posted | self.refused
        return [transfer for key, transfer in self.asked.items() if key not in answered]


class Pen:
    """Appends to a notebook; each line is handed to the system at once, so that it survives our SIGKILL."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        # Ends what a predecessor may have left in the middle.
        os.write(self._file, b"\n")

    def write(self, note: Note, *words: object) -> None:
        """Add a line."""
        os.write(self._file, f"{note.value} {' '.join(map(str, words))}.\n".encode())


def _lines(path: Path) -> Iterator[tuple[Note, list[str]]]:
    for line in path.read_text(encoding="ascii").split("\n"):
        if line.endswith("."):
            first, *words = line[:-1].split(" ")
            yield Note(first), words
