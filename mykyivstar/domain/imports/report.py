"""What came of an import."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from mykyivstar.domain.imports.problems import Problem
from mykyivstar.domain.imports.source import RawRow, Source


@dataclass(slots=True)
class FileReport:
    """What came of one file; the five counts add up to its rows."""

    file: str
    kind: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    # Records of calls for help, which are not kept (E3).
    hidden: int = 0
    # Whether any of it is in the database: not after a strict run with a rejected row, nor after a rehearsal.
    kept: bool = True
    # Why nothing of the file could be read.
    unusable: str = ""

    @property
    def rows(self) -> int:
        return self.created + self.updated + self.unchanged + self.rejected + self.hidden


@dataclass(slots=True)
class Report:
    """What came of all files, in the order of their import."""

    files: list[FileReport] = field(default_factory=list)
    # Files after the one that a strict run stopped at.
    not_begun: Sequence[str] = ()

    def succeeded(self, *, strict: bool) -> bool:
        """Whether everything went as whoever asked would want it."""
        return not any(file.unusable or (strict and file.rejected) for file in self.files)


class Listener(Protocol):
    """Whoever watches an import; called often, must be quick."""

    def began(self, source: Source, kind: str) -> None:
        """A file is being imported from now on."""

    def rejected(self, source: Source, row: RawRow, problems: Sequence[Problem]) -> None:
        """A row was passed over, for these reasons."""

    def progressed(self, source: Source, report: FileReport) -> None:
        """So much of the file has been read (`source.position` of `source.size`), and this came of it so far."""

    def ended(self, source: Source, report: FileReport) -> None:
        """The file is done with."""


class Nobody:
    """A listener that does not listen."""

    def began(self, source: Source, kind: str) -> None:
        pass

    def rejected(self, source: Source, row: RawRow, problems: Sequence[Problem]) -> None:
        pass

    def progressed(self, source: Source, report: FileReport) -> None:
        pass

    def ended(self, source: Source, report: FileReport) -> None:
        pass
