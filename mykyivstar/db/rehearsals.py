"""Where everything may be tried and nothing is kept."""

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from mykyivstar.db.database import Database


class NoCopy(Exception):
    """The copy to rehearse in cannot be made, most likely for want of room."""


@asynccontextmanager
async def to_rehearse_in(database: Database) -> AsyncIterator[Database]:
    """A database for a rehearsal, whose transaction must be undone all the same.

    On SQLite it is a copy, beside the original and as large: nobody can write where another one rehearses.
    Raises NoCopy.
    """
    if not database.is_sqlite:
        yield database
        return
    original = Path(database.url.database or "")
    try:
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="rehearsal-", dir=original.parent))
    except OSError as error:
        raise NoCopy(str(error)) from error
    copy = Database(database.url.set(database=str(folder / original.name)).render_as_string(hide_password=False))
    try:
        try:
            await asyncio.to_thread(_copy, original, folder / original.name)
        except sqlite3.Error as error:
            raise NoCopy(str(error)) from error
        yield copy
    finally:
        await copy.dispose()
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _copy(original: Path, copy: Path) -> None:
    """As of one moment; others read and write the original meanwhile."""
    with closing(sqlite3.connect(original)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
