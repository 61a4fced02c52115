"""A strict import where there is one writer: tried in a copy first, then stored in batches, so that nobody waits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mykyivstar.db.database import Database
from mykyivstar.db.rehearsals import to_rehearse_in
from mykyivstar.domain.imports.files import File
from mykyivstar.domain.imports.flow import Wishes, import_files
from mykyivstar.domain.imports.report import Listener, Report


async def import_tried(
    database: Database, files: Sequence[File], *, at: datetime, wishes: Wishes, listener: Listener
) -> Report:
    """Of SQLite: import the files that a copy of the database takes without a bad row, up to the first other one.

    What the copy has refused never touches the database. A row that it took can still be refused when somebody else
    changed what it refers to in that moment: it is told and reported, and the other rows of its file are kept.
    Raises NoCopy.
    """
    async with to_rehearse_in(database) as copy, copy.storing_much():
        tried = await import_files(copy.unit_of_work, files, at=at, wishes=wishes, listener=listener)
    good = [file for file, done in zip(files, tried.files, strict=False) if done.kept]
    async with database.storing_much():
        report = await import_files(
            database.unit_of_work, good, at=at, wishes=replace(wishes, strict=False), listener=listener
        )
    report.files += tried.files[len(good) :]
    report.not_begun = tried.not_begun
    return report
