"""A strict import on SQLite: tried in a copy, stored in batches; what the copy refuses never touches the database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.imports.files import File
from mykyivstar.domain.imports.flow import Wishes
from mykyivstar.domain.imports.report import Nobody, Report
from mykyivstar.domain.imports.source import Source
from mykyivstar.domain.imports.tried import import_tried
from mykyivstar.domain.lines.models import Line, Owner
from mykyivstar.kit.clock import FixedClock

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)


class Counted:
    """The database, and how many transactions were written in it."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.database, self.transactions = database, 0
        plain = database.unit_of_work

        @asynccontextmanager
        async def unit_of_work() -> AsyncIterator[AsyncSession]:
            self.transactions += 1
            async with plain() as session:
                yield session

        monkeypatch.setattr(database, "unit_of_work", unit_of_work)

    async def count(self, model: type[Any]) -> int:
        async with self.database.reading() as session:
            return (await session.exec(select(func.count()).select_from(model))).one()


@pytest.fixture
async def counted(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Counted]:
    database = Database(sqlite_url, clock=clock)
    yield Counted(database, monkeypatch)
    await database.dispose()


def written(folder: Path, kind: str, *lines: str) -> File:
    path = folder / f"{kind}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return File(path, kind)


async def imported(counted: Counted, *files: File, listener: Nobody | None = None) -> Report:
    return await import_tried(counted.database, files, at=AT, wishes=Wishes(strict=True), listener=listener or Nobody())


async def test_a_good_file_is_stored_in_batches_between_which_others_write(counted: Counted, tmp_path: Path) -> None:
    owners = written(tmp_path, "owners", "ref,name", *(f"{number},a" for number in range(2_500)))
    report = await imported(counted, owners)
    assert report.succeeded(strict=True)
    assert (report.files[0].created, counted.transactions) == (2_500, 3)
    assert await counted.count(Owner) == 2_500
    again = await imported(counted, owners)
    assert (again.files[0].unchanged, await counted.count(Owner)) == (2_500, 2_500)


async def test_a_file_with_a_bad_row_never_touches_the_database(counted: Counted, tmp_path: Path) -> None:
    report = await imported(counted, written(tmp_path, "owners", "ref,name", "1,a", "2,", "3,c"))
    assert (report.files[0].rejected, report.files[0].kept) == (1, False)
    assert not report.succeeded(strict=True)
    assert (counted.transactions, await counted.count(Owner)) == (0, 0)


async def test_files_before_the_bad_one_are_kept_and_those_after_it_not_begun(counted: Counted, tmp_path: Path) -> None:
    report = await imported(
        counted,
        written(tmp_path, "owners", "ref,name", "P-1,a"),
        written(tmp_path, "lines", "msisdn,owner_ref", "0676000001,P-1", "0676000002,P-2"),
        written(tmp_path, "balances", "msisdn,balance", "0676000001,1"),
    )
    assert [(file.kind, file.kept) for file in report.files] == [("owners", True), ("lines", False)]
    assert report.not_begun == ["balances.csv"]
    assert (await counted.count(Owner), await counted.count(Line)) == (1, 0)


async def test_what_was_changed_meanwhile_is_told_and_is_no_success(counted: Counted, tmp_path: Path) -> None:
    lines = written(tmp_path, "lines", "msisdn,owner_ref", "0676000001,P-1", "0676000002,")
    owners = written(tmp_path, "owners", "ref,name", "P-1,a")

    class Meddler(Nobody):
        """Spoils the owners once they were tried."""

        def ended(self, source: Source, _report: Any) -> None:
            if source.path == owners.path:
                owners.path.write_text("ref,name\nP-9,a\n", encoding="utf-8")

    report = await imported(counted, owners, lines, listener=Meddler())
    assert [file.rejected for file in report.files] == [0, 1]
    assert not report.succeeded(strict=True)
