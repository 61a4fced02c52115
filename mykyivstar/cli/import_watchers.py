"""Who watches an import: the screen, and the file of rejected rows."""

import csv
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any, Self

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from mykyivstar.domain.imports.problems import Problem
from mykyivstar.domain.imports.report import FileReport
from mykyivstar.domain.imports.source import REJECT_COLUMNS, RawRow, Source

# More of the same tells nobody anything; --rejects has them all.
_SHOWN_PER_FILE = 50


class Screen:
    """Problems as lines on standard error, and a progress bar where somebody is looking."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
        counted = (TextColumn("{task.fields[rows]:,} rows"), TimeRemainingColumn())
        self._progress = Progress(*columns, *counted, console=self._console, disable=not self._console.is_terminal)
        self._task: TaskID | None = None
        self._hidden = 0
        self._shown = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self._progress.stop()

    def began(self, source: Source, kind: str) -> None:
        self._shown = self._hidden = 0
        self._task = self._progress.add_task(f"{source.name} ({kind})", total=source.size, rows=0)

    def rejected(self, _source: Source, _row: RawRow, problems: Sequence[Problem]) -> None:
        for problem in problems:
            if self._shown < _SHOWN_PER_FILE:
                self._shown += 1
                self._console.print(str(problem), markup=False)
            else:
                self._hidden += 1

    def progressed(self, source: Source, report: FileReport) -> None:
        if self._task is not None:
            self._progress.update(self._task, completed=source.position, rows=report.rows)

    def ended(self, source: Source, report: FileReport) -> None:
        if self._hidden:
            self._console.print(f"{source.name}: and {self._hidden:,} more; --rejects FILE writes all rejected rows")
        if report.unusable:
            self._console.print(f"{source.name}: {report.unusable}", markup=False)
        if self._task is not None:
            self._progress.update(self._task, completed=source.size, rows=report.rows)


class Rejects:
    """Rejected rows as files that can be mended and imported again: their own columns, then where and why.

    They go to the file that is named, or one of their own in the folder, if either is given.
    """

    def __init__(self, path: Path | None, *, several: bool, folder: Path | None = None) -> None:
        self.written: list[Path] = []
        self._path = path
        self._several = several
        self._folder = folder
        self._open = ExitStack()
        self._kind = ""
        self._writer: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._open.close()

    def began(self, _source: Source, kind: str) -> None:
        self._open.close()
        self._writer = None
        self._kind = kind

    def rejected(self, source: Source, row: RawRow, problems: Sequence[Problem]) -> None:
        if self._writer is None:
            try:
                if (path := self._place(source)) is None:
                    return
                self._writer = self._begun(path, source)
            except OSError as error:
                raise click.ClickException(f"Rejected rows cannot be written: {error}") from error
        cells = [*row.cells, *[""] * (len(source.header) - len(row.cells))]
        columns = " ".join(problem.column for problem in problems if problem.column)
        self._writer.writerow([*cells, row.line, columns, "; ".join(problem.reason for problem in problems)])

    def progressed(self, source: Source, report: FileReport) -> None:
        pass

    def ended(self, _source: Source, _report: FileReport) -> None:
        self._open.close()

    def _place(self, source: Source) -> Path | None:
        path = self._path
        if path is not None:
            return path.with_name(f"{path.stem}-{source.path.stem}{path.suffix}") if self._several else path
        if self._folder is None:
            return None
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The kind comes first: by its name the file is known when it is imported again.
        own = source.path.stem.removeprefix(self._kind).lstrip("-_. ").partition("rejected-")[0]
        stem = "-".join(part for part in (self._kind, own.rstrip("-"), "rejected") if part)
        names = (self._folder / f"{stem}-{number}.csv" for number in count(1))
        return next(name for name in names if not name.exists())

    def _begun(self, path: Path, source: Source) -> Any:
        # Nobody else's business: there are phone numbers in it.
        path.touch(mode=0o600)
        file = self._open.enter_context(path.open("w", encoding="utf-8", errors="surrogateescape", newline=""))
        self.written.append(path)
        writer = csv.writer(file, delimiter=source.delimiter)
        writer.writerow([*source.header, *REJECT_COLUMNS])
        return writer


class Watchers:
    """Several as one."""

    def __init__(self, *listeners: Screen | Rejects) -> None:
        self._listeners = listeners

    def began(self, source: Source, kind: str) -> None:
        for listener in self._listeners:
            listener.began(source, kind)

    def rejected(self, source: Source, row: RawRow, problems: Sequence[Problem]) -> None:
        for listener in self._listeners:
            listener.rejected(source, row, problems)

    def progressed(self, source: Source, report: FileReport) -> None:
        for listener in self._listeners:
            listener.progressed(source, report)

    def ended(self, source: Source, report: FileReport) -> None:
        for listener in self._listeners:
            listener.ended(source, report)
