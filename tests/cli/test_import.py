"""`mykyivstar import` as the operator sees it."""

import asyncio
import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import func, select

from mykyivstar import wiring
from mykyivstar.cli import import_, main
from mykyivstar.db import schema
from mykyivstar.db.database import Database
from mykyivstar.domain.imports.flow import import_files
from mykyivstar.domain.imports.report import Report
from mykyivstar.domain.lines.models import Owner
from mykyivstar.kit.clock import FixedClock

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "import"


@pytest.fixture
def database(tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A migrated database without a row; each command has a loop of its own, as at the command line."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"
    asyncio.run(schema.upgrade(url))
    database = Database(url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    monkeypatch.setattr(wiring, "rejects_folder", lambda: tmp_path / "rejects")
    return database


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, arguments)])


def owners(database: Database) -> int:
    async def count() -> int:
        async with database.reading() as session:
            found = (await session.exec(select(func.count()).select_from(Owner))).one()
        await database.dispose()
        return found

    return asyncio.run(count())


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "owners.csv"
    path.write_text("ref,name,kind\n1,Дарина,\n2,,legal\n3,Остап,ghost\n", encoding="utf-8")
    return path


def test_the_examples_import_from_their_folder(database: Database) -> None:
    done = run(EXAMPLES)
    assert (done.exit_code, done.stderr) == (0, "")
    assert [line.split()[:3] for line in done.stdout.splitlines()[1:4]] == [
        ["tariffs.csv", "tariffs", "5"],
        ["services.csv", "services", "3"],
        ["owners.csv", "owners", "3"],
    ]
    assert owners(database) == 3


def test_bad_rows_are_told_with_their_place_and_the_rest_is_kept(database: Database, bad: Path) -> None:
    done = run(bad)
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "owners.csv:3: name: is empty",
        "owners.csv:4: kind: 'ghost' is none of individual, legal",
    ]
    assert owners(database) == 1


def test_strictly_nothing_is_kept_and_the_exit_code_says_so(database: Database, bad: Path) -> None:
    done = run(bad, "--strict")
    assert done.exit_code == 1
    assert "nothing of it was kept" in done.stdout
    assert owners(database) == 0


def test_a_dry_run_keeps_nothing(database: Database) -> None:
    done = run(EXAMPLES, "--dry-run")
    assert done.exit_code == 0
    assert "A dry run: nothing was kept." in done.stdout
    assert owners(database) == 0


def test_rejected_rows_can_be_mended_and_imported_as_they_are(database: Database, bad: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    run(bad, "--rejects", rejects)
    with rejects.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["ref", "name", "kind", "reject_line", "reject_column", "reject_reason"],
        ["2", "", "legal", "3", "name", "is empty"],
        ["3", "Остап", "ghost", "4", "kind", "'ghost' is none of individual, legal"],
    ]
    rejects.write_text(rejects.read_text(encoding="utf-8").replace("2,,", "2,Фірма,"), encoding="utf-8")
    done = run(rejects, "--kind", "owners")
    assert done.stderr.splitlines() == ["rejects.csv:3: kind: 'ghost' is none of individual, legal"]
    assert owners(database) == 2


