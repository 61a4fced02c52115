"""An import office: hand it the text of a file, and see what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.imports.files import File
from mykyivstar.domain.imports.flow import Wishes, import_files
from mykyivstar.domain.imports.mapping import Mapping
from mykyivstar.domain.imports.problems import Problem
from mykyivstar.domain.imports.report import FileReport, Nobody, Report
from mykyivstar.domain.imports.source import RawRow, Source
from mykyivstar.kit.clock import FixedClock


@dataclass
class Heard(Nobody):
    """Remembers what was rejected."""

    problems: list[Problem] = field(default_factory=list)
    rows: list[RawRow] = field(default_factory=list)

    def rejected(self, source: Source, row: RawRow, problems: Sequence[Problem]) -> None:
        self.problems += problems
        self.rows.append(row)


@dataclass
class Office:
    """Imports texts into the test's database."""

    database: Database
    clock: FixedClock
    folder: Path
    heard: Heard = field(default_factory=Heard)

    async def imports(self, kind: str, *lines: str, **wishes) -> FileReport:
        """Import these lines, the header first, as a file of this kind; `problems` tells of this import only."""
        return await self.imports_bytes(kind, ("\n".join(lines) + "\n").encode(), **wishes)

    async def imports_bytes(self, kind: str, content: bytes, name: str = "", mapping=None, **wishes) -> FileReport:
        path = self.folder / (name or f"{kind}.csv")
        path.write_bytes(content)
        given = Mapping.model_validate(mapping or {})
        report = await self.imports_files(File(path, kind), mapping=given, **wishes)
        return report.files[0]

    async def imports_files(self, *files: File, **wishes) -> Report:
        self.heard = Heard()
        return await import_files(
            self.database.unit_of_work, files, at=self.clock.now(), wishes=Wishes(**wishes), listener=self.heard
        )

    @property
    def problems(self) -> list[str]:
        return [str(problem).partition(":")[2] for problem in self.heard.problems]

    async def settle(self) -> None:
        """A tariff, an owner, two lines and an internet account to refer to."""
        assert (await self.imports("tariffs", "code,kind,name_uk,fee", "city,mobile,Місто,225")).created == 1
        assert (await self.imports("owners", "ref,name", "P-1,Дарина")).created == 1
        numbers = ("380676000001,prepaid", "380676000002,contract")
        assert (await self.imports("lines", "msisdn,payment", *numbers)).created == 2
        account = ("number,contract_phone", "0000600001,380676000001")
        assert (await self.imports("internet_accounts", *account)).created == 1


@pytest.fixture
def office(database: Database, clock: FixedClock, tmp_path: Path) -> Office:
    return Office(database, clock, tmp_path)


def counts(report: FileReport) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, rejected."""
    return report.created, report.updated, report.unchanged, report.rejected
