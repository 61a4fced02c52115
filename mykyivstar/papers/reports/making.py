"""Making a report's files: the records read once, page by page, and written to every format as they come."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import Any, Protocol

from mykyivstar.domain.papers.details import DetailsPaper, paper_of
from mykyivstar.domain.reports.contents import Sums
from mykyivstar.domain.reports.models import Report, ReportFormat
from mykyivstar.domain.usage.models import UsageRecord
from mykyivstar.papers.press import Press
from mykyivstar.papers.reports.pdf import PdfPaper
from mykyivstar.papers.reports.tables import CsvTable, XlsxTable

# Reading is most of the work; setting the PDF is the rest.
_READ_PERCENT = 80

Progress = Callable[[int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Found:
    """The records, as they are read, and how many there will be: for the progress bar."""

    pages: AsyncIterator[Sequence[UsageRecord]]
    expected: int


class _File(Protocol):
    def add(self, found: Sequence[UsageRecord]) -> None: ...

    def end(self, paper: DetailsPaper, code: str, sums: Sums) -> None: ...

    def drop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the files as the table keeps them, and what they say."""

    files: Mapping[str, Any]
    sums: Sums


async def make(
    found: Found,
    report: Report,
    msisdn: str,
    *,
    paths: Mapping[ReportFormat, Path],
    press: Press,
    progress: Progress,
) -> Made:
    """Make these files of the report; nobody can guess their names.

    The order was proved freshly, so whole numbers stand in it. Raises OSError, when nothing of it is left behind.
    """
    is_whole = False
    try:
        sums = await _write(found, report, msisdn, paths, press=press, progress=progress)
        files = {each.value: {"name": path.name, "size": path.stat().st_size} for each, path in paths.items()}
        is_whole = True
    finally:
        # Also when the worker is stopped: half a file is of no use to anybody.
        if not is_whole:
            for path in paths.values():
                path.unlink(missing_ok=True)
    return Made(files, sums)


def remove(folder: Path, names: Iterable[str]) -> None:
    """Remove these files, if they are there."""
    for name in names:
        (folder / name).unlink(missing_ok=True)


def remove_the_old(folder: Path, *, before: datetime) -> None:
    """Remove what nobody knows of: files of a process that died before it had said so."""
    for path in folder.glob("*"):
        if path.stat().st_mtime >= before.timestamp():
            continue
        if path.is_dir():
            rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


async def _write(
    found: Found,
    report: Report,
    msisdn: str,
    paths: Mapping[ReportFormat, Path],
    *,
    press: Press,
    progress: Progress,
) -> Sums:
    sums = Sums()
    files = await asyncio.to_thread(_open, paths, report.language.value, press)
    is_whole = False
    try:
        async for page in found.pages:
            sums.add(page)
            for file in files:
                await asyncio.to_thread(file.add, page)
            if found.expected > len(page):
                await progress(_READ_PERCENT * min(sums.records, found.expected) // found.expected)
        paper = paper_of(report, msisdn, records=sums.records, total=sums.cost)
        for file in files:
            await asyncio.to_thread(file.end, paper, press.code(paper), sums)
        is_whole = True
    finally:
        if not is_whole:
            for file in files:
                file.drop()
    return sums


def _open(paths: Mapping[ReportFormat, Path], lang: str, press: Press) -> list[_File]:
    for path in paths.values():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    files: list[_File] = []
    for which, path in paths.items():
        match which:
            case ReportFormat.PDF:
                files.append(PdfPaper(path, lang, press))
            case ReportFormat.XLSX:
                files.append(XlsxTable(path, lang))
            case ReportFormat.CSV:
                files.append(CsvTable(path, lang))
    return files