def test_rejects_of_several_files_go_to_several(database: Database, bad: Path, tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text("msisdn;owner_ref\n0676000001;9\n", encoding="utf-8")
    done = run(tmp_path, "--rejects", tmp_path / "rejected.csv")
    assert done.exit_code == 0
    assert (tmp_path / "rejected-lines.csv").read_text(encoding="utf-8").splitlines() == [
        "msisdn;owner_ref;reject_line;reject_column;reject_reason",
        "0676000001;9;2;owner_ref;there is no owner '9'",
    ]
    assert (tmp_path / "rejected-owners.csv").exists()


def test_rejected_rows_are_kept_even_if_nobody_asked_for_it(database: Database, bad: Path, tmp_path: Path) -> None:
    kept = tmp_path / "rejects" / "owners-rejected-1.csv"
    assert f"Rejected rows: {kept}" in run(bad).stdout.replace("\n", "")
    assert kept.read_text(encoding="utf-8").splitlines()[1:] == [
        "2,,legal,3,name,is empty",
        "3,Остап,ghost,4,kind,\"'ghost' is none of individual, legal\"",
    ]
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.write_text(kept.read_text(encoding="utf-8").replace("ghost,", "legal,", 1), encoding="utf-8")
    run(kept)
    assert owners(database) == 2
    assert [path.name for path in sorted(kept.parent.iterdir())] == ["owners-rejected-1.csv", "owners-rejected-2.csv"]


@pytest.mark.parametrize("option", ["--strict", "--dry-run"])
def test_where_nothing_was_taken_no_rows_are_put_aside(database: Database, bad: Path, option: str) -> None:
    run(bad, option)
    assert not wiring.rejects_folder().exists()


def test_rejects_of_a_file_of_another_make_are_read_with_its_mapping(database: Database, tmp_path: Path) -> None:
    run(EXAMPLES)
    foreign = EXAMPLES / "foreign"
    lines = (foreign / "switch-a.csv").read_bytes().splitlines(keepends=True)
    unknown = lines[-1].replace(b"0676000004", b"0676999999")
    (tmp_path / "switch-b.csv").write_bytes(b"".join([*lines[:-1], unknown]))
    run(tmp_path / "switch-b.csv", "--mapping", foreign / "switch-a.toml")
    kept = wiring.rejects_folder() / "usage-switch-b-rejected-1.csv"
    (tmp_path / "lines.csv").write_text("msisdn\n0676999999\n", encoding="utf-8")
    run(tmp_path / "lines.csv")
    done = run(kept, "--mapping", foreign / "switch-a.toml")
    assert (done.stderr, done.stdout.splitlines()[1].split()[1:3]) == ("", ["usage", "1"])


def test_a_dry_run_does_not_keep_others_from_writing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def meanwhile(unit_of_work, files, **given) -> Report:
        # While its transaction is open, another one is written.
        async with asyncio.timeout(60), unit_of_work(), database.unit_of_work() as session:
            session.add(Owner(ref="meanwhile", name="Остап"))
        return await import_files(unit_of_work, files, **given)

    monkeypatch.setattr(import_, "import_files", meanwhile)
    assert run(EXAMPLES, "--dry-run").exit_code == 0
    assert owners(database) == 1
    assert list(tmp_path.glob("rehearsal-*")) == []


def test_many_problems_are_counted_instead_of_shown(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "owners.csv"
    path.write_text("ref,name\n" + "1,\n" * 60, encoding="utf-8")
    told = run(path).stderr.splitlines()
    assert len(told) == 51
    assert told[-1] == "owners.csv: and 10 more; --rejects FILE writes all rejected rows"


def test_a_file_of_another_make_is_read_with_its_mapping(database: Database) -> None:
    run(EXAMPLES)
    foreign = EXAMPLES / "foreign"
    done = run(foreign / "switch-a.csv", "--mapping", foreign / "switch-a.toml")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1].split() == ["switch-a.csv", "usage", "4", "0", "0", "0", "0"]


def test_what_cannot_be_imported_at_all_is_an_error(database: Database, tmp_path: Path) -> None:
    (tmp_path / "owners.csv").write_text("nom\nx\n", encoding="utf-8")
    done = run(tmp_path / "owners.csv")
    assert done.exit_code == 1
    assert done.stderr.startswith("owners.csv: no such column: nom")
    (tmp_path / "journal.csv").write_text("x\n", encoding="utf-8")
    assert "does not say its kind" in run(tmp_path / "journal.csv").stderr
    (tmp_path / "wrong.toml").write_text("kindd = 1\n", encoding="utf-8")
    done = run(tmp_path / "owners.csv", "--mapping", tmp_path / "wrong.toml")
    assert (done.exit_code, "wrong.toml: kindd" in done.stderr) == (1, True)


def test_a_database_without_tables_is_not_written_to(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, bad: Path
) -> None:
    empty = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}", clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: empty)
    done = run(bad)
    assert done.exit_code == 1
    needs = f"this release needs {schema.newest()}"
    assert done.stderr == f"Error: The database has no tables yet; {needs}. Run: mykyivstar migrate\n"
