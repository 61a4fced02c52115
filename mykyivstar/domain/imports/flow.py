"""Importing files: streaming, a transaction for each batch, or for each whole file when it must be all or nothing."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.imports import openstreetmap
from mykyivstar.domain.imports.files import File
from mykyivstar.domain.imports.kinds import KINDS
from mykyivstar.domain.imports.mapping import Mapping
from mykyivstar.domain.imports.one_file import OneFile
from mykyivstar.domain.imports.problems import BadFile
from mykyivstar.domain.imports.report import FileReport, Listener, Nobody, Report
from mykyivstar.domain.imports.source import Source, holds_rejects


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to import."""

    # One bad row, and nothing of its file is kept; files after it are not begun.
    strict: bool = False
    # Do everything, keep nothing.
    rehearse: bool = False
    mapping: Mapping = field(default_factory=Mapping)
    # These two go before what the mapping says.
    encoding: str = ""
    delimiter: str = ""


class _Unwanted(Exception):
    """Undoes a transaction that is not to be kept."""


async def import_files(
    unit_of_work: UnitOfWork,
    files: Sequence[File],
    *,
    at: datetime,
    wishes: Wishes,
    listener: Listener | None = None,
) -> Report:
    """Import these files in this order (M6). Nothing in them raises: what is wrong is told the listener and reported.

    The same file again changes nothing; a changed row changes what it says. Memory stays the same however long a file.
    """
    flow = _Flow(at, wishes, listener or Nobody())
    if not wishes.rehearse:
        await flow.import_all(files, unit_of_work)
        return flow.report
    try:
        # All in one transaction: later files refer to what earlier ones brought.
        async with unit_of_work() as session:
            await flow.import_all(files, lambda: nullcontext(session))
            _undo()
    except _Unwanted:
        for file in flow.report.files:
            file.kept = False
    return flow.report


@dataclass(slots=True)
class _Flow:
    at: datetime
    wishes: Wishes
    listener: Listener
    report: Report = field(default_factory=Report)

    async def import_all(self, files: Sequence[File], transaction: UnitOfWork) -> None:
        for index, file in enumerate(files):
            done = FileReport(file.path.name, file.kind)
            self.report.files.append(done)
            source = self._source(file)
            self.listener.began(source, file.kind)
            one = OneFile(source, KINDS[file.kind], self.wishes.mapping, self.at, self.listener, done)
            try:
                await self._import(one, transaction)
            except BadFile as reason:
                done.unusable, done.kept = str(reason), False
            self.listener.ended(source, done)
            if self.wishes.strict and (done.unusable or done.rejected):
                self.report.not_begun = [later.path.name for later in files[index + 1 :]]
                return

    def _source(self, file: File) -> Source:
        wishes, mapping = self.wishes, self.wishes.mapping
        if file.path.suffix.casefold() == openstreetmap.SUFFIX:
            return openstreetmap.StoresExtract(file.path)
        if holds_rejects(file.path):
            # What the mapping says of the operator's file does not hold for what we made of it.
            return Source(file.path, encoding=wishes.encoding, delimiter=wishes.delimiter)
        return Source(
            file.path,
            encoding=wishes.encoding or mapping.encoding,
            delimiter=wishes.delimiter or mapping.delimiter,
            skip=mapping.skip,
            given_header=mapping.header,
        )

    async def _import(self, one: OneFile, transaction: UnitOfWork) -> None:
        if not self.wishes.strict:
            await one.store(transaction)
            return
        try:
            async with transaction() as session:
                await one.store(lambda: nullcontext(session))
                # A rehearsal is undone as a whole, at its end.
                if one.report.rejected and not self.wishes.rehearse:
                    _undo()
        except _Unwanted:
            one.report.kept = False


def _undo() -> NoReturn:
    raise _Unwanted
